// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runtime/as_driven.hpp"
#include "runtime/start.hpp"

namespace hangil::runtime {

// Virtual time: decides which module starts when and with which messages, by rules 6 to 28 of the time model, without
// waiting for the instants in between (rule 42). It holds for every channel a bound below which nothing more can be
// published, and lets a module start as soon as the bounds of its inputs lie behind its tag. Single-threaded: whoever
// uses it from several threads locks around it. Nothing it decides depends on the order of the calls.
class Schedule {
 public:
  Schedule(const Graph& graph, std::vector<std::int64_t> latencies_ns, base::Time start, base::Time end,
           std::uint64_t seed, const RecordedPlan* recorded = nullptr);

  // A source message; `published` must not decrease over all calls. It also tells that nothing earlier will come.
  void admit(int channel, MessagePtr message);
  // Nothing published before this will come from any source any more; kNever: nothing at all.
  void set_source_bound(std::int64_t time_ns);

  // Judges triggers as far as is known. To be called after admit, set_source_bound, start and finish.
  void advance();

  // The module that can start now with the smallest tag, or -1; `count` becomes how many can.
  int next_startable(int& count) const;
  bool has_newly_startable() const { return !newly_startable_.empty(); }
  // Calls visit(module) for each that has become startable since the last call.
  template <class Visit>
  void take_newly_startable(Visit visit) {
    for (const int module : newly_startable_) visit(module);
    newly_startable_.clear();
  }
  void start(int module, Start& start);
  void finish(int module, const std::vector<Filed>& outputs);

  // Every message published before this is filed.
  std::int64_t floor_ns() const;
  // The least tag that may still come, over all modules: how far the slowest is.
  std::int64_t progress_ns() const;
  bool is_idle() const;  // nothing runs and nothing can start any more
  std::uint64_t next_sequence(int channel) const { return logs_[static_cast<std::size_t>(channel)].end(); }

  const std::string& error() const { return no_error_; }
  void settle() {}
  std::uint64_t skipped_tick_count() const;
  // Modules whose trigger came too late to start before the end.
  std::vector<int> pending_at_end() const;

 private:
  struct State {
    std::vector<InputCursor> inputs;
    std::vector<int> trigger_inputs;
    std::int64_t latency_ns = 0;
    std::int64_t free_at_ns = 0;          // when the next start may be at the earliest
    std::int64_t tag_ns = 0, due_ns = 0;  // of the running activation
    std::int64_t ready_ns = 0;
    std::int64_t next_tick_ns = kNever;
    std::int64_t period_ns = 0;
    std::int64_t next_start_ns = 0;  // exact while pending, else a lower bound
    std::int64_t wait_ns = 0;        // of the next start, as recorded
    std::size_t tick_count = 0;
    std::uint64_t ordinal = 0, skipped_tick_count = 0;
    bool is_running = false, is_pending = false, is_startable = false;
  };

  void advance_in_order();
  void keep(int channel, MessagePtr message);
  void compute_bounds();
  bool lower_bounds_of(std::size_t module);
  std::int64_t trigger_bound(const State& state) const;
  std::int64_t channel_bound_for(const InputCursor& input, std::size_t slot) const;
  bool judge(std::size_t module);
  bool judge_instant(std::size_t module);
  bool is_final(const State& state, bool only_triggers, std::int64_t time_ns) const;
  void settle_pending(std::size_t module);
  void take_recorded_terms(std::size_t module);
  void next_tick(std::size_t module);
  void forget(const State& state);

  const Graph& graph_;
  std::int64_t end_ns_;
  std::uint64_t seed_;
  const RecordedPlan* recorded_;  // null: latencies and periods as declared
  std::string no_error_;
  std::vector<State> states_;
  std::vector<ChannelLog> logs_;
  std::vector<std::int64_t> bounds_;                       // per channel: no message before this is still to be filed
  std::vector<std::vector<std::pair<int, int>>> readers_;  // per channel: (module, input)
  std::vector<int> newly_startable_;
  std::int64_t source_bound_ns_;
  std::vector<int> source_channels_;
  bool is_feed_forward_ = true;  // no module reads what a later one, or itself, writes
};

}  // namespace hangil::runtime
