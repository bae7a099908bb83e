// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cassert>
#include <vector>

#include "runtime/message.hpp"

namespace hangil::runtime {

// The newest messages of one channel, by sequence. Grows to what its slowest reader still needs, then stays.
class ChannelLog {
 public:
  std::uint64_t first() const { return first_; }
  std::uint64_t end() const { return end_; }  // sequence of the next message

  const MessagePtr& at(std::uint64_t sequence) const {
    assert(sequence >= first_ && sequence < end_);
    return ring_[sequence & (ring_.size() - 1)];
  }

  void push(MessagePtr message) {
    if (end_ - first_ == ring_.size()) grow();
    ring_[end_++ & (ring_.size() - 1)] = std::move(message);
  }

  void forget_before(std::uint64_t sequence) {
    for (; first_ < sequence && first_ < end_; ++first_) ring_[first_ & (ring_.size() - 1)].reset();
  }

 private:
  void grow() {
    std::vector<MessagePtr> larger(ring_.size() * 2);
    for (std::uint64_t s = first_; s < end_; ++s)
      larger[s & (larger.size() - 1)] = std::move(ring_[s & (ring_.size() - 1)]);
    ring_ = std::move(larger);
  }

  std::vector<MessagePtr> ring_ = std::vector<MessagePtr>(16);  // a power of two
  std::uint64_t first_ = 0, end_ = 0;
};

}  // namespace hangil::runtime
