// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <mutex>
#include <thread>

#include "runtime/divergence.hpp"
#include "runtime/instance.hpp"
#include "runtime/large_pages.hpp"
#include "runtime/outbox.hpp"
#include "runtime/overload.hpp"
#include "runtime/run_counts.hpp"
#include "runtime/run_times.hpp"
#include "runtime/worker_signal.hpp"

namespace hangil::runtime {

// Runs what a schedule decides on any number of equal workers (rule 40): under one lock decide what can start, take
// one, run it unlocked, file the result. A worker calls another only when it is busy for longer than that takes.
// `Schedule` is runtime::Schedule (replay) or runtime::DrivenSchedule.
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
        run_times_(graph.modules.size()),
        signal_(options.worker_count),
        outbox_(graph.channels.size()),
        last_source_ns_(options.start.ns),
        promised_ns_(options.start.ns),
        host_begin_ns_(host_now_ns()) {
    for (const GraphModule& module : graph.modules) {
      instances_.push_back(module.is_left_out ? nullptr : std::make_unique<Instance>(module));
    }
    for (std::size_t c = 0; c < chains_.size(); ++c) chains_[c].topic = graph.channels[c].topic;
  }

  base::Result<RunSummary> run() {
    advance();
    std::vector<std::thread> threads;
    for (int i = 1; i < options_.worker_count; ++i) {
      threads.emplace_back([this, i] {
        if (options_.uses_large_pages) put_heap_on_large_pages();
        work(i);
      });
    }
    work(0);
    for (std::thread& thread : threads) thread.join();
    if (error_.empty() && !is_stopping()) schedule_.settle();
    if (error_.empty()) error_ = schedule_.error();
    if (!error_.empty()) return base::Error{error_};
    return summary();
  }

  const Schedule& schedule() const { return schedule_; }  // once the run is over

 private:
  enum class Job { kNone, kActivation, kPull, kEmit };
  using Lock = std::unique_lock<std::mutex>;
  static constexpr std::size_t kEmitBatch = 64, kMostUnemitted = 512;

  // One worker's own things, reused from activation to activation.
  struct Worker {
    int index = 0;
    Start start;
    Outcome outcome;
    base::Bytes scratch;
    std::int64_t host_runnable_ns = 0;
    bool must_wake = false;
  };

  void work(int index) {
    Worker worker{.index = index};
    Lock lock(mutex_);
    while (true) {
      const Job job = choose(worker);
      if (job == Job::kNone) {
        if (is_done()) break;
        signal_.wait(lock);
        continue;
      }
      if (job == Job::kActivation) run_activation(worker, lock);
      if (job == Job::kPull) pull(lock);
      if (job == Job::kEmit) emit(lock);
    }
    signal_.call_all();
  }

  // The oldest activation first, then what keeps the sources and the sinks moving.
  Job choose(Worker& worker) {
    if (is_stopping()) return may_emit(true) ? start_emit() : Job::kNone;
    if (may_emit(false)) return start_emit();
    if (is_full()) return Job::kNone;
    int count = 0;
    const int module = schedule_.next_startable(count);
    if (module >= 0) {
      begin(module, worker);
      worker.must_wake = !run_times_.is_short(module) && (count > 1 || may_pull()) && signal_.call_one();
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
    if (outbox_.record_count() >= kEmitBatch) return true;
    return outbox_.count() >= kEmitBatch && schedule_.floor_ns() > emitted_floor_ns_;
  }
  // A sink that lags holds the run up instead of filling the memory.
  bool is_full() const { return is_emitting_ && outbox_.count() >= kMostUnemitted; }
  Job start_emit() { return is_emitting_ = true, Job::kEmit; }
  bool is_done() const {
    if (running_ > 0 || is_pulling_ || is_emitting_) return false;
    return is_stopping() || (source_ended_ && schedule_.is_idle());
  }

  void begin(int module, Worker& worker) {
    schedule_.start(module, worker.start);
    worker.host_runnable_ns = runnable_since_ns_[static_cast<std::size_t>(module)];
    ++running_;
    counts_.add_drops(graph_, worker.start.drops);
    judge_overload(graph_, worker.start, outbox_.events);
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
    if (std::exchange(worker.must_wake, false)) signal_.wake_one();
    Instance& instance = *instances_[static_cast<std::size_t>(worker.start.module)];
    instance.run(graph_, worker.start, options_.keeps_cdr, worker.scratch, worker.outcome);
    lock.lock();
    file(worker);
  }

  void file(Worker& worker) {
    const std::int64_t filed_ns = host_now_ns() - host_begin_ns_;
    run_times_.note(worker.start.module, filed_ns + host_begin_ns_ - worker.outcome.host_start_ns);
    --running_;
    if (error_.empty()) error_ = divergence(graph_, worker.start, worker.outcome);
    record(worker, filed_ns);
    for (const Filed& output : worker.outcome.outputs) {
      output.message->host_filed_ns = filed_ns;
      note_message(output);
    }
    schedule_.finish(worker.start.module, worker.outcome.outputs);
    advance();
    for (auto& input : worker.start.inputs) input.clear();
  }

  void record(const Worker& worker, std::int64_t filed_ns) {
    ++counts_.activations;
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
    ++counts_.failures;
    const std::string what =
        module.name + ", activation " + std::to_string(start.terms.ordinal) + ": " + worker.outcome.failure;
    add_event(start.tag, "module_failed", start.module, -1, start.terms.ordinal, what);
    if (module.ends_run_on_failure && error_.empty()) error_ = "the run ended: " + what;
  }

  void note_message(const Filed& filed) {
    add_to_chain(chains_[static_cast<std::size_t>(filed.channel)], *filed.message);
    if (sinks_.on_message) outbox_.add(filed);
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
      admit((*next)->channel, std::move(message), (*next)->following);
    }
  }

  // Rule 4: what would run backwards is clamped, and said.
  void admit(int channel, std::shared_ptr<Message> message, base::Time following) {
    std::int64_t published_ns = std::max(message->published.ns, options_.start.ns);
    if (published_ns < promised_ns_) {
      add_event({promised_ns_}, "clock_clamped", -1, channel, 0,
                graph_.channels[static_cast<std::size_t>(channel)].topic + ": published " +
                    std::to_string(promised_ns_ - published_ns) + " ns before the message ahead of it");
      published_ns = promised_ns_;
    }
    last_source_ns_ = published_ns;
    promised_ns_ = std::max(published_ns, following.ns);
    message->published = {published_ns};
    message->sequence = schedule_.next_sequence(channel);
    message->origin = channel == graph_.frame_channel ? message->sequence + 1 : 0;
    message->host_filed_ns = host_now_ns() - host_begin_ns_;
    note_message({channel, message});
    schedule_.admit(channel, std::move(message));
    schedule_.set_source_bound(promised_ns_);
    advance();
  }

  void emit(Lock& lock) {
    const bool is_last = running_ == 0 && (is_stopping() || (source_ended_ && schedule_.is_idle()));
    emitted_floor_ns_ = is_last ? kNever : schedule_.floor_ns();
    const Emission emission = outbox_.take(emitted_floor_ns_);
    lock.unlock();
    hand_out_messages(emission, sinks_);
    hand_out_records(emission, sinks_);
    lock.lock();
    if (is_full()) signal_.call_all();
    is_emitting_ = false;
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
    counts_.skipped_ticks = schedule_.skipped_tick_count();
    counts_.write_to(summary);
    summary.wall = {host_now_ns() - host_begin_ns_};
    return summary;
  }

  const Graph& graph_;
  const Source& source_;
  const ReplayOptions& options_;
  const RunSinks& sinks_;

  std::mutex mutex_;  // guards all below
  Schedule schedule_;
  std::vector<std::unique_ptr<Instance>> instances_;
  std::vector<ChannelDigest> chains_;
  std::vector<std::int64_t> runnable_since_ns_;
  RunTimes run_times_;
  WorkerSignal signal_;
  Outbox outbox_;
  std::string error_;
  std::int64_t last_source_ns_, promised_ns_;  // of the sources: reached, and left behind
  std::int64_t emitted_floor_ns_ = std::numeric_limits<std::int64_t>::min();
  std::int64_t host_begin_ns_;
  int running_ = 0;
  bool is_pulling_ = false, is_emitting_ = false, source_ended_ = false;
  RunCounts counts_;
};

}  // namespace hangil::runtime
