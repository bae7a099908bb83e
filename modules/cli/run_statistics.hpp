// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "runtime/latency.hpp"

namespace hangil::cli {

// Collects a run's records and says what `hangil replay` prints of them.
struct RunStatistics {
  runtime::RunInfo info;
  runtime::RunSummary summary;
  std::vector<runtime::ActivationRecord> activations;
  std::vector<base::Time> frame_stamps;
  std::vector<runtime::EventRecord> events;
  std::string recording_trouble;       // empty: all of the run was recorded, or nothing was to be
  std::uint64_t unrecorded_count = 0;  // messages that should be in the recording and are not
};

// One JSON object: digest, frames, frames_per_s, workers, drops, deadline_misses, end_to_end_ms, virtual_latency_ms,
// modules, ... Times of the host are compute time; virtual latency stands apart.
std::string statistics_json(const RunStatistics& run);
// The same for a person.
std::string statistics_text(const RunStatistics& run);

}  // namespace hangil::cli
