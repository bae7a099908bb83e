// SPDX-License-Identifier: Apache-2.0
#include "runtime/overload.hpp"

namespace hangil::runtime {

namespace {

std::string ms_text(std::int64_t ns) { return std::to_string(ns / 1'000'000) + " ms"; }

std::string place_text(const Graph& graph, const Start& start, std::size_t input, std::size_t channel) {
  const GraphModule& module = graph.modules[static_cast<std::size_t>(start.module)];
  return module.name + ", activation " + std::to_string(start.terms.ordinal) + ": input '" +
         module.inputs[input].declaration.name + "' of " + graph.channels[channel].topic;
}

void add_event(const Start& start, std::vector<EventRecord>& events, const char* kind, std::size_t channel,
               std::string text) {
  events.push_back(
      {start.tag, kind, start.module, static_cast<std::int32_t>(channel), start.terms.ordinal, std::move(text)});
}

void judge_age(const Graph& graph, const Start& start, std::size_t input, std::vector<EventRecord>& events) {
  const GraphInput& port = graph.modules[static_cast<std::size_t>(start.module)].inputs[input];
  const auto& taken = start.inputs[input];
  if (port.overload.max_age.ns == 0 || taken.empty()) return;
  const Message& newest = port.declaration.policy == Policy::kQueue ? *taken.back() : *taken.front();
  const std::int64_t age_ns = start.tag.ns - newest.stamp.ns;
  if (age_ns <= port.overload.max_age.ns) return;
  const auto channel = static_cast<std::size_t>(port.channels.front());
  add_event(start, events, "stale", channel,
            place_text(graph, start, input, channel) + " is stale: message " + std::to_string(newest.sequence) +
                " is " + ms_text(age_ns) + " old, allowed are " + ms_text(port.overload.max_age.ns));
}

}  // namespace

void judge_overload(const Graph& graph, const Start& start, std::vector<EventRecord>& events) {
  const GraphModule& module = graph.modules[static_cast<std::size_t>(start.module)];
  for (std::size_t i = 0; i < module.inputs.size(); ++i) judge_age(graph, start, i, events);
  for (const DropRecord& drop : start.drops) {
    if (!module.inputs[drop.input].overload.must_not_drop) continue;
    add_event(start, events, "lost", drop.channel,
              place_text(graph, start, drop.input, drop.channel) + " must not drop, but lost " +
                  std::to_string(drop.count) + " from message " + std::to_string(drop.first) + " on (" + drop.reason +
                  ", " + ms_text(drop.age.ns) + " old)");
  }
}

}  // namespace hangil::runtime
