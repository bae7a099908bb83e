// SPDX-License-Identifier: Apache-2.0
// Without sanitizers only: they keep a heap of their own.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#include <gtest/gtest.h>
#include <malloc.h>

#include "runtime/as_driven.hpp"
#include "test_graph.hpp"

namespace hangil::runtime {
namespace {

// One module feeds four by latest, queue and aligned inputs, which feed a last one.
TestGraph busy_graph(int frame_count) {
  TestGraph test{
      .source_topics = {"/s", "/t"}, .end = {frame_count * 10 * kMs}, .frame_topic = "/s", .output_topic = "/m5"};
  test.modules.push_back({.inputs = {{.topics = {"/s"}}}, .latency_ns = kMs});
  for (const Policy policy : {Policy::kLatest, Policy::kQueue, Policy::kQueue, Policy::kLatest})
    test.modules.push_back({.inputs = {{.topics = {"/m0"}, .policy = policy, .depth = 8}}, .latency_ns = 3 * kMs});
  test.modules.push_back(
      {.inputs = {{.topics = {"/m1"}},
                  {.topics = {"/m2", "/m3"}, .policy = Policy::kAligned, .depth = 4, .tolerance_ns = kMs},
                  {.topics = {"/t"}, .policy = Policy::kQueue, .depth = 16, .is_trigger = false}},
       .latency_ns = 2 * kMs});
  return test;
}

// Messages made on the way, so that the test itself holds nothing.
Source streamed(const Graph& graph, int frame_count) {
  auto next = std::make_shared<int>(0);
  const int s = graph.find_channel("/s"), t = graph.find_channel("/t");
  return [=]() -> base::Result<std::optional<SourceMessage>> {
    const int k = (*next)++;
    if (k >= 2 * frame_count) return std::optional<SourceMessage>();
    return std::optional(number_message(k % 2 == 0 ? s : t, k * 5 * kMs, k * 5 * kMs, static_cast<std::uint64_t>(k)));
  };
}

// Most heap in use over a fifth of the frames: after the first fifth, and at the end.
struct HeapUse {
  std::size_t warm_bytes = 0, late_bytes = 0;
};

HeapUse drive(int frame_count, int workers) {
  std::vector<base::ConfigProblem> problems;
  const Graph graph = make_graph(busy_graph(frame_count), problems);
  EXPECT_TRUE(problems.empty());
  const int last = graph.find_channel("/m5");
  HeapUse use;
  int frame = 0;
  RunSinks sinks;
  sinks.on_activation = [](const ActivationRecord&) {};
  sinks.on_message = [&](int channel, const Message&) {
    if (channel != last) return;
    const int fifth = 5 * frame++ / frame_count;
    const std::size_t bytes = mallinfo2().uordblks;
    if (fifth == 1) use.warm_bytes = std::max(use.warm_bytes, bytes);
    if (fifth == 4) use.late_bytes = std::max(use.late_bytes, bytes);
  };
  const auto summary = replay(graph, streamed(graph, frame_count),
                              {.worker_count = workers, .end = {frame_count * 10 * kMs}, .keeps_cdr = true}, sinks);
  EXPECT_TRUE(summary.ok());
  EXPECT_GT(frame, frame_count * 9 / 10);
  return use;
}

TEST(Heap, IsConstantOverAThousandWarmFrames) {
  const HeapUse use = drive(2500, 1);
  EXPECT_LE(use.late_bytes, use.warm_bytes + 8'000);
}

// How far sources, workers and sinks are apart moves with the machine, up to its fixed limits; a leak grows with
// frames.
TEST(Heap, IsBoundedWithTwoWorkersWhateverTheMachineDoes) {
  const HeapUse use = drive(30'000, 2);
  EXPECT_LE(use.late_bytes, use.warm_bytes + 1'000'000);
}

// The log of a drive without end: a message every millisecond, and a start and an end for each.
LogEvents endless_log(int channel, int message_count) {
  return [=, k = 0]() mutable -> base::Result<std::optional<LogEvent>> {
    if (k == 3 * message_count) return std::optional<LogEvent>();
    const auto sequence = static_cast<std::uint64_t>(k / 3);
    const int part = k++ % 3;
    LogEvent event{.subject = part == 0 ? channel : 0, .time_ns = static_cast<std::int64_t>(sequence) * kMs + part};
    if (part == 1) event.kind = LogEvent::Kind::kStart, event.taken = {{1, {sequence}}};
    if (part == 2) event.kind = LogEvent::Kind::kEnd;
    return std::optional(std::move(event));
  };
}

// Rule 39: the log is read a window ahead, never as a whole.
TEST(Heap, OfADriveDrivenAgainDoesNotGrowWithItsLength) {
  constexpr int kMessages = 200'000;
  TestGraph test{.source_topics = {"/s"}};
  test.modules = {{.inputs = {{.topics = {"/s"}}}, .output_count = 0, .latency_ns = kMs}};
  std::vector<base::ConfigProblem> problems;
  const Graph graph = make_graph(test, problems);
  const int channel = graph.find_channel("/s");
  const Source source = [=, k = 0]() mutable -> base::Result<std::optional<SourceMessage>> {
    if (k == kMessages) return std::optional<SourceMessage>();
    const std::int64_t time_ns = k++ * kMs;
    return std::optional(number_message(channel, time_ns, time_ns, 1));
  };
  std::size_t warm_bytes = 0, most_bytes = 0;
  int count = 0;
  RunSinks sinks;
  sinks.on_activation = [&](const ActivationRecord&) {
    if (++count < 20'000 || count % 64 != 0) return;
    const std::size_t bytes = mallinfo2().uordblks;
    if (count < 40'000) warm_bytes = std::max(warm_bytes, bytes);
    most_bytes = std::max(most_bytes, bytes);
  };
  const auto again = replay_as_driven(graph, endless_log(channel, kMessages), source, {}, sinks);
  ASSERT_TRUE(again.ok()) << again.error().message;
  EXPECT_EQ(count, kMessages);
  EXPECT_LE(most_bytes, warm_bytes + 50'000);
}

}  // namespace
}  // namespace hangil::runtime

#endif
