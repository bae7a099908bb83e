// SPDX-License-Identifier: Apache-2.0
#include "runtime/as_driven.hpp"

#include <algorithm>

#include "runtime/driven_schedule.hpp"
#include "runtime/executor.hpp"
#include "runtime/schedule.hpp"

namespace hangil::runtime {

base::Result<AsDrivenResult> replay_as_driven(const Graph& graph, LogEvents events, const Source& source,
                                              const ReplayOptions& options, const RunSinks& sinks,
                                              std::uint64_t window) {
  ReplayOptions whole = options;
  whole.end = {kNever};
  DrivenSchedule schedule(graph, std::move(events), options.start, options.seed, window);
  Executor<DrivenSchedule> executor(graph, source, whole, sinks, std::move(schedule));
  auto summary = executor.run();
  if (!summary) return summary.error();
  return AsDrivenResult{*std::move(summary), executor.schedule().unfinished_module()};
}

base::Result<RecordedPlan> recorded_plan(const Graph& graph, const LogEvents& events) {
  RecordedPlan plan;
  plan.activations.resize(graph.modules.size());
  plan.tick_times_ns.resize(graph.modules.size());
  std::vector<std::int64_t> started_ns(graph.modules.size(), 0);
  while (true) {
    const auto next = events();
    if (!next) return next.error();
    if (!next->has_value()) break;
    const LogEvent& event = **next;
    const auto m = static_cast<std::size_t>(event.subject);
    plan.end = {event.time_ns};
    if (event.kind == LogEvent::Kind::kTick) plan.tick_times_ns[m].push_back(event.time_ns);
    if (event.kind == LogEvent::Kind::kStart) {
      started_ns[m] = event.time_ns;
      plan.activations[m].push_back({event.wait_ns, kNever, event.level, event.allowance, true});
    }
    if (event.kind == LogEvent::Kind::kEnd && !plan.activations[m].empty()) {
      plan.activations[m].back().run_ns = std::max<std::int64_t>(1, event.time_ns - started_ns[m]);
      plan.activations[m].back().is_failed = event.is_failed;
    }
  }
  for (auto& activations : plan.activations) {
    if (!activations.empty() && activations.back().run_ns == kNever) activations.pop_back();
  }
  return plan;
}

base::Result<RunSummary> replay_as_recorded(const Graph& graph, const RecordedPlan& plan, const Source& source,
                                            const ReplayOptions& options, const RunSinks& sinks) {
  std::vector<std::int64_t> at_least_one_ns(graph.modules.size(), 1);
  Schedule schedule(graph, at_least_one_ns, options.start, options.end, options.seed, &plan);
  return Executor<Schedule>(graph, source, options, sinks, std::move(schedule)).run();
}

}  // namespace hangil::runtime
