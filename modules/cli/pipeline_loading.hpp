// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "runtime/graph.hpp"

namespace hangil::cli {

class RigCalibration;

std::string module_dir();

struct LoadedPipeline {
  runtime::PipelineSpec spec;
  runtime::Graph graph;
  std::shared_ptr<const RigCalibration> rig;  // null: the pipeline names none, or it is a recording's own
};

// Reads a pipeline file, applies `--set` overrides, loads its libraries and connects it to the sources (nullptr: every
// unwritten topic counts as one). The rig of `sensors: FILE`, beside the pipeline's own folder, adds to the sources and
// says a camera's time offset to the fusion; a recording keeps what came of it, not the name. The error lists
// everything that is wrong, one problem a line.
base::Result<LoadedPipeline> load_pipeline(const std::string& file, const std::vector<std::string>& overrides,
                                           const std::vector<runtime::SourceChannel>* sources);

// The same from a text, as a recording keeps it; `name` stands for the file in messages.
base::Result<LoadedPipeline> load_pipeline_text(const std::string& text, const std::string& name,
                                                const std::vector<runtime::SourceChannel>* sources);

}  // namespace hangil::cli
