// SPDX-License-Identifier: Apache-2.0
#include "runtime/input_cursor.hpp"

#include <algorithm>
#include <cstdlib>

namespace hangil::runtime {

namespace {

const ChannelLog& log_of(const std::vector<ChannelLog>& logs, int channel) {
  return logs[static_cast<std::size_t>(channel)];
}

}  // namespace

InputCursor::InputCursor(const GraphInput& input, int index, std::vector<int> delays_ns)
    : policy_(input.declaration.policy),
      is_trigger_(input.is_trigger),
      index_(static_cast<std::uint16_t>(index)),
      depth_(static_cast<std::uint64_t>(std::max(1, input.declaration.depth))),
      tolerance_ns_(input.declaration.tolerance.ns),
      channels_(input.channels),
      delays_ns_(std::move(delays_ns)),
      seen_end_(channels_.size(), 0) {}

std::int64_t InputCursor::next_visible_ns(const std::vector<ChannelLog>& logs, std::size_t slot) const {
  const ChannelLog& log = log_of(logs, channels_[slot]);
  if (seen_end_[slot] >= log.end()) return kNever;
  return log.at(seen_end_[slot])->published.ns + delays_ns_[slot];
}

bool InputCursor::see(const std::vector<ChannelLog>& logs, std::int64_t time_ns) {
  bool is_new = false;
  for (std::size_t slot = 0; slot < channels_.size(); ++slot) {
    for (; next_visible_ns(logs, slot) <= time_ns; ++seen_end_[slot], is_new = true) {
      if (slot == 0 && seen_end_[0] == consumed_end_) note_oldest(log_of(logs, channels_[0]));
    }
  }
  if (!is_new || !is_trigger_) return false;
  return policy_ != Policy::kAligned || find_match(logs).has_value();
}

void InputCursor::take(const std::vector<ChannelLog>& logs, std::vector<MessagePtr>& taken,
                       std::vector<Consumed>& consumed, std::vector<DropRecord>& drops) {
  taken.clear();
  if (channels_.empty()) return;
  const ChannelLog& log = log_of(logs, channels_.front());
  switch (policy_) {
    case Policy::kLatest:
      return take_latest(log, taken, consumed, drops);
    case Policy::kQueue:
      return take_queue(log, taken, consumed, drops);
    case Policy::kAligned:
      return take_match(logs, taken, consumed, drops);
  }
}

void InputCursor::take_latest(const ChannelLog& log, std::vector<MessagePtr>& taken, std::vector<Consumed>& consumed,
                              std::vector<DropRecord>& drops) {
  if (seen_end_[0] == 0) return;
  const std::uint64_t newest = seen_end_[0] - 1;
  taken.push_back(log.at(newest));
  add_consumed(0, newest, 1, consumed);
  if (is_trigger_) add_drop(consumed_end_, newest, "superseded", drops);
  consumed_end_ = newest + 1;
}

void InputCursor::take_queue(const ChannelLog& log, std::vector<MessagePtr>& taken, std::vector<Consumed>& consumed,
                             std::vector<DropRecord>& drops) {
  const std::uint64_t begin = std::max(consumed_end_, window_begin(0));
  add_drop(consumed_end_, begin, "overflow", drops);
  for (std::uint64_t s = begin; s < seen_end_[0]; ++s) taken.push_back(log.at(s));
  if (!taken.empty()) add_consumed(0, begin, taken.size(), consumed);
  consumed_end_ = seen_end_[0];
}

void InputCursor::take_match(const std::vector<ChannelLog>& logs, std::vector<MessagePtr>& taken,
                             std::vector<Consumed>& consumed, std::vector<DropRecord>& drops) {
  const auto match = find_match(logs);
  if (!match) return;
  for (std::size_t slot = 0; slot < channels_.size(); ++slot) {
    taken.push_back(log_of(logs, channels_[slot]).at(match->sequences[slot]));
    add_consumed(slot, match->sequences[slot], 1, consumed);
  }
  add_drop(consumed_end_, match->sequences[0], "unaligned", drops);
  consumed_end_ = match->sequences[0] + 1;
  if (consumed_end_ < seen_end_[0]) note_oldest(log_of(logs, channels_[0]));
}

std::optional<InputCursor::Match> InputCursor::find_match(const std::vector<ChannelLog>& logs) const {
  const ChannelLog& reference = log_of(logs, channels_[0]);
  const std::uint64_t begin = std::max(consumed_end_, window_begin(0));
  for (std::uint64_t s = seen_end_[0]; s-- > begin;) {
    Match match{{s}};
    for (std::size_t slot = 1; slot < channels_.size(); ++slot) {
      const auto partner = nearest(log_of(logs, channels_[slot]), slot, reference.at(s)->stamp);
      if (!partner) break;
      match.sequences.push_back(*partner);
    }
    if (match.sequences.size() == channels_.size()) return match;
  }
  return std::nullopt;
}

// The nearest stamp within the tolerance among the slot's window; ties go to the later published (rule 14).
std::optional<std::uint64_t> InputCursor::nearest(const ChannelLog& log, std::size_t slot, base::Time stamp) const {
  std::optional<std::uint64_t> best;
  std::int64_t best_ns = tolerance_ns_;
  for (std::uint64_t s = window_begin(slot); s < seen_end_[slot]; ++s) {
    const std::int64_t difference_ns = std::abs(log.at(s)->stamp.ns - stamp.ns);
    if (difference_ns <= best_ns) best = s, best_ns = difference_ns;
  }
  return best;
}

std::uint64_t InputCursor::window_begin(std::size_t slot) const {
  return seen_end_[slot] > depth_ ? seen_end_[slot] - depth_ : 0;
}

std::uint64_t InputCursor::needed_from(int channel) const {
  std::uint64_t needed = std::numeric_limits<std::uint64_t>::max();
  for (std::size_t slot = 0; slot < channels_.size(); ++slot) {
    if (channels_[slot] != channel) continue;
    const std::uint64_t begin = window_begin(slot);
    needed = std::min(needed, policy_ == Policy::kQueue ? std::max(consumed_end_, begin) : begin);
  }
  return needed;
}

void InputCursor::note_oldest(const ChannelLog& log) { oldest_unconsumed_stamp_ = log.at(consumed_end_)->stamp; }

void InputCursor::add_consumed(std::size_t slot, std::uint64_t first, std::uint64_t count,
                               std::vector<Consumed>& consumed) const {
  consumed.push_back({.input = index_,
                      .channel = static_cast<std::uint16_t>(channels_[slot]),
                      .count = static_cast<std::uint32_t>(count),
                      .first = first});
}

void InputCursor::add_drop(std::uint64_t first, std::uint64_t end, const char* reason,
                           std::vector<DropRecord>& drops) const {
  if (first >= end) return;
  DropRecord& drop = drops.emplace_back();
  drop.input = index_;
  drop.channel = static_cast<std::uint16_t>(channels_[0]);
  drop.first = first;
  drop.count = static_cast<std::uint32_t>(end - first);
  drop.reason = reason;
  drop.age = {-oldest_unconsumed_stamp_.ns};
}

}  // namespace hangil::runtime
