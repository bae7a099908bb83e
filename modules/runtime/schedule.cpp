// SPDX-License-Identifier: Apache-2.0
#include "runtime/schedule.hpp"

#include <algorithm>

#include "base/digest.hpp"

namespace hangil::runtime {

namespace {

std::int64_t plus(std::int64_t time_ns, std::int64_t span_ns) {
  return time_ns > kNever - span_ns ? kNever : time_ns + span_ns;
}

}  // namespace

Schedule::Schedule(const Graph& graph, std::vector<std::int64_t> latencies_ns, base::Time start, base::Time end,
                   std::uint64_t seed, const RecordedPlan* recorded)
    : graph_(graph),
      end_ns_(end.ns),
      seed_(seed),
      recorded_(recorded),
      states_(graph.modules.size()),
      logs_(graph.channels.size()),
      bounds_(graph.channels.size(), kNever),
      readers_(graph.channels.size()),
      source_bound_ns_(start.ns) {
  for (std::size_t c = 0; c < graph.channels.size(); ++c) {
    if (graph.channels[c].writer < 0) source_channels_.push_back(static_cast<int>(c));
  }
  for (std::size_t m = 0; m < states_.size(); ++m) {
    const GraphModule& module = graph.modules[m];
    State& state = states_[m];
    state.latency_ns = latencies_ns[m];
    state.free_at_ns = start.ns;
    if (module.is_left_out) continue;
    if (module.every) state.period_ns = module.every->ns, state.next_tick_ns = start.ns + module.phase.ns;
    if (recorded_ != nullptr) state.next_tick_ns = kNever, next_tick(m), take_recorded_terms(m);
    for (std::size_t i = 0; i < module.inputs.size(); ++i) {
      std::vector<int> delays_ns;
      for (const int channel : module.inputs[i].channels) {
        const int writer = graph.channels[static_cast<std::size_t>(channel)].writer;
        const bool is_zero = writer >= 0 && latencies_ns[static_cast<std::size_t>(writer)] == 0;
        delays_ns.push_back(is_zero && static_cast<std::size_t>(writer) >= m ? 1 : 0);
        is_feed_forward_ = is_feed_forward_ && writer < static_cast<int>(m);
        readers_[static_cast<std::size_t>(channel)].push_back({static_cast<int>(m), static_cast<int>(i)});
      }
      if (module.inputs[i].is_trigger) state.trigger_inputs.push_back(static_cast<int>(i));
      state.inputs.emplace_back(module.inputs[i], static_cast<int>(i), std::move(delays_ns));
    }
  }
}

// Rule 34: the k-th activation waits and runs as long as it did, and there are no more than there were.
void Schedule::take_recorded_terms(std::size_t module) {
  State& state = states_[module];
  const auto& activations = recorded_->activations[module];
  const bool is_over = state.ordinal >= activations.size();
  state.wait_ns = is_over ? kNever : activations[state.ordinal].wait_ns;
  if (!is_over) state.latency_ns = activations[state.ordinal].run_ns;
}

void Schedule::next_tick(std::size_t module) {
  State& state = states_[module];
  if (recorded_ == nullptr) {
    state.next_tick_ns = plus(state.next_tick_ns, state.period_ns);
    return;
  }
  const auto& times_ns = recorded_->tick_times_ns[module];
  state.next_tick_ns = state.tick_count < times_ns.size() ? times_ns[state.tick_count++] : kNever;
}

void Schedule::admit(int channel, MessagePtr message) {
  source_bound_ns_ = std::max(source_bound_ns_, message->published.ns);
  keep(channel, std::move(message));
}

void Schedule::keep(int channel, MessagePtr message) {
  const auto c = static_cast<std::size_t>(channel);
  logs_[c].push(std::move(message));
  if (readers_[c].empty()) logs_[c].forget_before(logs_[c].end());
}

void Schedule::set_source_bound(std::int64_t time_ns) { source_bound_ns_ = std::max(source_bound_ns_, time_ns); }

void Schedule::advance() {
  if (is_feed_forward_) return advance_in_order();
  for (bool is_changed = true; is_changed;) {
    compute_bounds();
    is_changed = false;
    for (std::size_t m = 0; m < states_.size(); ++m) is_changed |= judge(m);
  }
}

// Where every message goes to a later module, a module's bounds follow from those before it: one pass is the fixed
// point.
void Schedule::advance_in_order() {
  for (const int channel : source_channels_) bounds_[static_cast<std::size_t>(channel)] = source_bound_ns_;
  for (std::size_t m = 0; m < states_.size(); ++m) {
    do {
      lower_bounds_of(m);
    } while (judge(m));
  }
}

// The earliest each module may start and each channel may still get a message: falls from "never" to the least fixed
// point that known causes allow. An effect without a cause (a cycle nobody feeds) stays at never.
void Schedule::compute_bounds() {
  for (std::size_t c = 0; c < bounds_.size(); ++c)
    bounds_[c] = graph_.channels[c].writer < 0 ? source_bound_ns_ : kNever;
  for (bool is_changed = true; is_changed;) {
    is_changed = false;
    for (std::size_t m = 0; m < states_.size(); ++m) is_changed |= lower_bounds_of(m);
  }
}

bool Schedule::lower_bounds_of(std::size_t module) {
  State& state = states_[module];
  const std::int64_t ready = state.is_pending ? state.ready_ns : trigger_bound(state);
  state.next_start_ns = plus(std::max(state.free_at_ns, ready), state.wait_ns);
  if (state.next_start_ns > end_ns_) state.next_start_ns = kNever;
  const std::int64_t next_output = state.is_running ? state.due_ns : plus(state.next_start_ns, state.latency_ns);
  bool is_changed = false;
  for (const int output : graph_.modules[module].outputs) {
    if (output < 0 || bounds_[static_cast<std::size_t>(output)] == next_output) continue;
    bounds_[static_cast<std::size_t>(output)] = next_output;
    is_changed = true;
  }
  return is_changed;
}

std::int64_t Schedule::trigger_bound(const State& state) const {
  std::int64_t bound = state.next_tick_ns;
  for (const int i : state.trigger_inputs) {
    const InputCursor& input = state.inputs[static_cast<std::size_t>(i)];
    for (std::size_t slot = 0; slot < input.channels().size(); ++slot) {
      bound = std::min({bound, input.next_visible_ns(logs_, slot), channel_bound_for(input, slot)});
    }
  }
  return bound;
}

std::int64_t Schedule::channel_bound_for(const InputCursor& input, std::size_t slot) const {
  return plus(bounds_[static_cast<std::size_t>(input.channels()[slot])], input.delay_ns(slot));
}

// Brings one module as far as the bounds allow: to a pending start, and to knowing that it may begin.
bool Schedule::judge(std::size_t module) {
  State& state = states_[module];
  if (state.is_running || state.is_startable) return false;
  bool is_changed = false;
  while (!state.is_pending && judge_instant(module)) is_changed = true;
  if (!state.is_pending || state.next_start_ns > end_ns_) return is_changed;
  state.is_startable = is_final(state, false, state.next_start_ns);
  if (state.is_startable) newly_startable_.push_back(static_cast<int>(module));
  return is_changed || state.is_startable;
}

// Rule 9: the next instant at which something this module is triggered by happens, judged once, when all of it is in.
bool Schedule::judge_instant(std::size_t module) {
  State& state = states_[module];
  std::int64_t instant = state.next_tick_ns;
  for (const int i : state.trigger_inputs) {
    const InputCursor& input = state.inputs[static_cast<std::size_t>(i)];
    for (std::size_t slot = 0; slot < input.channels().size(); ++slot) {
      instant = std::min(instant, input.next_visible_ns(logs_, slot));
    }
  }
  if (instant > end_ns_ || !is_final(state, true, instant)) return false;
  for (const int i : state.trigger_inputs) {
    state.is_pending |= state.inputs[static_cast<std::size_t>(i)].see(logs_, instant);
  }
  if (state.next_tick_ns == instant) {
    state.is_pending = true;
    next_tick(module);
  }
  if (state.is_pending) {
    state.ready_ns = instant;
    settle_pending(module);
  }
  return true;
}

// Rules 17 and 20: when the pending start will be, and the ticks it swallows.
void Schedule::settle_pending(std::size_t module) {
  State& state = states_[module];
  state.next_start_ns = plus(std::max(state.ready_ns, state.free_at_ns), state.wait_ns);
  while (state.next_tick_ns != kNever && state.next_tick_ns <= std::min(state.next_start_ns, end_ns_)) {
    ++state.skipped_tick_count;
    next_tick(module);
  }
}

bool Schedule::is_final(const State& state, bool only_triggers, std::int64_t time_ns) const {
  for (const InputCursor& input : state.inputs) {
    if (only_triggers && !input.is_trigger()) continue;
    for (std::size_t slot = 0; slot < input.channels().size(); ++slot) {
      if (channel_bound_for(input, slot) <= time_ns) return false;
    }
  }
  return true;
}

int Schedule::next_startable(int& count) const {
  int best = -1;
  count = 0;
  for (std::size_t m = 0; m < states_.size(); ++m) {
    if (!states_[m].is_startable) continue;
    ++count;
    if (best < 0 || states_[m].next_start_ns < states_[static_cast<std::size_t>(best)].next_start_ns) {
      best = static_cast<int>(m);
    }
  }
  return best;
}

void Schedule::start(int module, Start& start) {
  State& state = states_[static_cast<std::size_t>(module)];
  const GraphModule& description = graph_.modules[static_cast<std::size_t>(module)];
  start.module = module;
  start.tag = {state.next_start_ns};
  start.ready = {state.ready_ns};
  start.latency_ns = state.latency_ns;
  start.terms = {.now = start.tag, .ordinal = state.ordinal, .level = 0, .allowance = description.work};
  start.terms.seed = base::mix(base::mix(seed_, static_cast<std::uint64_t>(module)), state.ordinal);
  start.recorded.reset();
  if (recorded_ != nullptr) {
    const RecordedTerms& terms = recorded_->activations[static_cast<std::size_t>(module)][state.ordinal];
    start.terms.level = terms.level;
    start.terms.allowance = terms.allowance;
    start.recorded = Recorded{.is_failed = terms.is_failed};
  }
  take_snapshot(state.inputs, logs_, start);
  number_outputs(description, logs_, start);
  ++state.ordinal;
  state.is_pending = state.is_startable = false;
  state.is_running = true;
  state.tag_ns = start.tag.ns;
  state.due_ns = start.tag.ns + state.latency_ns;
  state.free_at_ns = std::max(state.due_ns, start.tag.ns + 1);
  if (recorded_ != nullptr) take_recorded_terms(static_cast<std::size_t>(module));
  forget(state);
}

void Schedule::finish(int module, const std::vector<Filed>& outputs) {
  for (const Filed& output : outputs) keep(output.channel, output.message);
  states_[static_cast<std::size_t>(module)].is_running = false;
}

// Drops from each log what none of its readers can still ask for.
void Schedule::forget(const State& state) {
  for (const InputCursor& input : state.inputs) {
    for (const int channel : input.channels()) {
      ChannelLog& log = logs_[static_cast<std::size_t>(channel)];
      std::uint64_t needed = log.end();
      for (const auto& [module, index] : readers_[static_cast<std::size_t>(channel)]) {
        const State& reader = states_[static_cast<std::size_t>(module)];
        needed = std::min(needed, reader.inputs[static_cast<std::size_t>(index)].needed_from(channel));
      }
      log.forget_before(needed);
    }
  }
}

std::int64_t Schedule::floor_ns() const {
  std::int64_t floor = kNever;
  for (const std::int64_t bound : bounds_) floor = std::min(floor, bound);
  return floor;
}

std::int64_t Schedule::progress_ns() const {
  std::int64_t least = kNever;
  for (const State& state : states_) {
    least = std::min(least, state.is_running ? state.tag_ns : state.next_start_ns);
  }
  return least;
}

bool Schedule::is_idle() const {
  return source_bound_ns_ > end_ns_ && std::none_of(states_.begin(), states_.end(), [](const State& state) {
           return state.is_running || state.is_startable;
         });
}

std::uint64_t Schedule::skipped_tick_count() const {
  std::uint64_t count = 0;
  for (const State& state : states_) count += state.skipped_tick_count;
  return count;
}

std::vector<int> Schedule::pending_at_end() const {
  std::vector<int> modules;
  for (std::size_t m = 0; m < states_.size(); ++m) {
    if (states_[m].is_pending) modules.push_back(static_cast<int>(m));
  }
  return modules;
}

}  // namespace hangil::runtime
