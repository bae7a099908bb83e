// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runtime/drive_log.hpp"
#include "runtime/replay.hpp"

namespace hangil::runtime {

struct AsDrivenResult {
  RunSummary summary;
  int unfinished_module = -1;  // ran when the drive was cut off; -1: the log is whole
};

// Re-executes a live drive from its log and source messages: the proof that what the car did follows from what it saw.
// `options.latency` and `end` are not looked at. An error names the first activation that differs.
// Reads the log `window` events ahead of what has still to start.
base::Result<AsDrivenResult> replay_as_driven(const Graph& graph, LogEvents events, const Source& source,
                                              const ReplayOptions& options, const RunSinks& sinks,
                                              std::uint64_t window = kLogWindow);

// What an as-recorded replay takes from a drive's log (rule 34).
struct RecordedTerms {
  std::int64_t wait_ns = 0, run_ns = 1;
  int level = 0;
  std::int64_t allowance = 0;
  bool is_failed = false;
};
struct RecordedPlan {
  std::vector<std::vector<RecordedTerms>> activations;   // per module, by ordinal
  std::vector<std::vector<std::int64_t>> tick_times_ns;  // per module
  base::Time end;                                        // of the log's last event
};
base::Result<RecordedPlan> recorded_plan(const Graph& graph, const LogEvents& events);

// An ordinary replay with the ticks, waits, run times, levels, allowances and failures of a drive (rule 34).
base::Result<RunSummary> replay_as_recorded(const Graph& graph, const RecordedPlan& plan, const Source& source,
                                            const ReplayOptions& options, const RunSinks& sinks);

}  // namespace hangil::runtime
