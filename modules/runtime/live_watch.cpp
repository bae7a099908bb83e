// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "runtime/live_executive.hpp"
#include "runtime/live_thread.hpp"

namespace hangil::runtime {

using namespace std::chrono_literals;

constexpr std::int64_t kLookEveryNs = 5'000'000;  // an overrun that nobody expected is noticed this late at most

// Ticks, and whoever runs too long.
void Live::watch() {
  Lock lock(mutex_);
  while (true) {
    if (!is_stopping_ && (is_asked_to_stop() || (is_source_done_ && is_quiet()))) {
      is_stopping_ = true;
      signal_.call_all();
      feeder_.notify_all();
    }
    if (is_stopping_ && running_ == 0 && is_source_done_) return;
    const std::int64_t now_ns = now();
    if (!is_stopping_) tick(now_ns);
    watched_until_ns_ = std::min(watch_running(now_ns), now_ns + kLookEveryNs);
    for (const State& state : states_) watched_until_ns_ = std::min(watched_until_ns_, state.next_tick_ns);
    if (call_worker(lock)) continue;  // the lock was open meanwhile
    timer_.wait_until(lock, host_time(watched_until_ns_));
  }
}

// Rule 20, live: a tick is an event at the time it is noticed and keeps its grid.
void Live::tick(std::int64_t until_ns) {
  for (std::size_t m = 0; m < states_.size(); ++m) {
    State& state = states_[m];
    while (state.next_tick_ns <= until_ns) {
      state.next_tick_ns += graph_.modules[m].every->ns;
      const std::int64_t time_ns = now();
      log_.append({.kind = LogEvent::Kind::kTick, .subject = static_cast<int>(m), .time_ns = time_ns});
      if (state.is_pending) {
        ++counts_.skipped_ticks;
        continue;
      }
      state.is_pending = true;
      state.ready_ns = time_ns;
    }
  }
}

void Live::say_overrun(int module, Activity& activity, std::int64_t now_ns) {
  const GraphModule& description = graph_.modules[static_cast<std::size_t>(module)];
  activity.is_overrun_said = true;
  activity.waited_before_ns = waited_for_core_ns(activity.thread_id);
  add_event(now_ns, "overrun", module, activity.start.terms.ordinal,
            description.name + " still runs after its budget of " + std::to_string(description.budget.ns / 1'000'000) +
                " ms");
  tell_health("overrun", module, activity.start.terms.ordinal);
}

// Returns when to look again.
std::int64_t Live::watch_running(std::int64_t now_ns) {
  std::int64_t next_ns = kNever;
  for (std::size_t m = 0; m < states_.size(); ++m) {
    const auto activity = states_[m].activity;
    if (activity == nullptr) continue;
    const std::int64_t budget_ns = graph_.modules[m].budget.ns;
    const auto hang_ns = std::max<std::int64_t>(
        1'000'000'000, static_cast<std::int64_t>(options_.hang_factor * static_cast<double>(budget_ns)));
    std::int64_t ran_ns = now_ns - activity->started_ns;
    if (!activity->is_overrun_said && ran_ns > budget_ns) say_overrun(static_cast<int>(m), *activity, now_ns);
    // Whoever waits for a core does not hang, and giving it up would not give it one.
    std::int64_t waited_ns = 0;
    if (ran_ns > hang_ns) waited_ns = waited_for_core_ns(activity->thread_id) - activity->waited_before_ns;
    ran_ns -= waited_ns;
    if (ran_ns > hang_ns)
      abandon(static_cast<int>(m), now_ns);
    else
      next_ns = std::min(next_ns, now_ns + (activity->is_overrun_said ? hang_ns : budget_ns) - ran_ns + 1);
  }
  return next_ns;
}

// The thread stays where it is; its outputs will be discarded, a new instance runs on a new thread.
void Live::abandon(int module, std::int64_t now_ns) {
  State& state = states_[static_cast<std::size_t>(module)];
  const std::shared_ptr<Activity> activity = std::exchange(state.activity, nullptr);
  activity->is_abandoned = true;
  const std::int64_t time_ns = now();
  log_.append({.kind = LogEvent::Kind::kEnd, .subject = module, .time_ns = time_ns, .is_failed = true});
  state.free_at_ns = time_ns;
  --running_;
  Outcome outcome{.is_failed = true};
  record(activity->start, outcome, time_ns, 0);
  fail(module, activity->start,
       "hung for " + std::to_string((now_ns - activity->started_ns) / 1'000'000) + " ms and was given up",
       "module_hung");
  state.instance = nullptr;
  if (++replacements_ > options_.max_replacements && error_.empty()) {
    error_ = "the run ended: modules hung " + std::to_string(replacements_) + " times, last " +
             graph_.modules[static_cast<std::size_t>(module)].name;
  }
  workers_[activity->worker].second = true;
  spawn_worker(module);
}

void Live::replace_instance(int module) {
  const auto m = static_cast<std::size_t>(module);
  auto instance = std::make_shared<Instance>(graph_.modules[m]);
  const Lock lock(mutex_);
  states_[m].instance = std::move(instance);
}

bool Live::is_quiet() const {
  if (last_ns_ - source_done_ns_ > options_.drain.ns) return true;
  return running_ == 0 &&
         std::none_of(states_.begin(), states_.end(), [](const State& state) { return state.is_pending; });
}

}  // namespace hangil::runtime
