// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runtime/drive_log.hpp"
#include "runtime/replay.hpp"

namespace hangil::runtime {

class Instance;

struct LiveOptions {
  int worker_count = 2;
  base::Time start;                // what the clock shows when the run begins; sources are due relative to it
  std::int64_t host_start_ns = 0;  // what the monotonic clock shows then; 0: the moment run_live is called
  std::uint64_t seed = 0;
  bool keeps_cdr = false;
  double hang_factor = 10;  // a module that runs this many budgets, 1 s at least, is given up; not for want of a core
  bool adapts_work = true;  // false: level 0 and the configured work throughout, to see what they are worth
  // make_instances() of the graph, so that loading them is over before the clock runs; empty: made by run_live.
  std::vector<std::shared_ptr<Instance>> instances;
  int max_replacements = 3;                           // threads given up before the run ends
  int realtime_priority = 0;                          // SCHED_FIFO priority of the workers; 0: ordinary scheduling
  bool locks_memory = false;                          // mlockall
  bool uses_large_pages = false;                      // threads begin with put_heap_on_large_pages()
  std::vector<int> cpus;                              // worker i is bound to cpus[i % size]; empty: not bound
  base::Duration drain = base::Duration::seconds(1);  // how long the last frames may take after the sources end
  const std::atomic<bool>* should_stop = nullptr;
};

// Something outside of the run that its recording and its modules should hear of: a recording that fails, a crash.
struct Trouble {
  std::string kind, text;
  int module = -1;
  std::uint64_t ordinal = 0;
};

struct LiveSinks {
  RunSinks run;                                                 // messages in the order they were published
  std::function<void(std::vector<std::uint8_t> bytes)> on_log;  // pieces of the event stream, in order
  // Asked every few milliseconds for what is new; becomes an event and a message on the health channel.
  std::function<std::vector<Trouble>()> take_trouble;
};

struct LiveSummary {
  RunSummary run;
  base::Time end;
  std::uint64_t log_bytes = 0;
  int abandoned_threads = 0;  // still running somewhere in a module: leave the process with _exit
};

// The live executive (section G of the time model): the monotonic clock, workers woken by arrivals, every decision in
// one totally ordered stream, so that the drive can be driven again bit for bit. Source messages are published when
// they are due; `source` may run ahead and is called from a thread of its own. Activations that throw are replaced,
// those that hang are given up by a watchdog; both count as failed, and their outputs are discarded.
base::Result<LiveSummary> run_live(const Graph& graph, const Source& source, const LiveOptions& options,
                                   const LiveSinks& sinks);

}  // namespace hangil::runtime
