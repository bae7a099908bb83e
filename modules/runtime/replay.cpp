// SPDX-License-Identifier: Apache-2.0
#include "runtime/replay.hpp"

#include <algorithm>

#include "runtime/executor.hpp"
#include "runtime/schedule.hpp"

namespace hangil::runtime {

base::Result<RunSummary> replay(const Graph& graph, const Source& source, const ReplayOptions& options,
                                const RunSinks& sinks) {
  const auto latencies = latencies_ns(graph, options.latency);
  const std::vector<std::string> cycles = refused_cycles(graph, latencies);
  if (!cycles.empty()) return base::Error{cycles.front()};
  Schedule schedule(graph, latencies, options.start, options.end, options.seed);
  return Executor<Schedule>(graph, source, options, sinks, std::move(schedule)).run();
}

}  // namespace hangil::runtime
