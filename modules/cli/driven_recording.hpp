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
  std::vector<std::uint8_t> log;               // about 25 bytes an activation; read well

  // The drive's events from the first one on. The recording must live longer.
  runtime::LogEvents events() const;
};

// Errors: no drive log in the file, a pipeline that cannot be rebuilt here, one whose channels are not the recorded
// ones.
base::Result<DrivenRecording> read_driven_recording(const std::string& path);

// When the log of a drive ends, and the modules whose last activation has no end in it: what ran when it was cut off.
struct DriveEnd {
  base::Time time;
  std::vector<std::string> running_modules;
};
DriveEnd end_of_log(const DrivenRecording& recording);

// For a person: how far the log of a drive that was cut off goes, and what ran then. Empty: it ended as it should.
std::string cut_off_text(const DrivenRecording& recording);

}  // namespace hangil::cli
