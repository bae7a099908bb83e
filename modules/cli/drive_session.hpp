// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/crash_guard.hpp"
#include "cli/drive_source.hpp"
#include "cli/pipeline_loading.hpp"
#include "cli/run_statistics.hpp"
#include "runtime/live.hpp"

namespace hangil::cli {

// A run on its way: what it collects, and where it writes.
struct DriveSession {
  RunStatistics run;
  std::unique_ptr<DriveRecorder> recorder;  // null: nothing is written

  std::unique_ptr<CrashGuard> crash_guard;
  bool is_trouble_said = false;

  runtime::RunSinks sinks(const runtime::Graph& graph);
  // What is new: the recording fails, or the process is dying of a signal. Said on stderr at once.
  std::vector<runtime::Trouble> take_trouble();
};

// Begins a run that is to end at `end`, and opens its recording when `output` is not empty. `reader`: the recording
// that is driven; null where the drive makes its own messages.
base::Result<DriveSession> begin_session(const LoadedPipeline& loaded, const recording::DriveReader* reader,
                                         const std::string& output, runtime::RunInfo info, base::Time end,
                                         const recording::BackgroundOptions& options);

// Ends what the session counts, and its recording. Error: the run failed, or the recording is not whole.
base::Status close_session(DriveSession& session, const base::Result<runtime::RunSummary>& summary, base::Time end);

// Closes the session, prints the statistics and returns the exit code. `damage`: of the input.
int end_session(DriveSession& session, const base::Result<runtime::RunSummary>& summary, base::Time end,
                const std::string& damage, bool as_json);

runtime::RunInfo describe_run(const LoadedPipeline& loaded, const std::string& executive, const std::string& latency,
                              int worker_count, std::uint64_t seed, base::Time start);

}  // namespace hangil::cli
