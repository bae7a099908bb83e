// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace hangil::sweep {

// How a job's process ended.
struct JobEnd {
  std::string output;   // what the job returned
  std::string problem;  // empty: it came to its end; else the signal, the exit status or the time limit
  std::string log;      // the last 64 KiB of what it printed
};

struct ProcessOptions {
  int worker_count = 1;
  double time_limit_s = 600;                       // of the wall clock, a job; then its process is killed
  const std::atomic<bool>* should_stop = nullptr;  // kills what runs; its jobs do not end
};

// Runs in a process of its own; what it returns goes to the parent.
using Job = std::function<std::string(std::size_t)>;
// In the parent, as jobs end, in any order. An error ends the whole.
using OnJobEnd = std::function<base::Status(std::size_t, JobEnd)>;

// Runs job(i) for every i of `jobs`, at most `worker_count` at once. A job that crashes or hangs harms no other.
// Children die with the parent and hold none of its open files. Call it from a process with a single thread (it forks).
base::Status run_in_processes(const std::vector<std::size_t>& jobs, const ProcessOptions& options, const Job& job,
                              const OnJobEnd& on_end);

}  // namespace hangil::sweep
