// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "runtime/frame_control.hpp"
#include "runtime/instance.hpp"
#include "runtime/live.hpp"
#include "runtime/outbox.hpp"
#include "runtime/run_counts.hpp"
#include "runtime/run_times.hpp"
#include "runtime/work_control.hpp"
#include "runtime/worker_signal.hpp"

namespace hangil::runtime {

// allowed: the live executive is where a drive gets its clock from (time model, rule 29)
using Clock = std::chrono::steady_clock;

inline constexpr std::size_t kStampsKept = 256;  // frames whose stamps are remembered for their deadline

// What a worker runs; the watchdog may take it away from a worker that hangs.
struct Activity {
  std::size_t worker = 0;
  std::int64_t started_ns = 0;
  int thread_id = 0;
  std::int64_t waited_before_ns = 0;  // for a core, by this thread, until its overrun was said
  bool is_abandoned = false, is_overrun_said = false;
  Start start;
};

// The live executive: one state machine under one lock. live.cpp: workers and books; live_channels.cpp: what is
// published and who is woken; live_watch.cpp: ticks and the watchdog.
class Live : public std::enable_shared_from_this<Live> {
 public:
  Live(const Graph& graph, Source source, const LiveOptions& options, LiveSinks sinks)
      : graph_(graph),
        source_(std::move(source)),
        options_(options),
        sinks_(std::move(sinks)),
        signal_(options.worker_count),
        run_times_(graph_.modules.size()),
        logs_(graph_.channels.size()),
        chains_(graph_.channels.size()),
        readers_(graph_.channels.size()),
        log_(graph_, options.start),
        begin_(options.host_start_ns > 0 ? Clock::time_point(std::chrono::nanoseconds(options.host_start_ns))
                                         : Clock::now()),
        last_ns_(options.start.ns) {
    std::vector<std::shared_ptr<Instance>> instances =
        options.instances.empty() ? make_instances(graph_) : options.instances;
    if (options.host_start_ns == 0) begin_ = Clock::now();
    for (std::size_t c = 0; c < chains_.size(); ++c) chains_[c].topic = graph_.channels[c].topic;
    for (std::size_t m = 0; m < graph_.modules.size(); ++m) add_module(m, instances[m]);
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
    std::shared_ptr<Instance> instance;  // null: left out, or its replacement is still being made
    std::shared_ptr<Activity> activity;  // null: not running
    WorkControl control;
    std::int64_t free_at_ns, ready_ns = 0, next_tick_ns = kNever;
    bool is_pending = false;
    std::uint64_t ordinal = 0;
  };

  void add_module(std::size_t m, std::shared_ptr<Instance> instance) {
    const GraphModule& module = graph_.modules[m];
    State& state = states_.emplace_back(module, options_.start.ns);
    if (module.is_left_out) return;
    state.instance = std::move(instance);
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

  // `module`: whose instance the thread makes first, since that takes long and must not hold the lock; -1: none.
  void spawn_worker(int module = -1) {
    workers_.emplace_back(std::thread(), false);
    const std::size_t index = workers_.size() - 1;
    workers_.back().first = std::thread([self = shared_from_this(), index, module] {
      if (module >= 0) self->replace_instance(module);
      self->work(index);
    });
  }
  void replace_instance(int module);

  void work(std::size_t index);
  int choose() const;
  void begin(int module, Activity& activity);
  bool call_worker(Lock& lock);  // true: the lock was open meanwhile
  void finish(int module, const std::shared_ptr<Activity>& activity, Outcome& outcome, std::size_t worker);
  void record(const Start& start, const Outcome& outcome, std::int64_t end_ns, std::size_t worker);
  void fail(int module, const Start& start, const std::string& why, const char* kind);
  void say_level(int module, std::uint64_t ordinal, int change, const char* why);
  void do_less(std::uint64_t frame);

  void publish(std::vector<Filed>& messages, std::int64_t time_ns);
  void judge_readers(int channel, std::int64_t time_ns);
  bool check_deadline(int channel, const Message& message, std::int64_t time_ns);
  void tell_health(const std::string& kind, int module, std::uint64_t ordinal);
  void forget(const State& state);

  void feed();
  bool feed_one(Lock& lock);
  void watch();
  void tick(std::int64_t until_ns);
  std::int64_t watch_running(std::int64_t now_ns);
  void say_overrun(int module, Activity& activity, std::int64_t now_ns);
  void abandon(int module, std::int64_t now_ns);
  bool is_quiet() const;

  void keep_books();
  void say(const std::vector<Trouble>& troubles);
  void hand_out(const Emission& emission, std::vector<std::uint8_t> log);
  void add_event(std::int64_t time_ns, const char* kind, int module, std::uint64_t ordinal, std::string text) {
    outbox_.events.push_back({{time_ns}, kind, module, -1, ordinal, std::move(text)});
  }
  LiveSummary summary();

  const Graph graph_;  // a copy: a thread that was given up may outlive the run
  Source source_;
  const LiveOptions options_;
  LiveSinks sinks_;

  std::mutex mutex_;  // guards all below
  WorkerSignal signal_;
  RunTimes run_times_;
  std::condition_variable timer_, feeder_, books_;
  std::vector<State> states_;
  std::vector<ChannelLog> logs_;
  std::vector<ChannelDigest> chains_;
  std::vector<std::vector<std::pair<std::size_t, std::size_t>>> readers_;  // per channel: module, input
  LogWriter log_;
  Clock::time_point begin_;
  std::int64_t last_ns_, watched_until_ns_ = 0;
  Emission outbox_;
  std::vector<std::pair<std::thread, bool>> workers_;  // thread, given up
  std::uint64_t ended_frame_ = 0;                      // newest frame that has reached the output
  std::vector<base::Time> frame_stamps_ = std::vector<base::Time>(kStampsKept);
  std::string error_;
  int health_channel_ = -1, running_ = 0, replacements_ = 0;
  bool is_source_done_ = false, is_stopping_ = false, are_books_closed_ = false;
  std::int64_t source_done_ns_ = 0;
  RunCounts counts_;
  FrameControl frames_;
  bool wants_less_ = false;  // too many frames were late: said when the messages that told it are all published
  base::Bytes health_scratch_;
};

}  // namespace hangil::runtime
