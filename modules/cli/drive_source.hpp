// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>

#include "cli/drive_loop.hpp"
#include "cli/drive_recorder.hpp"
#include "cli/pipeline_loading.hpp"
#include "cli/progress.hpp"
#include "recording/drive_reader.hpp"
#include "runtime/replay.hpp"

namespace hangil::cli {

// The channels of a recording as a pipeline sees them.
std::vector<runtime::SourceChannel> sources_of(const recording::DriveReader& reader);

// Reads a recording for an executive. Where a recorder is given, channels the graph does not read pass straight into
// the new recording; those it reads are recorded when they are published.
class DriveSource {
 public:
  // The graph and its rig, if any, are `loaded`'s, which must outlive this.
  DriveSource(recording::DriveReader& reader, DriveLoop loop, const LoadedPipeline& loaded, DriveRecorder* recorder,
              Progress& progress);

  base::Result<std::optional<runtime::SourceMessage>> next();

 private:
  DriveLoop loop_;
  DriveRecorder* recorder_;
  Progress& progress_;
  const LoadedPipeline& loaded_;
  std::vector<std::string> topics_;             // of the recording
  std::vector<int> graph_channels_;             // per channel of the recording; -1: not read
  std::deque<runtime::SourceMessage> waiting_;  // what the rig tells first, and the message that began it
  bool is_begun_ = false;
};

// What the executive could not do, to stderr: modules left out and why, inputs that stay empty.
void say_what_is_left_out(const runtime::Graph& graph);
bool drives_nothing(const runtime::Graph& graph);

}  // namespace hangil::cli
