// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "runtime/latency.hpp"
#include "test_graph.hpp"

namespace hangil::runtime {
namespace {

// Everything a run left behind.
struct Driven {
  base::Result<RunSummary> summary = base::Error{"not run"};
  std::vector<ActivationRecord> activations;
  std::vector<DropRecord> drops;
  std::vector<EventRecord> events;
  std::vector<std::pair<std::string, std::int64_t>> published;  // topic and time, in the order they were handed out
  Graph graph;

  std::vector<std::int64_t> tags_ms(int module) const {
    std::vector<std::int64_t> tags;
    for (const auto& record : activations) {
      if (record.module == module) tags.push_back(record.tag.ns / kMs);
    }
    return tags;
  }
};

Driven drive(const TestGraph& test, int workers = 1, LatencyMode mode = LatencyMode::kDeclared) {
  Driven result;
  std::vector<base::ConfigProblem> problems;
  result.graph = make_graph(test, problems);
  EXPECT_TRUE(problems.empty()) << problems.front().text();
  RunSinks sinks;
  sinks.on_activation = [&](const ActivationRecord& record) { result.activations.push_back(record); };
  sinks.on_drop = [&](const DropRecord& drop) { result.drops.push_back(drop); };
  sinks.on_event = [&](const EventRecord& event) { result.events.push_back(event); };
  sinks.on_message = [&](int channel, const Message& message) {
    result.published.push_back({result.graph.channels[static_cast<std::size_t>(channel)].topic, message.published.ns});
  };
  const ReplayOptions options{.worker_count = workers, .latency = mode, .end = test.end};
  result.summary = replay(result.graph, source_of(test.messages), options, sinks);
  return result;
}

// Source messages are numbered from the graph of the same description.
void add_messages(TestGraph& test, const std::string& topic, std::initializer_list<std::int64_t> published_ms) {
  std::vector<base::ConfigProblem> problems;
  const int channel = make_graph(test, problems).find_channel(topic);
  for (const std::int64_t ms : published_ms) {
    test.messages.push_back(number_message(channel, ms * kMs, ms * kMs, static_cast<std::uint64_t>(ms)));
  }
}

TestGraph one_module(TestModule module, std::initializer_list<std::int64_t> published_ms) {
  TestGraph test{.modules = {std::move(module)}, .source_topics = {"/s"}, .end = {1000 * kMs}};
  add_messages(test, "/s", published_ms);
  return test;
}

TEST(Rule4, TimeRunningBackwardsIsClampedAndSaid) {
  const Driven result = drive(one_module({.inputs = {{.topics = {"/s"}}}, .latency_ns = kMs}, {10, 30, 20, 40}));
  EXPECT_EQ(result.tags_ms(0), (std::vector<std::int64_t>{10, 30, 40}));
  ASSERT_EQ(result.events.size(), 1u);
  EXPECT_EQ(result.events[0].kind, "clock_clamped");
  EXPECT_NE(result.events[0].text.find("/s"), std::string::npos);
}

TEST(Rule8, ZeroLatencyOutputReachesALowerModuleOneNanosecondLater) {
  TestGraph test{.source_topics = {"/s"}, .end = {100 * kMs}};
  test.modules = {{.inputs = {{.topics = {"/m1"}}}, .latency_ns = kMs}, {.inputs = {{.topics = {"/s"}}}}};
  add_messages(test, "/s", {10});
  const Driven result = drive(test);
  ASSERT_EQ(result.activations.size(), 2u);
  EXPECT_EQ(result.activations[1].module, 0);
  EXPECT_EQ(result.activations[1].tag.ns, 10 * kMs + 1);
}

TEST(Rule7, ZeroLatencyOutputReachesAHigherModuleAtTheSameInstant) {
  TestGraph test{.source_topics = {"/s"}, .end = {100 * kMs}};
  test.modules = {{.inputs = {{.topics = {"/s"}}}}, {.inputs = {{.topics = {"/m0"}}}, .latency_ns = kMs}};
  add_messages(test, "/s", {10});
  EXPECT_EQ(drive(test).tags_ms(1), (std::vector<std::int64_t>{10}));
}

TEST(Rule13, QueueGivesTheNewestOldestFirstAndDropsTheRest) {
  const TestInput queue{.topics = {"/s"}, .policy = Policy::kQueue, .depth = 2, .is_trigger = false};
  const Driven result = drive(one_module(
      {.inputs = {queue}, .latency_ns = kMs, .period_ns = 100 * kMs, .phase_ns = 50 * kMs}, {10, 20, 30, 40}));
  ASSERT_EQ(result.drops.size(), 1u);
  EXPECT_EQ(result.drops[0].reason, "overflow");
  EXPECT_EQ(result.drops[0].first, 0u);
  EXPECT_EQ(result.drops[0].count, 2u);
  EXPECT_EQ(result.drops[0].age.ns, 40 * kMs);
  ASSERT_FALSE(result.activations.empty());
  ASSERT_EQ(result.activations[0].consumed.size(), 1u);
  EXPECT_EQ(result.activations[0].consumed[0].first, 2u);
  EXPECT_EQ(result.activations[0].consumed[0].count, 2u);
}

TEST(Rule14, AlignedInputTakesTheNearestStampWithinTolerance) {
  TestGraph test{.source_topics = {"/a", "/b"}, .end = {1000 * kMs}};
  test.modules = {
      {.inputs = {{.topics = {"/a", "/b"}, .policy = Policy::kAligned, .depth = 4, .tolerance_ns = 5 * kMs}},
       .latency_ns = kMs}};
  std::vector<base::ConfigProblem> problems;
  const Graph graph = make_graph(test, problems);
  const int a = graph.find_channel("/a"), b = graph.find_channel("/b");
  test.messages = {number_message(b, 96 * kMs, 100 * kMs, 1), number_message(b, 99 * kMs, 101 * kMs, 2),
                   number_message(a, 100 * kMs, 102 * kMs, 3), number_message(a, 200 * kMs, 202 * kMs, 4)};
  const Driven result = drive(test);
  ASSERT_EQ(result.activations.size(), 1u);  // the second reference finds no partner
  EXPECT_EQ(result.activations[0].consumed[1].first, 1u);
}

TEST(Rule18, ASlowModuleRunsBackToBackAndCoalesces) {
  const Driven result =
      drive(one_module({.inputs = {{.topics = {"/s"}}}, .latency_ns = 25 * kMs}, {0, 10, 20, 30, 40, 50}));
  EXPECT_EQ(result.tags_ms(0), (std::vector<std::int64_t>{0, 25, 50}));
  EXPECT_EQ(result.summary->drop_count, 3u);  // 10 under 20; 30 and 40 under 50
  for (const DropRecord& drop : result.drops) EXPECT_EQ(drop.reason, "superseded");
}

TEST(Rule20, TicksKeepTheirGridAndSkipWhilePending) {
  TestGraph test{.modules = {{.latency_ns = 25 * kMs, .period_ns = 10 * kMs}}, .end = {100 * kMs}};
  const Driven result = drive(test);
  EXPECT_EQ(result.tags_ms(0), (std::vector<std::int64_t>{0, 25, 50, 75, 100}));
  EXPECT_GT(result.summary->skipped_tick_count, 0u);
}

TEST(Rule21, AModuleThatWouldNeverRunIsRefused) {
  TestGraph test{.modules = {{.inputs = {{.topics = {"/s"}, .is_trigger = false}}}}, .source_topics = {"/s"}};
  std::vector<base::ConfigProblem> problems;
  make_graph(test, problems);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_NE(problems[0].what.find("would never run"), std::string::npos);
}

TEST(Rule23, TriggerCyclesBelowOneMillisecondAreRefusedByName) {
  TestGraph test{.source_topics = {}, .end = {kMs}};
  test.modules = {{.inputs = {{.topics = {"/m1"}}}, .latency_ns = kMs / 2}, {.inputs = {{.topics = {"/m0"}}}}};
  const Driven result = drive(test);
  ASSERT_FALSE(result.summary.ok());
  EXPECT_NE(result.summary.error().message.find("m0 -> m1 -> m0"), std::string::npos) << result.summary.error().message;
}

TEST(Rule23, CyclesWithASampledEdgeAreLegal) {
  TestGraph test{.source_topics = {"/s"}, .end = {100 * kMs}};
  test.modules = {{.inputs = {{.topics = {"/s"}}, {.topics = {"/m1"}, .is_trigger = false}}},
                  {.inputs = {{.topics = {"/m0"}}}}};
  add_messages(test, "/s", {10, 20});
  EXPECT_EQ(drive(test).tags_ms(1), (std::vector<std::int64_t>{10, 20}));
}

TEST(Rule26, AThrowDiscardsOutputsAndReplacesTheInstance) {
  const Driven result =
      drive(one_module({.inputs = {{.topics = {"/s"}}}, .latency_ns = kMs, .throw_one_in = 1}, {10, 20}));
  EXPECT_EQ(result.summary->failure_count, 2u);
  for (const auto& [topic, time] : result.published) EXPECT_EQ(topic, "/s");
  ASSERT_EQ(result.events.size(), 2u);
  EXPECT_EQ(result.events[0].kind, "module_failed");
  EXPECT_NE(result.events[0].text.find("planned"), std::string::npos);
}

TEST(Rule27, NothingStartsAfterTheEndAndLateOutputsAreStillFiled) {
  TestGraph test = one_module({.inputs = {{.topics = {"/s"}}}, .latency_ns = 50 * kMs}, {10, 20, 30});
  test.end = {35 * kMs};
  const Driven result = drive(test);
  EXPECT_EQ(result.tags_ms(0), (std::vector<std::int64_t>{10}));
  EXPECT_EQ(result.published.back().second, 60 * kMs);
  ASSERT_EQ(result.events.size(), 1u);
  EXPECT_EQ(result.events[0].kind, "pending_at_end");
}

TEST(Sinks, MessagesComeInOrderOfPublicationForAnyWorkerCount) {
  TestGraph test{.source_topics = {"/s"}, .end = {1000 * kMs}};
  test.modules = {{.inputs = {{.topics = {"/s"}}}, .latency_ns = 30 * kMs},
                  {.inputs = {{.topics = {"/s"}}}, .latency_ns = 2 * kMs},
                  {.inputs = {{.topics = {"/m1"}}}, .latency_ns = 7 * kMs}};
  for (int k = 0; k < 60; ++k) add_messages(test, "/s", {k * 10});
  const auto expected = drive(test, 1).published;
  EXPECT_TRUE(std::is_sorted(expected.begin(), expected.end(),
                             [](const auto& a, const auto& b) { return a.second < b.second; }));
  for (const int workers : {2, 4}) EXPECT_EQ(drive(test, workers).published, expected);
}

TEST(Source, BytesThatDoNotDecodeAreAnEventAndTheRunGoesOn) {
  TestGraph test = one_module({.inputs = {{.topics = {"/s"}}}, .latency_ns = kMs}, {10, 20});
  test.messages[0].cdr = std::make_shared<base::Bytes>(base::Bytes{0, 1, 0, 0, 1, 2});
  const Driven result = drive(test);
  EXPECT_EQ(result.tags_ms(0), (std::vector<std::int64_t>{20}));
  ASSERT_EQ(result.events.size(), 1u);
  EXPECT_EQ(result.events[0].kind, "undecodable");
  EXPECT_NE(result.events[0].text.find("byte 4"), std::string::npos) << result.events[0].text;
}

TEST(Source, AnErrorEndsTheRunWithItsText) {
  TestGraph test = one_module({.inputs = {{.topics = {"/s"}}}, .latency_ns = kMs}, {10});
  std::vector<base::ConfigProblem> problems;
  const Graph graph = make_graph(test, problems);
  const Source broken = []() -> base::Result<std::optional<SourceMessage>> {
    return base::Error{"drive.mcap: byte 7"};
  };
  for (const int workers : {1, 4}) {
    const auto summary = replay(graph, broken, {.worker_count = workers, .end = {kMs}}, {});
    ASSERT_FALSE(summary.ok());
    EXPECT_EQ(summary.error().message, "drive.mcap: byte 7");
  }
}

// From the first activation's input to the last one's filing, straight from the records.
std::int64_t end_minus_arrival_ns(const Driven& result, const FramePath& path) {
  const auto find = [&](const PathPart& part) {
    return *std::find_if(result.activations.begin(), result.activations.end(), [&](const ActivationRecord& record) {
      return record.module == part.module && record.ordinal == part.ordinal;
    });
  };
  return find(path.parts.back()).host_filed_ns - find(path.parts.front()).host_input_ns;
}

TEST(CriticalPath, PartsSumToTheEndToEndTimeOfEveryFrame) {
  TestGraph test{.source_topics = {"/s"}, .end = {1000 * kMs}};
  test.modules = {
      {.inputs = {{.topics = {"/s"}}}, .latency_ns = 3 * kMs},
      {.inputs = {{.topics = {"/s"}}}, .latency_ns = 2 * kMs},
      {.inputs = {{.topics = {"/m0", "/m1"}, .policy = Policy::kAligned, .depth = 3, .tolerance_ns = 20 * kMs}},
       .latency_ns = 4 * kMs}};
  for (int k = 0; k < 40; ++k) add_messages(test, "/s", {k * 20});
  test.frame_topic = "/s";
  test.output_topic = "/m2";
  for (const int workers : {1, 2}) {
    const Driven result = drive(test, workers);
    const auto paths = critical_paths(describe(result.graph), result.activations, {});
    ASSERT_EQ(paths.size(), 40u);
    for (const FramePath& path : paths) {
      ASSERT_EQ(path.parts.size(), 2u);
      EXPECT_EQ(path.parts.back().module, 2);
      std::int64_t sum_ns = 0;
      for (const PathPart& part : path.parts) {
        EXPECT_GE(std::min({part.wait_ns, part.queue_ns, part.run_ns, part.publish_ns}), 0);
        sum_ns += part.total_ns();
      }
      EXPECT_EQ(sum_ns, path.end_to_end_ns);
      EXPECT_EQ(sum_ns, end_minus_arrival_ns(result, path));
    }
  }
}

}  // namespace
}  // namespace hangil::runtime
