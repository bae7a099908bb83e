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

// The names of the modules whose last activation has no end in the log: what ran when the drive was cut off.
std::vector<std::string> running_at_the_end(const DrivenRecording& recording);

// For a person: how far the log of a drive that was cut off goes, and what ran then. Empty: it ended as it should.
std::string cut_off_text(const DrivenRecording& recording);

}  // namespace hangil::cli
