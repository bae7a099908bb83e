// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/pipeline_loading.hpp"
#include "runtime/drive_log.hpp"

namespace hangil::cli {

// What a recording keeps of a live drive: enough to drive it again.
struct DrivenRecording {
  runtime::RunInfo info;
  std::optional<runtime::RunSummary> summary;  // absent when the drive was cut off
  LoadedPipeline pipeline;                     // rebuilt from the recording
  std::vector<runtime::LogEvent> events;
};

// Errors: no drive log in the file, a pipeline that cannot be rebuilt here, one whose channels are not the recorded
// ones.
base::Result<DrivenRecording> read_driven_recording(const std::string& path);

}  // namespace hangil::cli
