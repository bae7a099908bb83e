// SPDX-License-Identifier: Apache-2.0
#include "runtime/live.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/digest.hpp"
#include "runtime/instance.hpp"
#include "runtime/live_thread.hpp"
#include "runtime/work_control.hpp"

namespace hangil::runtime {

namespace {

using namespace std::chrono_literals;
// allowed: the live executive runs on the monotonic clock; modules never see it
using Clock = std::chrono::steady_clock;

constexpr std::size_t kStampsKept = 256;  // frames whose stamps are remembered for their deadline

// What a worker runs; the watchdog may take it away from a worker that hangs.
struct Activity {
  std::size_t worker = 0;
  std::int64_t started_ns = 0;
  bool is_abandoned = false, is_overrun_said = false;
  Start start;
};

class Live : public std::enable_shared_from_this<Live> {
 public:
  Live(const Graph& graph, Source source, const LiveOptions& options, LiveSinks sinks)
      : graph_(graph),
        source_(std::move(source)),
        options_(options),
        sinks_(std::move(sinks)),
        logs_(graph_.channels.size()),
        chains_(graph_.channels.size()),
        readers_(graph_.channels.size()),
        log_(graph_, options.start),
        begin_(Clock::now()),
        last_ns_(options.start.ns) {
    for (std::size_t c = 0; c < chains_.size(); ++c) chains_[c].topic = graph_.channels[c].topic;
    for (std::size_t m = 0; m < graph_.modules.size(); ++m) add_module(m);
    health_channel_ = graph_.find_channel(kHealthTopic);
  }

  base::Result<LiveSummary> run() {
    for (int i = 0; i < options_.worker_count; ++i) spawn_worker();
    std::thread feeder([this] { feed(); });
    std::thread watcher([this] { watch(); });
    std::thread clerk([this] { keep_books(); });
    feeder.join();
    watcher.join();
    for (auto& thread : workers_) thread.second ? thread.first.detach() : thread.first.join();
    {
      const std::lock_guard lock(mutex_);
      log_.append({.kind = LogEvent::Kind::kFinish, .time_ns = now()});
      are_books_closed_ = true;
    }
    books_.notify_all();
    clerk.join();
    if (!error_.empty()) return base::Error{error_};
    return summary();
  }

 private:
  using Lock = std::unique_lock<std::mutex>;

  struct State {
    State(const GraphModule& module, std::int64_t start_ns)
        : control(module.budget, module.level_count, module.work), free_at_ns(start_ns) {}
    std::vector<InputCursor> inputs;
    std::shared_ptr<Instance> instance;
    std::shared_ptr<Activity> activity;  // null: not running
    WorkControl control;
    std::int64_t free_at_ns, ready_ns = 0, next_tick_ns = kNever;
    bool is_pending = false;
    std::uint64_t ordinal = 0;
  };

  struct Outbox {
    std::vector<Filed> messages;
    std::vector<ActivationRecord> activations;
    std::vector<DropRecord> drops;
    std::vector<EventRecord> events;
  };

  void add_module(std::size_t m) {
    const GraphModule& module = graph_.modules[m];
    State& state = states_.emplace_back(module, options_.start.ns);
    if (module.is_left_out) return;
    state.instance = std::make_shared<Instance>(module);
    if (module.every) state.next_tick_ns = options_.start.ns + module.phase.ns;
    for (std::size_t i = 0; i < module.inputs.size(); ++i) {
      const std::vector<int>& channels = module.inputs[i].channels;
      state.inputs.emplace_back(module.inputs[i], static_cast<int>(i), std::vector<int>(channels.size(), 0));
      for (const int channel : channels) readers_[static_cast<std::size_t>(channel)].push_back({m, i});
    }
  }

  // Rule 29: read under the lock, strictly increasing.
  std::int64_t now() {
    const auto gone = std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - begin_).count();
    return last_ns_ = std::max(options_.start.ns + gone, last_ns_ + 1);
  }
  Clock::time_point host_time(std::int64_t time_ns) const {
    return begin_ + std::chrono::nanoseconds(time_ns - options_.start.ns);
  }
  bool is_asked_to_stop() const {
    return !error_.empty() ||
           (options_.should_stop != nullptr && options_.should_stop->load(std::memory_order_relaxed));
  }

  void spawn_worker() {
    workers_.emplace_back(std::thread(), false);
    const std::size_t index = workers_.size() - 1;
    workers_.back().first = std::thread([self = shared_from_this(), index] { self->work(index); });
  }

  void work(std::size_t index);
  int choose() const;
  void begin(int module, Activity& activity);
  void finish(int module, const std::shared_ptr<Activity>& activity, Outcome& outcome, std::size_t worker);
  void record(const Start& start, const Outcome& outcome, std::int64_t end_ns, std::size_t worker);
  void fail(int module, const Start& start, const std::string& why, const char* kind);

  void publish(std::vector<Filed>& messages, std::int64_t time_ns);
  void judge_readers(int channel, std::int64_t time_ns);
  void check_deadline(int channel, const Message& message, std::int64_t time_ns);
  void tell_health(const char* kind, int module, std::uint64_t ordinal);
  void forget(const State& state);

  void feed();
  bool feed_one(Lock& lock);
  void watch();
  void tick(std::int64_t until_ns);
  std::int64_t watch_running(std::int64_t now_ns);
  void abandon(int module, std::int64_t now_ns);
  bool is_quiet() const;

  void keep_books();
  void hand_out(Outbox& outbox, std::vector<std::uint8_t> log);
  void add_event(std::int64_t time_ns, const char* kind, int module, std::uint64_t ordinal, std::string text) {
    outbox_.events.push_back({{time_ns}, kind, module, -1, ordinal, std::move(text)});
  }
  LiveSummary summary();

  const Graph graph_;  // a copy: a thread that was given up may outlive the run
  Source source_;
  const LiveOptions options_;
  LiveSinks sinks_;

  std::mutex mutex_;  // guards all below
  std::condition_variable wake_, timer_, feeder_, books_;
  std::vector<State> states_;
  std::vector<ChannelLog> logs_;
  std::vector<ChannelDigest> chains_;
  std::vector<std::vector<std::pair<std::size_t, std::size_t>>> readers_;  // per channel: module, input
  LogWriter log_;
  Clock::time_point begin_;
  std::int64_t last_ns_;
  Outbox outbox_;
  std::vector<std::pair<std::thread, bool>> workers_;  // thread, given up
  std::vector<base::Time> frame_stamps_ = std::vector<base::Time>(kStampsKept);
  std::string error_;
  int health_channel_ = -1, running_ = 0, replacements_ = 0;
  bool is_source_done_ = false, is_stopping_ = false, are_books_closed_ = false;
  std::int64_t source_done_ns_ = 0;
  std::uint64_t activation_count_ = 0, drop_count_ = 0, failure_count_ = 0, skipped_tick_count_ = 0, miss_count_ = 0;
  base::Bytes health_scratch_;
};

void Live::work(std::size_t index) {
  std::string note = prepare_worker_thread(options_, index);
  base::Bytes scratch;
  Lock lock(mutex_);
  if (!note.empty()) add_event(now(), "realtime_refused", -1, 0, std::move(note));
  while (true) {
    const int module = choose();
    if (module < 0) {
      if (is_stopping_) return;
      wake_.wait(lock);
      continue;
    }
    State& state = states_[static_cast<std::size_t>(module)];
    auto activity = std::make_shared<Activity>();
    activity->worker = index;
    begin(module, *activity);
    state.activity = activity;
    const std::shared_ptr<Instance> instance = state.instance;
    if (choose() >= 0) wake_.notify_one();
    lock.unlock();
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
    if (!states_[m].is_pending || states_[m].activity != nullptr) continue;
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
  for (const DropRecord& drop : start.drops) drop_count_ += drop.count, outbox_.drops.push_back(drop);
  state.is_pending = false;
  ++running_;
  forget(state);
  timer_.notify_one();
}

void Live::finish(int module, const std::shared_ptr<Activity>& activity, Outcome& outcome, std::size_t worker) {
  State& state = states_[static_cast<std::size_t>(module)];
  const std::int64_t time_ns = now();
  LogEvent event{.kind = LogEvent::Kind::kEnd, .subject = module, .time_ns = time_ns, .is_failed = outcome.is_failed};
  std::vector<std::uint64_t> digests;
  for (const Filed& output : outcome.outputs) digests.push_back(output.message->digest);
  event.output_count = static_cast<std::uint32_t>(digests.size());
  event.fold = fold_digests(digests);
  log_.append(event);
  state.activity = nullptr;
  state.free_at_ns = time_ns;
  --running_;
  record(activity->start, outcome, time_ns, worker);
  if (outcome.is_failed) fail(module, activity->start, outcome.failure, "module_failed");
  const int change = state.control.note(time_ns - activity->started_ns, outcome.operations);
  if (change != 0) {
    const std::string text = graph_.modules[static_cast<std::size_t>(module)].name +
                             (change > 0 ? " overran: " : " has time again: ") + "level " +
                             std::to_string(state.control.level());
    add_event(time_ns, "level_changed", module, activity->start.terms.ordinal, text);
  }
  publish(outcome.outputs, time_ns);
  if (is_stopping_ || is_source_done_) timer_.notify_one();
}

void Live::fail(int module, const Start& start, const std::string& why, const char* kind) {
  const GraphModule& description = graph_.modules[static_cast<std::size_t>(module)];
  ++failure_count_;
  const std::string what = description.name + ", activation " + std::to_string(start.terms.ordinal) + ": " + why;
  add_event(last_ns_, kind, module, start.terms.ordinal, what);
  tell_health("replaced", module, start.terms.ordinal);
  if (description.ends_run_on_failure && error_.empty()) error_ = "the run ended: " + what;
}

void Live::record(const Start& start, const Outcome& outcome, std::int64_t end_ns, std::size_t worker) {
  ++activation_count_;
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

// All messages of one publication become visible at one instant; who reads them is judged once, afterwards (rule 9).
void Live::publish(std::vector<Filed>& messages, std::int64_t time_ns) {
  for (const Filed& filed : messages) {
    const auto c = static_cast<std::size_t>(filed.channel);
    filed.message->published = {time_ns};
    filed.message->host_filed_ns = time_ns - options_.start.ns;
    logs_[c].push(filed.message);
    add_to_chain(chains_[c], *filed.message);
    if (filed.channel == graph_.frame_channel)
      frame_stamps_[filed.message->origin % kStampsKept] = filed.message->stamp;
    if (filed.channel == graph_.output_channel) check_deadline(filed.channel, *filed.message, time_ns);
    if (sinks_.run.on_message) outbox_.messages.push_back(filed);
  }
  for (const Filed& filed : messages) judge_readers(filed.channel, time_ns);
}

void Live::judge_readers(int channel, std::int64_t time_ns) {
  for (const auto& [module, input] : readers_[static_cast<std::size_t>(channel)]) {
    State& state = states_[module];
    if (!state.inputs[input].is_trigger() || !state.inputs[input].see(logs_, time_ns) || state.is_pending) continue;
    state.is_pending = true;
    state.ready_ns = time_ns;
    wake_.notify_one();
  }
}

void Live::check_deadline(int channel, const Message& message, std::int64_t time_ns) {
  if (graph_.deadline.ns == 0 || message.origin == 0) return;
  const std::int64_t age_ns = time_ns - frame_stamps_[message.origin % kStampsKept].ns;
  if (age_ns <= graph_.deadline.ns) return;
  ++miss_count_;
  add_event(time_ns, "deadline_missed", graph_.channels[static_cast<std::size_t>(channel)].writer, message.origin,
            "frame " + std::to_string(message.origin) + " reached " +
                graph_.channels[static_cast<std::size_t>(channel)].topic + " " + std::to_string(age_ns / 1'000'000) +
                " ms after its stamp");
}

// Rule 31: modules hear of the run only through a recorded message.
void Live::tell_health(const char* kind, int module, std::uint64_t ordinal) {
  if (health_channel_ < 0) return;
  PendingOutput output{
      0,
      {last_ns_},
      std::make_shared<const Health>(Health{kind, graph_.modules[static_cast<std::size_t>(module)].name, ordinal})};
  const auto& type = *graph_.channels[static_cast<std::size_t>(health_channel_)].type;
  const std::uint64_t sequence = logs_[static_cast<std::size_t>(health_channel_)].end();
  std::vector<Filed> messages{
      {health_channel_, make_message(type, output, sequence, {}, 0, options_.keeps_cdr, health_scratch_)}};
  const std::int64_t time_ns = now();
  log_.append({.kind = LogEvent::Kind::kMessage, .subject = health_channel_, .time_ns = time_ns});
  publish(messages, time_ns);
}

void Live::forget(const State& state) {
  for (const InputCursor& input : state.inputs) {
    for (const int channel : input.channels()) {
      std::uint64_t needed = logs_[static_cast<std::size_t>(channel)].end();
      for (const auto& [module, index] : readers_[static_cast<std::size_t>(channel)]) {
        needed = std::min(needed, states_[module].inputs[index].needed_from(channel));
      }
      logs_[static_cast<std::size_t>(channel)].forget_before(needed);
    }
  }
}

void Live::feed() {
  Lock lock(mutex_);
  while (!is_asked_to_stop() && feed_one(lock)) {
  }
  is_source_done_ = true;
  source_done_ns_ = now();
  timer_.notify_one();
}

// Waits until the next source message is due and publishes it; false at the end.
bool Live::feed_one(Lock& lock) {
  lock.unlock();
  auto next = source_();
  std::string failure;
  std::shared_ptr<Message> message;
  const bool has_message = next.ok() && next->has_value();
  if (has_message) message = decode_source(graph_, **next, options_.keeps_cdr, failure);
  lock.lock();
  if (!next.ok()) error_ = next.error().message;
  if (!has_message) return false;
  const int channel = (*next)->channel;
  if (message == nullptr) return add_event(last_ns_, "undecodable", -1, 0, failure), true;
  const auto due = host_time((*next)->published.ns);
  while (Clock::now() < due && !is_asked_to_stop()) feeder_.wait_until(lock, std::min(due, Clock::now() + 100ms));
  if (is_asked_to_stop()) return false;
  const std::int64_t time_ns = now();
  message->sequence = logs_[static_cast<std::size_t>(channel)].end();
  message->origin = channel == graph_.frame_channel ? message->sequence + 1 : 0;
  log_.append({.kind = LogEvent::Kind::kMessage, .subject = channel, .time_ns = time_ns});
  std::vector<Filed> messages{{channel, std::move(message)}};
  publish(messages, time_ns);
  return true;
}

// Ticks, and whoever runs too long.
void Live::watch() {
  Lock lock(mutex_);
  while (true) {
    if (!is_stopping_ && (is_asked_to_stop() || (is_source_done_ && is_quiet()))) {
      is_stopping_ = true;
      wake_.notify_all();
      feeder_.notify_all();
    }
    if (is_stopping_ && running_ == 0 && is_source_done_) return;
    const std::int64_t now_ns = now();
    if (!is_stopping_) tick(now_ns);
    std::int64_t next_ns = std::min(watch_running(now_ns), now_ns + 20'000'000);
    for (const State& state : states_) next_ns = std::min(next_ns, state.next_tick_ns);
    timer_.wait_until(lock, host_time(next_ns));
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
        ++skipped_tick_count_;
        continue;
      }
      state.is_pending = true;
      state.ready_ns = time_ns;
      wake_.notify_one();
    }
  }
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
    if (!activity->is_overrun_said && now_ns - activity->started_ns > budget_ns) {
      activity->is_overrun_said = true;
      add_event(
          now_ns, "overrun", static_cast<int>(m), activity->start.terms.ordinal,
          graph_.modules[m].name + " still runs after its budget of " + std::to_string(budget_ns / 1'000'000) + " ms");
      tell_health("overrun", static_cast<int>(m), activity->start.terms.ordinal);
    }
    if (now_ns - activity->started_ns > hang_ns)
      abandon(static_cast<int>(m), now_ns);
    else
      next_ns = std::min(next_ns, activity->started_ns + (activity->is_overrun_said ? hang_ns : budget_ns) + 1);
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
  state.instance = std::make_shared<Instance>(graph_.modules[static_cast<std::size_t>(module)]);
  if (++replacements_ > options_.max_replacements && error_.empty()) {
    error_ = "the run ended: modules hung " + std::to_string(replacements_) + " times, last " +
             graph_.modules[static_cast<std::size_t>(module)].name;
  }
  workers_[activity->worker].second = true;
  spawn_worker();
}

bool Live::is_quiet() const {
  if (last_ns_ - source_done_ns_ > options_.drain.ns) return true;
  return running_ == 0 &&
         std::none_of(states_.begin(), states_.end(), [](const State& state) { return state.is_pending; });
}

// Hands everything out on a thread of its own, so that driving never waits for a sink.
void Live::keep_books() {
  Lock lock(mutex_);
  while (true) {
    const bool is_last = are_books_closed_;
    Outbox outbox = std::exchange(outbox_, {});
    std::vector<std::uint8_t> log = log_.take();
    lock.unlock();
    hand_out(outbox, std::move(log));
    lock.lock();
    if (is_last) return;
    books_.wait_for(lock, 5ms, [this] { return are_books_closed_; });
  }
}

void Live::hand_out(Outbox& outbox, std::vector<std::uint8_t> log) {
  if (sinks_.run.on_message)
    for (const Filed& filed : outbox.messages) sinks_.run.on_message(filed.channel, *filed.message);
  if (sinks_.on_log && !log.empty()) sinks_.on_log(std::move(log));
  if (sinks_.run.on_activation)
    for (const ActivationRecord& record : outbox.activations) sinks_.run.on_activation(record);
  if (sinks_.run.on_drop)
    for (const DropRecord& drop : outbox.drops) sinks_.run.on_drop(drop);
  if (sinks_.run.on_event)
    for (const EventRecord& event : outbox.events) sinks_.run.on_event(event);
}

LiveSummary Live::summary() {
  LiveSummary all{.end = {last_ns_}, .log_bytes = log_.total_bytes()};
  all.run = summarise(graph_, chains_);
  all.run.activation_count = activation_count_;
  all.run.drop_count = drop_count_;
  all.run.failure_count = failure_count_;
  all.run.skipped_tick_count = skipped_tick_count_;
  all.run.wall = {last_ns_ - options_.start.ns};
  for (const auto& [thread, is_given_up] : workers_) all.abandoned_threads += is_given_up ? 1 : 0;
  return all;
}

}  // namespace

base::Result<LiveSummary> run_live(const Graph& graph, const Source& source, const LiveOptions& options,
                                   const LiveSinks& sinks) {
  return std::make_shared<Live>(graph, source, options, sinks)->run();
}

}  // namespace hangil::runtime
