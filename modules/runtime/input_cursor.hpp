// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <optional>

#include "runtime/activation.hpp"
#include "runtime/channel_log.hpp"
#include "runtime/graph.hpp"

namespace hangil::runtime {

inline constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

// What one input of one module has seen and consumed: rules 12 to 14, 7 and 25 of the time model. It only looks at
// messages that are visible at the time it is asked about, so later ones may already stand in the logs.
class InputCursor {
 public:
  // `delays_ns` per channel: 1 where rule 8 hides a message from this reader until the next nanosecond, else 0.
  InputCursor(const GraphInput& input, int index, std::vector<int> delays_ns);

  const std::vector<int>& channels() const { return channels_; }
  std::int64_t delay_ns(std::size_t slot) const { return delays_ns_[slot]; }
  bool is_trigger() const { return is_trigger_; }

  // When the first message not yet seen in this slot becomes visible; kNever: none in the log.
  std::int64_t next_visible_ns(const std::vector<ChannelLog>& logs, std::size_t slot) const;

  // Sees everything visible at `time_ns`; true when the input then asks for a start (rule 15).
  bool see(const std::vector<ChannelLog>& logs, std::int64_t time_ns);

  // Takes this input's share of a snapshot of what it has seen, and consumes it. Drops of trigger inputs and overflows
  // are appended to `drops`; module, tag and age are the caller's to fill in: it finds age = -(stamp of the oldest).
  void take(const std::vector<ChannelLog>& logs, std::vector<MessagePtr>& taken, std::vector<Consumed>& consumed,
            std::vector<DropRecord>& drops);

  // The first sequence of one of its channels that may still be needed.
  std::uint64_t needed_from(int channel) const;

 private:
  struct Match {
    std::vector<std::uint64_t> sequences;
  };

  std::optional<Match> find_match(const std::vector<ChannelLog>& logs) const;
  std::optional<std::uint64_t> nearest(const ChannelLog& log, std::size_t slot, base::Time stamp) const;
  std::uint64_t window_begin(std::size_t slot) const;
  void take_latest(const ChannelLog& log, std::vector<MessagePtr>& taken, std::vector<Consumed>& consumed,
                   std::vector<DropRecord>& drops);
  void take_queue(const ChannelLog& log, std::vector<MessagePtr>& taken, std::vector<Consumed>& consumed,
                  std::vector<DropRecord>& drops);
  void take_match(const std::vector<ChannelLog>& logs, std::vector<MessagePtr>& taken, std::vector<Consumed>& consumed,
                  std::vector<DropRecord>& drops);
  void add_consumed(std::size_t slot, std::uint64_t first, std::uint64_t count, std::vector<Consumed>& consumed) const;
  void add_drop(std::uint64_t first, std::uint64_t end, const char* reason, std::vector<DropRecord>& drops) const;

  void note_oldest(const ChannelLog& log);

  Policy policy_;
  bool is_trigger_;
  std::uint16_t index_;
  std::uint64_t depth_;
  std::int64_t tolerance_ns_;
  std::vector<int> channels_;
  std::vector<int> delays_ns_;
  std::vector<std::uint64_t> seen_end_;  // per slot: messages before it are seen
  std::uint64_t consumed_end_ = 0;       // of the first slot
  base::Time oldest_unconsumed_stamp_;   // of the first slot, valid while it has seen more than it consumed
};

}  // namespace hangil::runtime
