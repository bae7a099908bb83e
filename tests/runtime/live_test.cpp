// SPDX-License-Identifier: Apache-2.0
#include "runtime/live.hpp"

#include <thread>

#include <gtest/gtest.h>

#include "cpu_hog.hpp"
#include "live_drive.hpp"
#include "random_graph.hpp"
#include "runtime/as_driven.hpp"

namespace hangil::runtime {
namespace {

TestGraph short_graph(std::uint64_t seed) {
  TestGraph test = GraphDice(seed).draw();
  for (SourceMessage& message : test.messages) message.published.ns /= 4;  // 50 ms in all
  return test;
}

// Its modules take up to so long, different from activation to activation.
Graph slow_graph(const TestGraph& test, int micros) {
  std::vector<base::ConfigProblem> problems;
  Graph graph = make_graph(test, problems);
  EXPECT_TRUE(problems.empty());
  for (std::size_t m = 0; m < graph.modules.size(); ++m) graph.modules[m].make = make_sleepy(test.modules[m], micros);
  return graph;
}

TEST(Rule41, ALiveDriveDrivenAgainGivesEveryDigestOnAnyWorkerCount) {
  for (std::uint64_t seed = 0; seed < 25; ++seed) {
    const TestGraph test = short_graph(seed);
    const Graph graph = slow_graph(test, 3000);
    const LiveOptions options{.worker_count = 1 + static_cast<int>(seed % 4), .seed = seed, .drain = {20 * kMs}};
    const Drive drive = drive_live(graph, test, options);
    const auto events = events_of(graph, drive.log);
    for (const int workers : {1, 2, 4}) {
      std::uint64_t dropped = 0;
      RunSinks sinks;
      sinks.on_drop = [&](const DropRecord& drop) { dropped += drop.count; };
      const auto again =
          replay_as_driven(graph, events_of(events), source_of(drive.sources), {.worker_count = workers, .seed = seed},
                           sinks, workers == 2 ? 1 : kLogWindow);
      ASSERT_TRUE(again.ok()) << "seed " << seed << ": " << again.error().message;
      EXPECT_EQ(again->summary.digest, drive.summary.run.digest) << "seed " << seed << ", " << workers << " workers";
      EXPECT_EQ(again->summary.activation_count, drive.summary.run.activation_count);
      EXPECT_EQ(dropped, drive.dropped);
    }
  }
}

TEST(Rule41, ALiveDriveBesideACpuHogIsDrivenAgainExactly) {
  const CpuHog hog(4);
  for (std::uint64_t seed = 100; seed < 105; ++seed) {
    const TestGraph test = short_graph(seed);
    const Graph graph = slow_graph(test, 2000);
    const Drive drive = drive_live(graph, test, {.worker_count = 2, .seed = seed, .drain = {20 * kMs}});
    const auto again = replay_as_driven(graph, events_of(events_of(graph, drive.log)), source_of(drive.sources),
                                        {.worker_count = 3, .seed = seed}, {});
    ASSERT_TRUE(again.ok()) << "seed " << seed << ": " << again.error().message;
    EXPECT_EQ(again->summary.digest, drive.summary.run.digest) << "seed " << seed;
  }
}

TEST(Rule34, AnUnchangedGraphReplayedAsRecordedEqualsTheDrive) {
  for (std::uint64_t seed = 0; seed < 15; ++seed) {
    const TestGraph test = short_graph(seed);
    const Graph graph = slow_graph(test, 2000);
    const Drive drive = drive_live(graph, test, {.worker_count = 2, .seed = seed, .drain = {20 * kMs}});
    const auto plan = recorded_plan(graph, events_of(events_of(graph, drive.log)));
    ASSERT_TRUE(plan.ok());
    const auto again = replay_as_recorded(graph, *plan, source_of(drive.sources),
                                          {.worker_count = 2, .end = drive.summary.end, .seed = seed}, {});
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(again->digest, drive.summary.run.digest) << "seed " << seed;
  }
}

TEST(Rule33, EveryPrefixOfALogReplaysWithoutDivergence) {
  std::size_t prefix_count = 0;
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const TestGraph test = short_graph(seed);
    std::vector<base::ConfigProblem> problems;
    const Graph graph = make_graph(test, problems);
    const Drive drive = drive_live(graph, test, {.worker_count = 2, .drain = {20 * kMs}});
    const std::size_t step = std::max<std::size_t>(7, drive.log.size() / 30);
    for (std::size_t size = 0; size < drive.log.size(); size += step, ++prefix_count) {
      const auto events = events_of(graph, std::span(drive.log).first(size));
      const auto again = replay_as_driven(graph, events_of(events), source_of(drive.sources), {.worker_count = 2}, {},
                                          prefix_count % 2 == 0 ? 4 : kLogWindow);
      ASSERT_TRUE(again.ok()) << "seed " << seed << ", prefix of " << size << " bytes: " << again.error().message;
    }
  }
  EXPECT_GT(prefix_count, 100u);
}

TEST(Rule35, AChangedModuleIsADivergenceNamedByModuleAndOrdinal) {
  TestGraph test{.source_topics = {"/s"}};
  test.modules = {{.inputs = {{.topics = {"/s"}}}, .latency_ns = kMs}};
  for (int k = 0; k < 5; ++k)
    test.messages.push_back(number_message(1, k * 50 * kMs, k * 50 * kMs, static_cast<std::uint64_t>(k)));
  std::vector<base::ConfigProblem> problems;
  Graph graph = make_graph(test, problems);
  // Far apart and with time to drain, so that a starved machine does not fold all of them into one activation.
  const Drive drive = drive_live(graph, test, {.drain = {1000 * kMs}});
  const auto events = events_of(graph, drive.log);
  ASSERT_GT(drive.summary.run.activation_count, 1u);
  TestModule changed = test.modules[0];
  changed.output_count = 2;
  graph.modules[0].make = make_folding(changed);
  const auto again = replay_as_driven(graph, events_of(events), source_of(drive.sources), {}, {});
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().message, "diverged: m0, activation 0 made 2 messages, on the drive 1");
  graph.modules[0].make = make_folding(test.modules[0]);
  const auto other_seed = replay_as_driven(graph, events_of(events), source_of(drive.sources), {.seed = 9}, {});
  ASSERT_FALSE(other_seed.ok());
  EXPECT_NE(other_seed.error().message.find("diverged: m0, activation 0 made other content"), std::string::npos);
}

// A rule of the log ignored must show, or the equality above proves nothing (rule 41).
TEST(Rule41, IgnoringWhatALogRecordsDiverges) {
  int diverged = 0;
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const TestGraph test = short_graph(seed);
    std::vector<base::ConfigProblem> problems;
    const Graph graph = make_graph(test, problems);
    const Drive drive = drive_live(graph, test, {.worker_count = 2, .drain = {20 * kMs}});
    auto other = events_of(graph, drive.log);
    for (LogEvent& event : other) {
      for (auto& taken : event.taken) {
        if (taken.count > 0 && taken.first[0] > 0) --taken.first[0];
      }
    }
    diverged += replay_as_driven(graph, events_of(other), source_of(drive.sources), {}, {}).ok() ? 0 : 1;
  }
  EXPECT_GT(diverged, 4);
}

// Only a changed log asks for a message behind the depth of its input. While another module starts first, the message
// must not go under the one that was found ready.
TEST(Rule39, WhatAReadyActivationTakesStaysUntilItStarts) {
  TestGraph test{.source_topics = {"/s", "/t"}};
  test.modules = {{.inputs = {{.topics = {"/t"}}}, .output_count = 0, .latency_ns = kMs},
                  {.inputs = {{.topics = {"/s"}}, {.topics = {"/t"}}}, .output_count = 0, .latency_ns = kMs}};
  std::vector<base::ConfigProblem> problems;
  const Graph graph = make_graph(test, problems);
  using Kind = LogEvent::Kind;
  std::vector<LogEvent> events;
  for (int k = 0; k < 7; ++k) {  // six on /s, then the one on /t that makes both modules ready
    const int channel = graph.find_channel(k < 6 ? "/s" : "/t");
    test.messages.push_back(number_message(channel, k * kMs, k * kMs, 1));
    events.push_back({.kind = Kind::kMessage, .subject = channel, .time_ns = k * kMs});
  }
  events.push_back({.kind = Kind::kStart, .subject = 0, .time_ns = 55 * kMs, .taken = {{1, {0}}}});
  events.push_back({.kind = Kind::kEnd, .subject = 0, .time_ns = 56 * kMs});
  events.push_back({.kind = Kind::kStart, .subject = 1, .time_ns = 60 * kMs, .taken = {{1, {0}}, {1, {0}}}});
  events.push_back({.kind = Kind::kEnd, .subject = 1, .time_ns = 61 * kMs});
  const auto again = replay_as_driven(graph, events_of(events), source_of(test.messages), {.worker_count = 1}, {});
  ASSERT_TRUE(again.ok()) << again.error().message;
  EXPECT_EQ(again->summary.activation_count, 2u);
}

class HangingModule : public Module {
 public:
  explicit HangingModule(Setup& setup, const std::atomic<bool>& is_over)
      : in_(setup.latest<Number>("in0")), out_(setup.output<Number>("out")), is_over_(is_over) {}
  void step(Activation& activation) override {
    while (activation.ordinal() == 1 && !is_over_) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    activation.publish(out_, activation.now(), Number{activation.ordinal()});
  }

 private:
  Latest<Number> in_;
  Output<Number> out_;
  const std::atomic<bool>& is_over_;
};

std::atomic<bool> is_over{false};
std::unique_ptr<Module> make_hanging(Setup& setup) { return std::make_unique<HangingModule>(setup, is_over); }

TEST(Watchdog, AHungModuleIsGivenUpReplacedAndDrivenAgainAlike) {
  TestGraph test{.source_topics = {"/s"}};
  test.modules = {{.inputs = {{.topics = {"/s"}}}, .latency_ns = 10 * kMs}};
  for (int k = 0; k < 8; ++k) test.messages.push_back(number_message(1, k * 200 * kMs, k * 200 * kMs, 1));
  std::vector<base::ConfigProblem> problems;
  Graph graph = make_graph(test, problems);
  graph.modules[0].make = make_hanging;
  const Drive drive = drive_live(graph, test, {.worker_count = 1, .drain = {50 * kMs}});
  is_over = true;
  EXPECT_EQ(drive.summary.abandoned_threads, 1);
  EXPECT_EQ(drive.summary.run.failure_count, 1u);
  const auto hung = std::find_if(drive.events.begin(), drive.events.end(),
                                 [](const auto& event) { return event.kind == "module_hung"; });
  ASSERT_NE(hung, drive.events.end());
  EXPECT_NE(hung->text.find("m0, activation 1"), std::string::npos) << hung->text;
  const auto again = replay_as_driven(graph, events_of(events_of(graph, drive.log)), source_of(drive.sources), {}, {});
  ASSERT_TRUE(again.ok()) << again.error().message;
  EXPECT_EQ(again->summary.digest, drive.summary.run.digest);
}

// A frame ends with its first descendant: outputs that repeat its origin later are no misses of it.
TEST(Deadline, AFrameIsJudgedByItsFirstDescendantOnly) {
  TestGraph test{.source_topics = {"/s"}, .frame_topic = "/s", .output_topic = "/m0"};
  test.modules = {{.inputs = {{.topics = {"/s"}, .is_trigger = true}}, .latency_ns = kMs, .period_ns = 20 * kMs}};
  test.messages = {number_message(1, 0, 0, 1), number_message(1, 500 * kMs, 500 * kMs, 1)};
  std::vector<base::ConfigProblem> problems;
  Graph graph = make_graph(test, problems);
  graph.deadline = {200 * kMs};
  const Drive drive = drive_live(graph, test, {.worker_count = 1, .drain = {20 * kMs}});
  ASSERT_GT(drive.summary.run.activation_count, 10u);
  for (const EventRecord& event : drive.events) EXPECT_NE(event.kind, "deadline_missed") << event.text;
}

TEST(Log, CostsAtMostThirtyTwoBytesAnActivation) {
  TestGraph test{.source_topics = {"/s"}};
  test.modules = {{.inputs = {{.topics = {"/s"}}}, .latency_ns = kMs},
                  {.inputs = {{.topics = {"/m0"}}}, .latency_ns = kMs},
                  {.inputs = {{.topics = {"/m1"}}, {.topics = {"/s"}, .is_trigger = false}}, .latency_ns = kMs}};
  for (int k = 0; k < 200; ++k) test.messages.push_back(number_message(3, k * kMs, k * kMs, 1));
  std::vector<base::ConfigProblem> problems;
  const Graph graph = make_graph(test, problems);
  Drive drive = drive_live(graph, test, {.worker_count = 2, .drain = {20 * kMs}});
  // A starved machine folds triggers together; the figure is one of a machine that keeps up.
  for (int again = 0; again < 5 && drive.summary.run.activation_count <= 300; ++again)
    drive = drive_live(graph, test, {.worker_count = 2, .drain = {20 * kMs}});
  ASSERT_GT(drive.summary.run.activation_count, 300u);
  EXPECT_LE(static_cast<double>(drive.summary.log_bytes) / static_cast<double>(drive.summary.run.activation_count),
            32.0);
}

TEST(Log, ReadsBackWhatWasWrittenAndRefusesWhatDoesNotFit) {
  const TestGraph test = short_graph(1);
  std::vector<base::ConfigProblem> problems;
  const Graph graph = make_graph(test, problems);
  LogWriter writer(graph, {100});
  const LogEvent end{
      .kind = LogEvent::Kind::kEnd, .subject = 0, .time_ns = 500, .is_failed = true, .output_count = 3, .fold = 77};
  writer.append(end);
  const auto bytes = writer.take();
  const auto events = read_log(graph, {100}, bytes);
  ASSERT_TRUE(events.ok());
  EXPECT_EQ(*events, std::vector<LogEvent>{end});
  const std::vector<std::uint8_t> foreign = {0xfa, 0x7f, 1};
  const auto refused = read_log(graph, {}, foreign);
  ASSERT_FALSE(refused.ok());
  EXPECT_NE(refused.error().message.find("does not fit this pipeline"), std::string::npos);
}

}  // namespace
}  // namespace hangil::runtime
