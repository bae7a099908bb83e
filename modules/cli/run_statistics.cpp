// SPDX-License-Identifier: Apache-2.0
#include "cli/run_statistics.hpp"

#include <algorithm>

namespace hangil::cli {

void FrameTimes::add(const runtime::FramePath& path) {
  end_to_end.add(path.end_to_end_ns);
  virtual_latency.add(path.virtual_latency.ns);
  late_count += path.is_late ? 1 : 0;
}

void FrameTimes::add(const FrameTimes& other) {
  end_to_end.add(other.end_to_end);
  virtual_latency.add(other.virtual_latency);
  late_count += other.late_count;
}

RunStatistics::RunStatistics(runtime::RunInfo info, base::Time end)
    : info_(std::move(info)), end_(end), paths_(info_), modules_(info_.modules.size()) {}

void RunStatistics::add_frame(base::Time stamp) {
  stamps_.push_back(stamp);
  if (stamps_.size() > kMostStamps) stamps_.pop_front(), ++first_stamp_;
  add_answered();
}

void RunStatistics::add(const runtime::ActivationRecord& record) {
  modules_[record.module].run.add(record.host_end_ns - record.host_start_ns);
  if (auto path = paths_.add(record)) {
    unstamped_.push_back(*std::move(path));
    add_answered();
  }
}

void RunStatistics::add_answered() {
  while (!unstamped_.empty() && unstamped_.front().frame < first_stamp_ + stamps_.size()) {
    runtime::FramePath path = std::move(unstamped_.front());
    unstamped_.pop_front();
    for (; first_stamp_ < path.frame; ++first_stamp_) stamps_.pop_front();  // overtaken: it will have no path
    if (first_stamp_ == path.frame) path.virtual_latency = path.answered - stamps_.front();
    add(std::move(path));
  }
}

void RunStatistics::add(runtime::FramePath path) {
  for (const runtime::PathPart& part : path.parts)
    modules_[static_cast<std::size_t>(part.module)].critical_ns += part.total_ns();
  quarters_[quarter_of(path.answered)].add(path);
}

std::size_t RunStatistics::quarter_of(base::Time time) const {
  const std::int64_t whole_ns = (end_ - info_.start).ns, gone_ns = (time - info_.start).ns;
  if (whole_ns <= 0 || gone_ns <= 0) return 0;
  const double share = static_cast<double>(gone_ns) / static_cast<double>(whole_ns);
  return std::min(static_cast<std::size_t>(share * kQuarters), kQuarters - 1);
}

void RunStatistics::add(const runtime::EventRecord& event) {
  if (++event_counts_[event.kind] <= kShownEvents) shown_events_.push_back(event);
}

void RunStatistics::finish(const runtime::RunSummary& summary) {
  summary_ = summary;
  for (; !unstamped_.empty(); unstamped_.pop_front()) add(std::move(unstamped_.front()));
}

FrameTimes RunStatistics::all_frames() const {
  FrameTimes all;
  for (const FrameTimes& quarter : quarters_) all.add(quarter);
  return all;
}

}  // namespace hangil::cli
