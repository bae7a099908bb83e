// SPDX-License-Identifier: Apache-2.0
#include "runtime/live.hpp"

#include "base/digest.hpp"
#include "runtime/divergence.hpp"
#include "runtime/live_executive.hpp"
#include "runtime/live_thread.hpp"
#include "runtime/overload.hpp"

namespace hangil::runtime {

using namespace std::chrono_literals;

void Live::work(std::size_t index) {
  std::string note = prepare_worker_thread(options_, index);
  base::Bytes scratch;
  const int thread_id = this_thread_id();
  Lock lock(mutex_);
  if (!note.empty()) add_event(now(), "realtime_refused", -1, 0, std::move(note));
  while (true) {
    const int module = choose();
    if (module < 0) {
      if (is_stopping_) return;
      signal_.wait(lock);
      continue;
    }
    State& state = states_[static_cast<std::size_t>(module)];
    auto activity = std::make_shared<Activity>();
    activity->worker = index;
    activity->thread_id = thread_id;
    begin(module, *activity);
    state.activity = activity;
    const std::shared_ptr<Instance> instance = state.instance;
    const bool must_wake = choose() >= 0 && signal_.call_one();
    lock.unlock();
    if (must_wake) signal_.wake_one();
    Outcome outcome;
    instance->run(graph_, activity->start, options_.keeps_cdr, scratch, outcome);
    lock.lock();
    if (activity->is_abandoned) return;
    finish(module, activity, outcome, index);
  }
}

// Rule 32: among the modules that wait, the higher priority, then the smaller ready time, then the smaller index.
int Live::choose() const {
  int best = -1;
  if (is_stopping_) return best;
  const auto rank = [this](int m) {
    return std::pair(-graph_.modules[static_cast<std::size_t>(m)].priority,
                     states_[static_cast<std::size_t>(m)].ready_ns);
  };
  for (std::size_t m = 0; m < states_.size(); ++m) {
    if (!states_[m].is_pending || states_[m].activity != nullptr || states_[m].instance == nullptr) continue;
    if (best < 0 || rank(static_cast<int>(m)) < rank(best)) best = static_cast<int>(m);
  }
  return best;
}

void Live::begin(int module, Activity& activity) {
  State& state = states_[static_cast<std::size_t>(module)];
  Start& start = activity.start;
  const std::int64_t time_ns = activity.started_ns = now();
  start.module = module;
  start.tag = {time_ns};
  start.ready = {state.ready_ns};
  start.terms = {.now = {time_ns}, .ordinal = state.ordinal++, .level = state.control.level()};
  start.terms.allowance = state.control.allowance();
  start.terms.seed = base::mix(base::mix(options_.seed, static_cast<std::uint64_t>(module)), start.terms.ordinal);
  LogEvent event{.kind = LogEvent::Kind::kStart, .subject = module, .time_ns = time_ns};
  event.wait_ns = time_ns - std::max(state.ready_ns, state.free_at_ns);
  event.level = start.terms.level;
  event.allowance = start.terms.allowance;
  take_snapshot(state.inputs, logs_, start);
  event.taken = taken_of(state.inputs.size(), start.consumed);
  log_.append(event);
  number_outputs(graph_.modules[static_cast<std::size_t>(module)], logs_, start);
  counts_.add_drops(graph_, start.drops);
  outbox_.drops.insert(outbox_.drops.end(), start.drops.begin(), start.drops.end());
  state.is_pending = false;
  ++running_;
  forget(state);
  std::vector<EventRecord> overload;
  judge_overload(graph_, start, overload);
  for (EventRecord& said : overload) {
    tell_health(said.kind, module, start.terms.ordinal);
    outbox_.events.push_back(std::move(said));
  }
  const std::int64_t budget_ns = graph_.modules[static_cast<std::size_t>(module)].budget.ns;
  if (time_ns + budget_ns < watched_until_ns_ && !run_times_.is_short(module)) timer_.notify_one();
}

// A worker, when there is something to do: those that run take what they file themselves.
bool Live::call_worker(Lock& lock) {
  if (choose() < 0 || !signal_.call_one()) return false;
  lock.unlock();
  signal_.wake_one();
  lock.lock();
  return true;
}

void Live::finish(int module, const std::shared_ptr<Activity>& activity, Outcome& outcome, std::size_t worker) {
  State& state = states_[static_cast<std::size_t>(module)];
  const std::int64_t time_ns = now();
  LogEvent event{.kind = LogEvent::Kind::kEnd, .subject = module, .time_ns = time_ns, .is_failed = outcome.is_failed};
  event.output_count = static_cast<std::uint32_t>(outcome.outputs.size());
  event.fold = fold_of(outcome.outputs);
  log_.append(event);
  state.activity = nullptr;
  state.free_at_ns = time_ns;
  run_times_.note(module, time_ns - activity->started_ns);
  --running_;
  record(activity->start, outcome, time_ns, worker);
  if (outcome.is_failed) fail(module, activity->start, outcome.failure, "module_failed");
  if (options_.adapts_work) {
    const std::int64_t given = activity->start.terms.allowance;
    const int change =
        state.control.note({time_ns - activity->started_ns, outcome.operations, given, frames_.are_calm()});
    if (change != 0)
      say_level(module, activity->start.terms.ordinal, change, change > 0 ? " overran" : " has time again");
  }
  publish(outcome.outputs, time_ns);
  if (is_stopping_ || is_source_done_) timer_.notify_one();
}

void Live::say_level(int module, std::uint64_t ordinal, int change, const char* why) {
  const std::string text = graph_.modules[static_cast<std::size_t>(module)].name + why + ": level " +
                           std::to_string(states_[static_cast<std::size_t>(module)].control.level());
  add_event(last_ns_, "level_changed", module, ordinal, text);
  tell_health(change > 0 ? "reduced" : "restored", module, ordinal);
}

void Live::fail(int module, const Start& start, const std::string& why, const char* kind) {
  const GraphModule& description = graph_.modules[static_cast<std::size_t>(module)];
  ++counts_.failures;
  const std::string what = description.name + ", activation " + std::to_string(start.terms.ordinal) + ": " + why;
  add_event(last_ns_, kind, module, start.terms.ordinal, what);
  tell_health("replaced", module, start.terms.ordinal);
  if (description.ends_run_on_failure && error_.empty()) error_ = "the run ended: " + what;
}

void Live::record(const Start& start, const Outcome& outcome, std::int64_t end_ns, std::size_t worker) {
  ++counts_.activations;
  if (!sinks_.run.on_activation) return;
  ActivationRecord& record = outbox_.activations.emplace_back(record_of(start, outcome));
  record.worker = static_cast<std::uint16_t>(worker);
  record.latency = {end_ns - start.tag.ns};
  const std::int64_t base_ns = start.tag.ns - options_.start.ns;
  record.host_runnable_ns = start.ready.ns - options_.start.ns;
  record.host_input_ns = std::min(record.host_runnable_ns, host_input_ns(start).value_or(record.host_runnable_ns));
  record.host_start_ns = base_ns;
  record.host_end_ns = base_ns + outcome.host_end_ns - outcome.host_start_ns;
  record.host_filed_ns = end_ns - options_.start.ns;
}

// Hands everything out on a thread of its own, so that driving never waits for a sink.
void Live::keep_books() {
  Lock lock(mutex_);
  while (true) {
    const bool is_last = are_books_closed_;
    const Emission emission = std::exchange(outbox_, {});
    std::vector<std::uint8_t> log = log_.take();
    lock.unlock();
    hand_out(emission, std::move(log));
    const auto troubles = sinks_.take_trouble ? sinks_.take_trouble() : std::vector<Trouble>();
    lock.lock();
    if (is_last) return;
    if (!are_books_closed_) say(troubles), call_worker(lock);
    books_.wait_for(lock, 5ms, [this] { return are_books_closed_; });
  }
}

void Live::say(const std::vector<Trouble>& troubles) {
  for (const Trouble& trouble : troubles) {
    add_event(now(), trouble.kind.c_str(), trouble.module, trouble.ordinal, trouble.text);
    tell_health(trouble.kind, trouble.module, trouble.ordinal);
  }
}

// The log never names a message that was not handed out before it.
void Live::hand_out(const Emission& emission, std::vector<std::uint8_t> log) {
  hand_out_messages(emission, sinks_.run);
  if (sinks_.on_log && !log.empty()) sinks_.on_log(std::move(log));
  hand_out_records(emission, sinks_.run);
}

LiveSummary Live::summary() {
  LiveSummary all{.end = {last_ns_}, .log_bytes = log_.total_bytes()};
  all.run = summarise(graph_, chains_);
  counts_.write_to(all.run);
  all.run.wall = {last_ns_ - options_.start.ns};
  for (const auto& [thread, is_given_up] : workers_) all.abandoned_threads += is_given_up ? 1 : 0;
  return all;
}

base::Result<LiveSummary> run_live(const Graph& graph, const Source& source, const LiveOptions& options,
                                   const LiveSinks& sinks) {
  return std::make_shared<Live>(graph, source, options, sinks)->run();
}

}  // namespace hangil::runtime
