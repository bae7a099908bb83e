// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "runtime/graph.hpp"

namespace hangil::cli {

std::string module_dir();

struct LoadedPipeline {
  runtime::PipelineSpec spec;
  runtime::Graph graph;
};

// Reads a pipeline file, applies `--set` overrides, loads its libraries and connects it to the sources (nullptr: every
// unwritten topic counts as one). The error lists everything that is wrong, one problem a line.
base::Result<LoadedPipeline> load_pipeline(const std::string& file, const std::vector<std::string>& overrides,
                                           const std::vector<runtime::SourceChannel>* sources);

// The same from a text, as a recording keeps it; `name` stands for the file in messages.
base::Result<LoadedPipeline> load_pipeline_text(const std::string& text, const std::string& name,
                                                const std::vector<runtime::SourceChannel>* sources);

}  // namespace hangil::cli
