// SPDX-License-Identifier: Apache-2.0
#include "runtime/outbox.hpp"

#include <algorithm>

namespace hangil::runtime {

namespace {

template <class T>
void hand_out(const std::function<void(const T&)>& sink, const std::vector<T>& things) {
  if (!sink) return;
  for (const T& thing : things) sink(thing);
}

}  // namespace

void hand_out_messages(const Emission& emission, const RunSinks& sinks) {
  if (!sinks.on_message) return;
  for (const auto& [channel, message] : emission.messages) sinks.on_message(channel, *message);
}

void hand_out_records(const Emission& emission, const RunSinks& sinks) {
  hand_out(sinks.on_activation, emission.activations);
  hand_out(sinks.on_drop, emission.drops);
  hand_out(sinks.on_event, emission.events);
}

Emission Outbox::take(std::int64_t floor_ns) {
  Emission emission;
  for (std::size_t c = 0; c < messages_.size(); ++c) {
    auto& queue = messages_[c];
    for (; !queue.empty() && queue.front()->published.ns < floor_ns; queue.pop_front()) {
      emission.messages.push_back({static_cast<int>(c), std::move(queue.front())});
    }
  }
  std::stable_sort(emission.messages.begin(), emission.messages.end(),
                   [](const auto& a, const auto& b) { return a.message->published < b.message->published; });
  message_count_ -= emission.messages.size();
  emission.activations = std::exchange(activations, {});
  emission.drops = std::exchange(drops, {});
  emission.events = std::exchange(events, {});
  return emission;
}

}  // namespace hangil::runtime
