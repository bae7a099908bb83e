// SPDX-License-Identifier: Apache-2.0
#include "runtime/latency.hpp"

#include <algorithm>
#include <limits>

namespace hangil::runtime {

namespace {

constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

bool has_consumed(const ActivationRecord& record, const Produced& produced) {
  return std::any_of(record.consumed.begin(), record.consumed.end(), [&](const Consumed& consumed) {
    return consumed.channel == produced.channel && produced.sequence - consumed.first < consumed.count;
  });
}

// The activation before `index`, of the same frame, whose output this one waited for last.
std::size_t predecessor(std::span<const ActivationRecord> records, std::size_t index) {
  std::size_t last = kNone;
  for (std::size_t r = index; r-- > 0;) {
    const bool is_later = last == kNone || records[r].host_filed_ns > records[last].host_filed_ns;
    if (is_later && std::any_of(records[r].produced.begin(), records[r].produced.end(),
                                [&](const Produced& produced) { return has_consumed(records[index], produced); }))
      last = r;
  }
  return last;
}

PathPart part_of(const ActivationRecord& record) {
  return {.module = record.module,
          .ordinal = record.ordinal,
          .wait_ns = record.host_runnable_ns - record.host_input_ns,
          .queue_ns = record.host_start_ns - record.host_runnable_ns,
          .run_ns = record.host_end_ns - record.host_start_ns,
          .publish_ns = record.host_filed_ns - record.host_end_ns};
}

}  // namespace

FramePaths::FramePaths(const RunInfo& info)
    : frame_channel_(info.frame_channel), output_channel_(info.output_channel), deadline_(info.deadline) {}

std::optional<FramePath> FramePaths::add(const ActivationRecord& record) {
  if (output_channel_ < 0 || frame_channel_ < 0 || record.origin <= last_frame_) return std::nullopt;
  Records& records = on_their_way_[record.origin];
  records.push_back(record);
  ++record_count_;
  std::optional<FramePath> path;
  if (std::any_of(record.produced.begin(), record.produced.end(),
                  [this](const Produced& produced) { return produced.channel == output_channel_; })) {
    path = path_to_last(records);
    forget_until(record.origin);
  }
  while (on_their_way_.size() > kMostFrames || record_count_ > kMostRecords) forget_until(on_their_way_.begin()->first);
  return path;
}

FramePath FramePaths::path_to_last(const Records& records) const {
  const ActivationRecord& last = records.back();
  FramePath path{.frame = last.origin, .answered = last.tag + last.latency};
  for (std::size_t r = records.size() - 1; r != kNone; r = predecessor(records, r))
    path.parts.push_back(part_of(records[r]));
  std::reverse(path.parts.begin(), path.parts.end());
  for (const PathPart& part : path.parts) path.end_to_end_ns += part.total_ns();
  path.is_late = deadline_.ns > 0 && path.end_to_end_ns > deadline_.ns;
  return path;
}

void FramePaths::forget_until(std::uint64_t frame) {
  last_frame_ = frame;
  while (!on_their_way_.empty() && on_their_way_.begin()->first <= frame) {
    record_count_ -= on_their_way_.begin()->second.size();
    on_their_way_.erase(on_their_way_.begin());
  }
}

std::vector<FramePath> critical_paths(const RunInfo& info, std::span<const ActivationRecord> records,
                                      std::span<const base::Time> frame_stamps) {
  std::vector<FramePath> paths;
  FramePaths found(info);
  for (const ActivationRecord& record : records) {
    auto path = found.add(record);
    if (!path) continue;
    if (path->frame <= frame_stamps.size()) path->virtual_latency = path->answered - frame_stamps[path->frame - 1];
    paths.push_back(*std::move(path));
  }
  return paths;
}

}  // namespace hangil::runtime
