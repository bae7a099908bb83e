// SPDX-License-Identifier: Apache-2.0
// file size: one state machine under one lock, a template for two schedules
#pragma once

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "runtime/drive_log.hpp"
#include "runtime/instance.hpp"

namespace hangil::runtime {

// Runs what a schedule decides on any number of equal workers (rule 40): under one lock decide what can start, take
// one, run it unlocked, file the result. `Schedule` is runtime::Schedule (replay) or runtime::DrivenSchedule.
template <class Schedule>
class Executor {
 public:
  Executor(const Graph& graph, const Source& source, const ReplayOptions& options, const RunSinks& sinks,
           Schedule schedule)
      : graph_(graph),
        source_(source),
        options_(options),
        sinks_(sinks),
        schedule_(std::move(schedule)),
        chains_(graph.channels.size()),
        runnable_since_ns_(graph.modules.size(), 0),
        last_source_ns_(options.start.ns),
        host_begin_ns_(host_now_ns()) {
    outbox_.messages.resize(graph.channels.size());
    for (const GraphModule& module : graph.modules) {
      instances_.push_back(module.is_left_out ? nullptr : std::make_unique<Instance>(module));
    }
    for (std::size_t c = 0; c < chains_.size(); ++c) chains_[c].topic = graph.channels[c].topic;
  }

  base::Result<RunSummary> run() {
    advance();
    std::vector<std::thread> threads;
    for (int i = 1; i < options_.worker_count; ++i) threads.emplace_back([this, i] { work(i); });
    work(0);
    for (std::thread& thread : threads) thread.join();
    if (error_.empty() && !is_stopping()) schedule_.settle();
    if (error_.empty()) error_ = schedule_.error();
    if (!error_.empty()) return base::Error{error_};
    return summary();
  }

 private:
  enum class Job { kNone, kActivation, kPull, kEmit };
  using Lock = std::unique_lock<std::mutex>;
  static constexpr std::size_t kEmitBatch = 64;

  // What is still to be handed to the sinks.
  struct Outbox {
    std::vector<std::deque<MessagePtr>> messages;  // per channel, in order
    std::vector<ActivationRecord> activations;
    std::vector<DropRecord> drops;
    std::vector<EventRecord> events;
    std::size_t message_count = 0;

    std::size_t count() const { return message_count + activations.size() + drops.size() + events.size(); }
  };

  struct Emitted {
    int channel = -1;
    MessagePtr message;
  };

  // One worker's own things, reused from activation to activation.
  struct Worker {
    int index = 0;
    Start start;
    Outcome outcome;
    base::Bytes scratch;
    std::int64_t host_runnable_ns = 0;
  };

  void work(int index) {
    Worker worker{.index = index};
    Lock lock(mutex_);
    while (true) {
      int more = 0;
      const Job job = choose(worker, more);
      if (job == Job::kNone) {
        if (is_done()) break;
        wake_.wait(lock);
        continue;
      }
      if (more > 0) wake_.notify_one();
      if (job == Job::kActivation) run_activation(worker, lock);
      if (job == Job::kPull) pull(lock);
      if (job == Job::kEmit) emit(lock);
    }
    wake_.notify_all();
  }

  // The oldest activation first, then what keeps the sources and the sinks moving.
  Job choose(Worker& worker, int& more) {
    if (is_stopping()) return may_emit(true) ? start_emit() : Job::kNone;
    if (may_emit(false)) return start_emit();
    int count = 0;
    const int module = schedule_.next_startable(count);
    if (module >= 0) {
      begin(module, worker);
      more = count - 1 + (may_pull() ? 1 : 0);
      return Job::kActivation;
    }
    if (may_pull()) return is_pulling_ = true, Job::kPull;
    return may_emit(schedule_.is_idle()) ? start_emit() : Job::kNone;
  }

  bool is_stopping() const {
    return !error_.empty() || !schedule_.error().empty() ||
           (options_.should_stop != nullptr && options_.should_stop->load(std::memory_order_relaxed));
  }
  bool may_pull() const {
    if (is_pulling_ || source_ended_) return false;
    const std::int64_t progress = schedule_.progress_ns();
    return progress == kNever || last_source_ns_ - progress <= options_.lookahead.ns;
  }
  bool may_emit(bool everything) const {
    if (is_emitting_) return false;
    if (everything) return running_ == 0 && outbox_.count() > 0;
    return outbox_.count() >= kEmitBatch && schedule_.floor_ns() > emitted_floor_ns_;
  }
  Job start_emit() { return is_emitting_ = true, Job::kEmit; }
  bool is_done() const {
    if (running_ > 0 || is_pulling_ || is_emitting_) return false;
    return is_stopping() || (source_ended_ && schedule_.is_idle());
  }

  void begin(int module, Worker& worker) {
    schedule_.start(module, worker.start);
    worker.host_runnable_ns = runnable_since_ns_[static_cast<std::size_t>(module)];
    ++running_;
    for (const DropRecord& drop : worker.start.drops) drop_count_ += drop.count;
    outbox_.drops.insert(outbox_.drops.end(), worker.start.drops.begin(), worker.start.drops.end());
    advance();
  }

  void advance() {
    schedule_.advance();
    if (!schedule_.has_newly_startable()) return;
    const std::int64_t now_ns = host_now_ns() - host_begin_ns_;
    schedule_.take_newly_startable([&](int module) { runnable_since_ns_[static_cast<std::size_t>(module)] = now_ns; });
  }

  void run_activation(Worker& worker, Lock& lock) {
    lock.unlock();
    Instance& instance = *instances_[static_cast<std::size_t>(worker.start.module)];
    instance.run(graph_, worker.start, options_.keeps_cdr, worker.scratch, worker.outcome);
    lock.lock();
    file(worker);
  }

  void file(Worker& worker) {
    const std::int64_t filed_ns = host_now_ns() - host_begin_ns_;
    --running_;
    if (worker.start.recorded && worker.start.recorded->is_checked) check(worker);
    record(worker, filed_ns);
    for (const Filed& output : worker.outcome.outputs) {
      output.message->host_filed_ns = filed_ns;
      note_message(output.channel, output.message);
    }
    schedule_.finish(worker.start.module, worker.outcome.outputs);
    advance();
    for (auto& input : worker.start.inputs) input.clear();
  }

  // Rule 35: the first activation that does not do what it did ends the run by name.
  void check(const Worker& worker) {
    const Recorded& recorded = *worker.start.recorded;
    if (recorded.is_failed || !error_.empty()) return;
    std::vector<std::uint64_t> digests;
    for (const Filed& output : worker.outcome.outputs) digests.push_back(output.message->digest);
    const std::string who = graph_.modules[static_cast<std::size_t>(worker.start.module)].name + ", activation " +
                            std::to_string(worker.start.terms.ordinal);
    if (worker.outcome.is_failed) {
      error_ = "diverged: " + who + " failed, which it did not on the drive: " + worker.outcome.failure;
    } else if (digests.size() != recorded.output_count) {
      error_ = "diverged: " + who + " made " + std::to_string(digests.size()) + " messages, on the drive " +
               std::to_string(recorded.output_count);
    } else if (fold_digests(digests) != recorded.fold && !digests.empty()) {
      const Filed& first = worker.outcome.outputs.front();
      error_ = "diverged: " + who + " made other content than on the drive, from message " +
               std::to_string(first.message->sequence) + " of " +
               graph_.channels[static_cast<std::size_t>(first.channel)].topic + " on";
    }
  }

  void record(const Worker& worker, std::int64_t filed_ns) {
    ++activation_count_;
    if (worker.outcome.is_failed) report_failure(worker);
    if (!sinks_.on_activation) return;
    ActivationRecord& record = outbox_.activations.emplace_back(record_of(worker.start, worker.outcome));
    record.worker = static_cast<std::uint16_t>(worker.index);
    record.host_input_ns = host_input_ns(worker.start).value_or(worker.host_runnable_ns);
    record.host_runnable_ns = worker.host_runnable_ns;
    record.host_start_ns = worker.outcome.host_start_ns - host_begin_ns_;
    record.host_end_ns = worker.outcome.host_end_ns - host_begin_ns_;
    record.host_filed_ns = filed_ns;
  }

  void report_failure(const Worker& worker) {
    const Start& start = worker.start;
    const GraphModule& module = graph_.modules[static_cast<std::size_t>(start.module)];
    ++failure_count_;
    const std::string what =
        module.name + ", activation " + std::to_string(start.terms.ordinal) + ": " + worker.outcome.failure;
    add_event(start.tag, "module_failed", start.module, -1, start.terms.ordinal, what);
    if (module.ends_run_on_failure && error_.empty()) error_ = "the run ended: " + what;
  }

  void note_message(int channel, const MessagePtr& message) {
    add_to_chain(chains_[static_cast<std::size_t>(channel)], *message);
    if (!sinks_.on_message) return;
    outbox_.messages[static_cast<std::size_t>(channel)].push_back(message);
    ++outbox_.message_count;
  }

  void pull(Lock& lock) {
    lock.unlock();
    auto next = source_();
    std::shared_ptr<Message> message;
    std::string failure;
    const bool has_message = next.ok() && next->has_value() && (*next)->published <= options_.end;
    if (has_message) message = decode_source(graph_, **next, options_.keeps_cdr, failure);
    lock.lock();
    is_pulling_ = false;
    if (!next.ok()) {
      error_ = next.error().message;
    } else if (!has_message) {
      source_ended_ = true;
      schedule_.set_source_bound(kNever);
      advance();
    } else if (message == nullptr) {
      add_event((*next)->published, "undecodable", -1, (*next)->channel, 0, failure);
    } else {
      admit((*next)->channel, std::move(message));
    }
  }

  // Rule 4: what would run backwards is clamped, and said.
  void admit(int channel, std::shared_ptr<Message> message) {
    std::int64_t published_ns = std::max(message->published.ns, options_.start.ns);
    if (published_ns < last_source_ns_) {
      add_event({last_source_ns_}, "clock_clamped", -1, channel, 0,
                graph_.channels[static_cast<std::size_t>(channel)].topic + ": published " +
                    std::to_string(last_source_ns_ - published_ns) + " ns before the message ahead of it");
      published_ns = last_source_ns_;
    }
    last_source_ns_ = published_ns;
    message->published = {published_ns};
    message->sequence = schedule_.next_sequence(channel);
    message->origin = channel == graph_.frame_channel ? message->sequence + 1 : 0;
    message->host_filed_ns = host_now_ns() - host_begin_ns_;
    note_message(channel, message);
    schedule_.admit(channel, std::move(message));
    advance();
  }

  std::vector<Emitted> take_emittable(std::int64_t floor_ns) {
    std::vector<Emitted> batch;
    for (std::size_t c = 0; c < outbox_.messages.size(); ++c) {
      auto& queue = outbox_.messages[c];
      for (; !queue.empty() && queue.front()->published.ns < floor_ns; queue.pop_front()) {
        batch.push_back({static_cast<int>(c), std::move(queue.front())});
      }
    }
    std::stable_sort(batch.begin(), batch.end(),
                     [](const Emitted& a, const Emitted& b) { return a.message->published < b.message->published; });
    outbox_.message_count -= batch.size();
    return batch;
  }

  void emit(Lock& lock) {
    const bool is_last = running_ == 0 && (is_stopping() || (source_ended_ && schedule_.is_idle()));
    emitted_floor_ns_ = is_last ? kNever : schedule_.floor_ns();
    const std::vector<Emitted> messages = take_emittable(emitted_floor_ns_);
    const auto activations = std::exchange(outbox_.activations, {});
    const auto drops = std::exchange(outbox_.drops, {});
    const auto events = std::exchange(outbox_.events, {});
    lock.unlock();
    if (sinks_.on_message) {
      for (const Emitted& emitted : messages) sinks_.on_message(emitted.channel, *emitted.message);
    }
    hand_out(sinks_.on_activation, activations);
    hand_out(sinks_.on_drop, drops);
    hand_out(sinks_.on_event, events);
    lock.lock();
    is_emitting_ = false;
  }

  template <class T>
  static void hand_out(const std::function<void(const T&)>& sink, const std::vector<T>& things) {
    if (!sink) return;
    for (const T& thing : things) sink(thing);
  }

  void add_event(base::Time time, const char* kind, int module, int channel, std::uint64_t ordinal, std::string text) {
    outbox_.events.push_back({time, kind, module, channel, ordinal, std::move(text)});
  }

  RunSummary summary() {
    for (const int module : schedule_.pending_at_end()) {
      const std::string& name = graph_.modules[static_cast<std::size_t>(module)].name;
      const EventRecord event{options_.end, "pending_at_end", module, -1, 0, name + " had a start pending at the end"};
      if (sinks_.on_event) sinks_.on_event(event);
    }
    RunSummary summary = summarise(graph_, chains_);
    summary.activation_count = activation_count_;
    summary.drop_count = drop_count_;
    summary.failure_count = failure_count_;
    summary.skipped_tick_count = schedule_.skipped_tick_count();
    summary.wall = {host_now_ns() - host_begin_ns_};
    return summary;
  }

  const Graph& graph_;
  const Source& source_;
  const ReplayOptions& options_;
  const RunSinks& sinks_;

  std::mutex mutex_;  // guards all below
  std::condition_variable wake_;
  Schedule schedule_;
  std::vector<std::unique_ptr<Instance>> instances_;
  std::vector<ChannelDigest> chains_;
  std::vector<std::int64_t> runnable_since_ns_;
  Outbox outbox_;
  std::string error_;
  std::int64_t last_source_ns_;
  std::int64_t emitted_floor_ns_ = std::numeric_limits<std::int64_t>::min();
  std::int64_t host_begin_ns_;
  int running_ = 0;
  bool is_pulling_ = false, is_emitting_ = false, source_ended_ = false;
  std::uint64_t activation_count_ = 0, drop_count_ = 0, failure_count_ = 0;
};

}  // namespace hangil::runtime
