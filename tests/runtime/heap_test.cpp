// SPDX-License-Identifier: Apache-2.0
// Without sanitizers only: they keep a heap of their own.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#include <gtest/gtest.h>
#include <malloc.h>

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

}  // namespace
}  // namespace hangil::runtime

#endif
