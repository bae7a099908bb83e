// SPDX-License-Identifier: Apache-2.0
#include "runtime/latency.hpp"

#include <algorithm>
#include <limits>

namespace hangil::runtime {

namespace {

constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

// Which record produced a message, by channel and sequence.
class Producers {
 public:
  Producers(std::size_t channel_count, std::span<const ActivationRecord> records) : by_channel_(channel_count) {
    for (std::size_t r = 0; r < records.size(); ++r) {
      for (const Produced& produced : records[r].produced) {
        auto& sequences = by_channel_[produced.channel];
        if (produced.sequence >= sequences.size()) sequences.resize(produced.sequence + 1, kNone);
        sequences[produced.sequence] = r;
      }
    }
  }

  std::size_t of(std::uint16_t channel, std::uint64_t sequence) const {
    const auto& sequences = by_channel_[channel];
    return sequence < sequences.size() ? sequences[sequence] : kNone;
  }
  const std::vector<std::size_t>& of(int channel) const { return by_channel_[static_cast<std::size_t>(channel)]; }

 private:
  std::vector<std::vector<std::size_t>> by_channel_;
};

// The activation, of the same frame, whose output this one waited for last.
std::size_t predecessor(const ActivationRecord& record, std::span<const ActivationRecord> records,
                        const Producers& producers) {
  std::size_t last = kNone;
  for (const Consumed& consumed : record.consumed) {
    for (std::uint64_t s = consumed.first; s < consumed.first + consumed.count; ++s) {
      const std::size_t r = producers.of(consumed.channel, s);
      if (r == kNone || records[r].origin != record.origin) continue;
      if (last == kNone || records[r].host_filed_ns > records[last].host_filed_ns) last = r;
    }
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

std::vector<FramePath> critical_paths(const RunInfo& info, std::span<const ActivationRecord> records,
                                      std::span<const base::Time> frame_stamps) {
  std::vector<FramePath> paths;
  if (info.output_channel < 0 || info.frame_channel < 0) return paths;
  const Producers producers(info.channels.size(), records);
  std::uint64_t last_frame = 0;
  for (const std::size_t end : producers.of(info.output_channel)) {
    if (end == kNone || records[end].origin <= last_frame) continue;
    FramePath& path = paths.emplace_back();
    path.frame = last_frame = records[end].origin;
    for (std::size_t r = end; r != kNone; r = predecessor(records[r], records, producers)) {
      path.parts.push_back(part_of(records[r]));
    }
    std::reverse(path.parts.begin(), path.parts.end());
    for (const PathPart& part : path.parts) path.end_to_end_ns += part.total_ns();
    path.is_late = info.deadline.ns > 0 && path.end_to_end_ns > info.deadline.ns;
    if (path.frame <= frame_stamps.size()) {
      path.virtual_latency = records[end].tag + records[end].latency - frame_stamps[path.frame - 1];
    }
  }
  return paths;
}

}  // namespace hangil::runtime
