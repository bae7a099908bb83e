// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>

#include "runtime/drive_log.hpp"
#include "runtime/start.hpp"

namespace hangil::runtime {

// The log decides everything (rule 35): triggers, ticks, levels and periods of the pipeline are ignored. The activation
// of an S may run when its module's previous E is filed and all messages it consumed exist. Reads the log a window of
// events ahead of the earliest start still to come (rule 39). Same interface as Schedule.
class DrivenSchedule {
 public:
  DrivenSchedule(const Graph& graph, LogEvents events, base::Time start, std::uint64_t seed,
                 std::uint64_t window = kLogWindow);

  void admit(int channel, MessagePtr message);
  void set_source_bound(std::int64_t time_ns);
  void advance();
  int next_startable(int& count) const;
  bool has_newly_startable() const { return !newly_startable_.empty(); }
  template <class Visit>
  void take_newly_startable(Visit visit) {
    for (const int module : newly_startable_) visit(module);
    newly_startable_.clear();
  }
  void start(int module, Start& start);
  void finish(int module, const std::vector<Filed>& outputs);
  std::int64_t floor_ns() const;
  std::int64_t progress_ns() const;
  bool is_idle() const;
  std::uint64_t next_sequence(int channel) const { return logs_[static_cast<std::size_t>(channel)].end(); }

  // What does not fit between recording and log; empty: nothing so far.
  const std::string& error() const { return error_; }
  // To be called when everything that could run has run: names what could not.
  void settle();
  std::uint64_t skipped_tick_count() const { return skipped_tick_count_; }
  std::vector<int> pending_at_end() const { return {}; }
  // The module whose activation has no end in the log: what ran when the drive was cut off; -1: none. Known at the end.
  int unfinished_module() const { return unfinished_module_; }

 private:
  struct Planned {
    LogEvent start;
    std::optional<LogEvent> end;  // not there while it has not been read
    std::uint64_t position = 0;   // of the start, in events
  };
  struct State {
    std::deque<Planned> plan;  // not yet started
    std::uint64_t ordinal = 0;
    std::int64_t end_ns = 0;  // of the running activation
    bool is_running = false, is_startable = false;
    std::vector<std::uint64_t> consumed_end;  // per input, of its first channel
  };

  // Published times that the log and the sources have told of one channel, and the other has not yet.
  struct SourceTimes {
    std::deque<std::int64_t> only_logged_ns, only_admitted_ns;
    std::uint64_t checked_count = 0;
  };

  void read_ahead();
  bool wants_more() const;
  void plan(LogEvent event);
  void end_log();
  void compare(int channel);
  // The start that comes first in the log of those still to come; null: none is known yet.
  const Planned* earliest() const;
  bool is_ready(std::size_t module) const;
  std::string missing_text(std::size_t module) const;
  void take_input(std::size_t module, std::size_t input, const LogEvent::Taken& taken, Start& start);
  void add_drop(std::size_t module, std::size_t input, std::uint64_t end, Start& start);
  void note_wanted(std::size_t module, std::vector<std::uint64_t>& wanted) const;
  void forget();

  const Graph& graph_;
  std::uint64_t seed_;
  std::vector<State> states_;
  std::vector<ChannelLog> logs_;
  LogEvents events_;
  std::uint64_t window_, read_count_ = 0;
  std::int64_t read_ns_;  // time of the last event read
  bool has_ended_ = false;
  std::vector<SourceTimes> source_times_;                 // per channel
  std::size_t unmatched_count_ = 0;                       // in all only_logged_ns
  std::vector<std::uint64_t> depths_, published_before_;  // per channel
  std::vector<int> newly_startable_;
  std::int64_t source_bound_ns_;
  std::uint64_t skipped_tick_count_ = 0;
  int unfinished_module_ = -1;
  std::string error_;
};

}  // namespace hangil::runtime
