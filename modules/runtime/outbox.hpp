// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>

#include "runtime/replay.hpp"
#include "runtime/start.hpp"

namespace hangil::runtime {

// A piece of what goes to the sinks, in the order they are promised.
struct Emission {
  std::vector<Filed> messages;
  std::vector<ActivationRecord> activations;
  std::vector<DropRecord> drops;
  std::vector<EventRecord> events;
};

void hand_out_messages(const Emission& emission, const RunSinks& sinks);
void hand_out_records(const Emission& emission, const RunSinks& sinks);

// What a replay has still to hand to its sinks. Messages wait until everything published before them is there.
class Outbox {
 public:
  explicit Outbox(std::size_t channel_count) : messages_(channel_count) {}

  void add(const Filed& filed) {
    messages_[static_cast<std::size_t>(filed.channel)].push_back(filed.message);
    ++message_count_;
  }
  std::size_t record_count() const { return activations.size() + drops.size() + events.size(); }
  std::size_t count() const { return message_count_ + record_count(); }

  // All records, and the messages published before `floor_ns` by (published, channel, sequence).
  Emission take(std::int64_t floor_ns);

  std::vector<ActivationRecord> activations;
  std::vector<DropRecord> drops;
  std::vector<EventRecord> events;

 private:
  std::vector<std::deque<std::shared_ptr<Message>>> messages_;  // per channel, in order
  std::size_t message_count_ = 0;
};

}  // namespace hangil::runtime
