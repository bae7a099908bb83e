// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <thread>

#include <gtest/gtest.h>

#include "runtime/live.hpp"
#include "test_graph.hpp"

namespace hangil::runtime {

// What a live drive left behind: all that is needed to drive it again.
struct Drive {
  LiveSummary summary;
  std::vector<SourceMessage> sources;
  std::vector<std::uint8_t> log;
  std::vector<EventRecord> events;
  std::uint64_t dropped = 0;
};

inline Drive drive_live(const Graph& graph, const TestGraph& test, LiveOptions options) {
  Drive drive;
  options.keeps_cdr = true;
  LiveSinks sinks;
  sinks.on_log = [&](std::vector<std::uint8_t> bytes) {
    drive.log.insert(drive.log.end(), bytes.begin(), bytes.end());
  };
  sinks.run.on_message = [&](int channel, const Message& message) {
    if (graph.channels[static_cast<std::size_t>(channel)].writer >= 0) return;
    drive.sources.push_back({channel, message.stamp, message.published, message.cdr});
  };
  sinks.run.on_drop = [&](const DropRecord& drop) { drive.dropped += drop.count; };
  sinks.run.on_event = [&](const EventRecord& event) { drive.events.push_back(event); };
  auto summary = run_live(graph, source_of(test.messages), options, sinks);
  EXPECT_TRUE(summary.ok()) << summary.error().message;
  if (summary) drive.summary = *std::move(summary);
  return drive;
}

inline std::vector<LogEvent> events_of(const Graph& graph, std::span<const std::uint8_t> log) {
  auto events = read_log(graph, {}, log);
  EXPECT_TRUE(events.ok()) << events.error().message;
  return events ? *events : std::vector<LogEvent>{};
}

// Modules that take real, varying time, so that a live drive is different each time.
class SlowModule : public FoldingModule {
 public:
  SlowModule(Setup& setup, const TestModule& description, int micros)
      : FoldingModule(setup, description), micros_(micros) {}
  void step(Activation& activation) override {
    std::this_thread::sleep_for(std::chrono::microseconds(activation.seed() % static_cast<std::uint64_t>(micros_)));
    FoldingModule::step(activation);
  }

 private:
  int micros_;
};

inline MakeModule make_sleepy(const TestModule& description, int micros) {
  return [=](Setup& setup) { return std::make_unique<SlowModule>(setup, description, micros); };
}

}  // namespace hangil::runtime
