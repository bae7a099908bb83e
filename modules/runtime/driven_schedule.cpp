// SPDX-License-Identifier: Apache-2.0
#include "runtime/driven_schedule.hpp"

#include <algorithm>
#include <limits>

#include "base/digest.hpp"

namespace hangil::runtime {

DrivenSchedule::DrivenSchedule(const Graph& graph, LogEvents events, base::Time start, std::uint64_t seed,
                               std::uint64_t window)
    : graph_(graph),
      seed_(seed),
      states_(graph.modules.size()),
      logs_(graph.channels.size()),
      events_(std::move(events)),
      window_(window),
      read_ns_(start.ns),
      source_times_(graph.channels.size()),
      depths_(graph.channels.size(), 1),
      published_before_(graph.channels.size(), 0),
      source_bound_ns_(start.ns) {
  for (std::size_t m = 0; m < states_.size(); ++m) {
    states_[m].consumed_end.resize(graph.modules[m].inputs.size(), 0);
    for (const GraphInput& input : graph.modules[m].inputs) {
      for (const int channel : input.channels) {
        std::uint64_t& depth = depths_[static_cast<std::size_t>(channel)];
        depth = std::max(depth, static_cast<std::uint64_t>(input.declaration.depth));
      }
    }
  }
}

void DrivenSchedule::read_ahead() {
  while (!has_ended_ && error_.empty() && wants_more()) {
    auto next = events_();
    if (!next) {
      error_ = next.error().message;
    } else if (!next->has_value()) {
      end_log();
    } else {
      plan(**std::move(next));
    }
  }
}

bool DrivenSchedule::wants_more() const {
  const Planned* first = earliest();
  if (first != nullptr) return !first->end || read_count_ - first->position < window_;
  return unmatched_count_ < window_ || source_bound_ns_ == kNever;
}

const DrivenSchedule::Planned* DrivenSchedule::earliest() const {
  const Planned* first = nullptr;
  for (const State& state : states_) {
    if (state.plan.empty()) continue;
    if (first == nullptr || state.plan.front().position < first->position) first = &state.plan.front();
  }
  return first;
}

void DrivenSchedule::plan(LogEvent event) {
  const auto subject = static_cast<std::size_t>(event.subject);
  read_ns_ = event.time_ns;
  ++read_count_;
  if (event.kind == LogEvent::Kind::kMessage) {
    source_times_[subject].only_logged_ns.push_back(event.time_ns);
    ++unmatched_count_;
    compare(event.subject);
  } else if (event.kind == LogEvent::Kind::kStart) {
    states_[subject].plan.push_back({std::move(event), std::nullopt, read_count_ - 1});
  } else if (event.kind == LogEvent::Kind::kEnd && !states_[subject].plan.empty()) {
    Planned& last = states_[subject].plan.back();
    if (!last.end) last.end = std::move(event);
  }
}

// What has no end was running when the drive was cut off: it is not driven again.
void DrivenSchedule::end_log() {
  has_ended_ = true;
  for (std::size_t m = 0; m < states_.size(); ++m) {
    if (states_[m].plan.empty() || states_[m].plan.back().end) continue;
    unfinished_module_ = static_cast<int>(m);
    states_[m].plan.pop_back();
  }
}

void DrivenSchedule::admit(int channel, MessagePtr message) {
  const auto c = static_cast<std::size_t>(channel);
  if (!has_ended_ || !source_times_[c].only_logged_ns.empty())
    source_times_[c].only_admitted_ns.push_back(message->published.ns);
  source_bound_ns_ = std::max(source_bound_ns_, message->published.ns);
  logs_[c].push(std::move(message));
  compare(channel);
}

void DrivenSchedule::compare(int channel) {
  SourceTimes& times = source_times_[static_cast<std::size_t>(channel)];
  while (!times.only_logged_ns.empty() && !times.only_admitted_ns.empty()) {
    if (error_.empty() && times.only_logged_ns.front() != times.only_admitted_ns.front()) {
      error_ = "diverged: message " + std::to_string(times.checked_count) + " of " +
               graph_.channels[static_cast<std::size_t>(channel)].topic + " is not the one the drive's log speaks of";
    }
    times.only_logged_ns.pop_front(), times.only_admitted_ns.pop_front();
    --unmatched_count_, ++times.checked_count;
  }
}

void DrivenSchedule::set_source_bound(std::int64_t time_ns) { source_bound_ns_ = std::max(source_bound_ns_, time_ns); }

void DrivenSchedule::advance() {
  read_ahead();
  for (std::size_t m = 0; m < states_.size(); ++m) {
    State& state = states_[m];
    if (state.is_running || state.is_startable || state.plan.empty() || !state.plan.front().end || !is_ready(m))
      continue;
    state.is_startable = true;
    newly_startable_.push_back(static_cast<int>(m));
  }
}

bool DrivenSchedule::is_ready(std::size_t module) const {
  const LogEvent& start = states_[module].plan.front().start;
  const std::vector<GraphInput>& inputs = graph_.modules[module].inputs;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const LogEvent::Taken& taken = start.taken[i];
    for (std::size_t slot = 0; slot < taken.first.size(); ++slot) {
      const ChannelLog& log = logs_[static_cast<std::size_t>(inputs[i].channels[slot])];
      if (taken.first[slot] + taken.count > log.end()) return false;
      if (taken.count > 0 && taken.first[slot] < log.first()) return false;  // gone long ago: no drive's log says so
    }
  }
  return true;
}

int DrivenSchedule::next_startable(int& count) const {
  int best = -1;
  count = 0;
  std::int64_t best_ns = 0;
  for (std::size_t m = 0; m < states_.size(); ++m) {
    if (!states_[m].is_startable) continue;
    ++count;
    const std::int64_t time_ns = states_[m].plan.front().start.time_ns;
    if (best < 0 || time_ns < best_ns) best = static_cast<int>(m), best_ns = time_ns;
  }
  return best;
}

void DrivenSchedule::start(int module, Start& start) {
  const auto m = static_cast<std::size_t>(module);
  State& state = states_[m];
  const Planned& planned = state.plan.front();
  const LogEvent end = planned.end.value_or(LogEvent{});  // it is there, or the module was not startable
  start.module = module;
  start.tag = {planned.start.time_ns};
  start.ready = {planned.start.time_ns - planned.start.wait_ns};
  start.latency_ns = end.time_ns - planned.start.time_ns;
  start.terms = {.now = start.tag, .ordinal = state.ordinal, .level = planned.start.level};
  start.terms.allowance = planned.start.allowance;
  start.terms.seed = base::mix(base::mix(seed_, m), state.ordinal);
  start.recorded = Recorded{end.is_failed, true, end.output_count, end.fold};
  start.inputs.assign(graph_.modules[m].inputs.size(), {});
  start.consumed.clear();
  start.drops.clear();
  start.origin = 0;
  for (std::size_t i = 0; i < start.inputs.size(); ++i) take_input(m, i, planned.start.taken[i], start);
  number_outputs(graph_.modules[m], logs_, start);
  state.is_startable = false;
  state.is_running = true;
  state.end_ns = end.time_ns;
  ++state.ordinal;
  state.plan.pop_front();
  forget();
}

void DrivenSchedule::take_input(std::size_t module, std::size_t input, const LogEvent::Taken& taken, Start& start) {
  const GraphInput& description = graph_.modules[module].inputs[input];
  std::uint64_t& consumed_end = states_[module].consumed_end[input];
  for (std::size_t slot = 0; slot < taken.first.size(); ++slot) {
    const int channel = description.channels[slot];
    for (std::uint64_t s = taken.first[slot]; s < taken.first[slot] + taken.count; ++s) {
      const MessagePtr& message = logs_[static_cast<std::size_t>(channel)].at(s);
      start.inputs[input].push_back(message);
      start.origin = std::max(start.origin, message->origin);
    }
    start.consumed.push_back({.input = static_cast<std::uint16_t>(input),
                              .channel = static_cast<std::uint16_t>(channel),
                              .count = taken.count,
                              .first = taken.first[slot]});
  }
  if (taken.count == 0) return;
  const bool is_sampled = description.declaration.policy == Policy::kLatest && !description.is_trigger;
  if (!is_sampled) add_drop(module, input, taken.first.front(), start);
  consumed_end = taken.first.front() + taken.count;
}

// Rule 25: what was skipped follows from consecutive consumed sequences.
void DrivenSchedule::add_drop(std::size_t module, std::size_t input, std::uint64_t end, Start& start) {
  const GraphInput& description = graph_.modules[module].inputs[input];
  const std::uint64_t first = states_[module].consumed_end[input];
  if (first >= end) return;
  constexpr const char* kReasons[] = {"superseded", "overflow", "unaligned"};
  const ChannelLog& log = logs_[static_cast<std::size_t>(description.channels.front())];
  DropRecord& drop = start.drops.emplace_back();
  drop.module = static_cast<std::uint16_t>(module);
  drop.input = static_cast<std::uint16_t>(input);
  drop.channel = static_cast<std::uint16_t>(description.channels.front());
  drop.first = first;
  drop.count = static_cast<std::uint32_t>(end - first);
  drop.reason = kReasons[static_cast<int>(description.declaration.policy)];
  drop.tag = start.tag;
  drop.age = start.tag - log.at(std::max(first, log.first()))->stamp;
}

void DrivenSchedule::finish(int module, const std::vector<Filed>& outputs) {
  for (const Filed& output : outputs) logs_[static_cast<std::size_t>(output.channel)].push(output.message);
  states_[static_cast<std::size_t>(module)].is_running = false;
}

// Rule 39: a message goes once `depth` newer ones are published before the earliest start still to come. What an
// activation that may begin has been found to be there stays; on the log of a drive the depth alone sees to that.
void DrivenSchedule::forget() {
  const std::int64_t earliest_ns = progress_ns();
  std::vector<std::uint64_t> wanted(logs_.size(), std::numeric_limits<std::uint64_t>::max());
  for (std::size_t m = 0; m < states_.size(); ++m) {
    if (states_[m].is_startable) note_wanted(m, wanted);
  }
  for (std::size_t c = 0; c < logs_.size(); ++c) {
    std::uint64_t& before = published_before_[c];
    while (before < logs_[c].end() && logs_[c].at(before)->published.ns < earliest_ns) ++before;
    if (before > depths_[c]) logs_[c].forget_before(std::min(before - depths_[c], wanted[c]));
  }
}

// Lowers, per channel, the first message that the module's next activation takes.
void DrivenSchedule::note_wanted(std::size_t module, std::vector<std::uint64_t>& wanted) const {
  const LogEvent& start = states_[module].plan.front().start;
  const std::vector<GraphInput>& inputs = graph_.modules[module].inputs;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    for (std::size_t slot = 0; slot < start.taken[i].first.size(); ++slot) {
      std::uint64_t& first = wanted[static_cast<std::size_t>(inputs[i].channels[slot])];
      first = std::min(first, start.taken[i].first[slot]);
    }
  }
}

std::int64_t DrivenSchedule::floor_ns() const {
  std::int64_t floor = has_ended_ ? source_bound_ns_ : std::min(source_bound_ns_, read_ns_);
  for (const State& state : states_) {
    if (state.is_running) floor = std::min(floor, state.end_ns);
    if (!state.plan.empty() && state.plan.front().end) floor = std::min(floor, state.plan.front().end->time_ns);
  }
  return floor;
}

std::int64_t DrivenSchedule::progress_ns() const {
  const Planned* first = earliest();
  if (first != nullptr) return first->start.time_ns;
  return has_ended_ ? kNever : read_ns_;
}

bool DrivenSchedule::is_idle() const {
  return source_bound_ns_ == kNever && std::none_of(states_.begin(), states_.end(), [](const State& state) {
           return state.is_running || state.is_startable;
         });
}

void DrivenSchedule::settle() {
  for (std::size_t m = 0; m < states_.size() && error_.empty(); ++m) {
    if (states_[m].plan.empty()) continue;
    error_ = "diverged: " + graph_.modules[m].name + ", activation " + std::to_string(states_[m].ordinal) +
             ", consumed messages that are not there: " + missing_text(m);
  }
}

std::string DrivenSchedule::missing_text(std::size_t module) const {
  const LogEvent& start = states_[module].plan.front().start;
  const std::vector<GraphInput>& inputs = graph_.modules[module].inputs;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    for (std::size_t slot = 0; slot < start.taken[i].first.size(); ++slot) {
      const auto c = static_cast<std::size_t>(inputs[i].channels[slot]);
      const std::uint64_t last = start.taken[i].first[slot] + start.taken[i].count - 1;
      if (last >= logs_[c].end() || start.taken[i].first[slot] < logs_[c].first())
        return "message " + std::to_string(last) + " of " + graph_.channels[c].topic;
    }
  }
  return "none";
}

}  // namespace hangil::runtime
