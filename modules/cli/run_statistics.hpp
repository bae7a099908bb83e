// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "runtime/latency.hpp"
#include "runtime/time_histogram.hpp"

namespace hangil::cli {

// The answered frames of a part of a run.
struct FrameTimes {
  runtime::TimeHistogram end_to_end, virtual_latency;
  std::uint64_t late_count = 0;

  void add(const runtime::FramePath& path);
  void add(const FrameTimes& other);
};

struct ModuleTimes {
  runtime::TimeHistogram run;    // of step() alone
  std::int64_t critical_ns = 0;  // on the critical path, over all frames
};

// Folds what a run says about itself while it runs, in memory that does not grow with the run, into what `hangil
// replay` and `hangil run` print. Quantiles are within 0.4 % (runtime::TimeHistogram).
class RunStatistics {
 public:
  static constexpr std::size_t kQuarters = 4;
  static constexpr int kShownEvents = 5;  // of each kind, in full; a recording has them all

  RunStatistics(runtime::RunInfo info, base::Time end);

  void add_frame(base::Time stamp);  // of the next frame
  void add(const runtime::ActivationRecord& record);
  void add(const runtime::EventRecord& event);
  // When the run is over, before anything is asked.
  void finish(const runtime::RunSummary& summary);

  const runtime::RunInfo& info() const { return info_; }
  const runtime::RunSummary& summary() const { return summary_; }
  const std::vector<ModuleTimes>& modules() const { return modules_; }  // by index
  // By when they were answered, in quarters of the time from the run's start to `end`.
  const std::vector<FrameTimes>& quarters() const { return quarters_; }
  FrameTimes all_frames() const;
  // The first kShownEvents of each kind, and how many there were.
  const std::vector<runtime::EventRecord>& shown_events() const { return shown_events_; }
  const std::map<std::string, std::uint64_t>& event_counts() const { return event_counts_; }

  std::string recording_trouble;       // empty: all of the run was recorded, or nothing was to be
  std::uint64_t unrecorded_count = 0;  // messages that should be in the recording and are not

 private:
  static constexpr std::size_t kMostStamps = 65'536;

  void add_answered();
  void add(runtime::FramePath path);
  std::size_t quarter_of(base::Time time) const;

  runtime::RunInfo info_;
  base::Time end_;
  runtime::RunSummary summary_;
  runtime::FramePaths paths_;
  std::vector<ModuleTimes> modules_;
  std::vector<FrameTimes> quarters_ = std::vector<FrameTimes>(kQuarters);
  // A path may be there before its frame's stamp, or the stamp of a frame that has still to end.
  std::deque<runtime::FramePath> unstamped_;
  std::deque<base::Time> stamps_;
  std::uint64_t first_stamp_ = 1;  // the frame that stamps_ begins with
  std::vector<runtime::EventRecord> shown_events_;
  std::map<std::string, std::uint64_t> event_counts_;
};

}  // namespace hangil::cli
