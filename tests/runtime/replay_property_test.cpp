// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "cpu_hog.hpp"
#include "random_graph.hpp"
#include "reference_executive.hpp"

namespace hangil::runtime {
namespace {

constexpr std::uint64_t kSeed = 42;

ReferenceResult replayed(const Graph& graph, const TestGraph& test, LatencyMode mode, int workers) {
  ReplayOptions options{.worker_count = workers, .latency = mode, .end = test.end, .seed = kSeed};
  ReferenceResult result;
  RunSinks sinks;
  sinks.on_drop = [&](const DropRecord& drop) { result.drop_count += drop.count; };
  const auto summary = replay(graph, source_of(test.messages), options, sinks);
  EXPECT_TRUE(summary.ok());
  if (!summary) return result;
  for (const ChannelDigest& channel : summary->channels) result.chains.push_back(channel.chain);
  result.skipped_tick_count = summary->skipped_tick_count;
  result.activation_count = summary->activation_count;
  result.failure_count = summary->failure_count;
  return result;
}

void expect_same(std::uint64_t seed, LatencyMode mode, std::initializer_list<int> worker_counts) {
  TestGraph test = GraphDice(seed).draw();
  std::vector<base::ConfigProblem> problems;
  const Graph graph = make_graph(test, problems);
  if (!refused_cycles(graph, latencies_ns(graph, mode)).empty()) return;
  const ReferenceResult expected = ReferenceExecutive(graph, test, mode, BrokenRule::kNone, kSeed).run();
  for (const int workers : worker_counts) {
    const ReferenceResult got = replayed(graph, test, mode, workers);
    ASSERT_EQ(got.activation_count, expected.activation_count) << "seed " << seed << ", " << workers << " workers";
    ASSERT_EQ(got.skipped_tick_count, expected.skipped_tick_count) << "seed " << seed;
    ASSERT_EQ(got.drop_count, expected.drop_count) << "seed " << seed;
    ASSERT_EQ(got, expected) << "seed " << seed << ", " << workers << " workers";
  }
}

TEST(Rule41, DeclaredReplayOfRandomGraphsEqualsTheReferenceForAnyWorkerCount) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) expect_same(seed, LatencyMode::kDeclared, {1, 2, 4, 8});
}

TEST(Rule41, BesideACpuHogTheResultIsTheSame) {
  const CpuHog hog(4);
  for (std::uint64_t seed = 2000; seed < 2020; ++seed) expect_same(seed, LatencyMode::kDeclared, {1, 2, 4});
}

// The schedule takes a shorter way through graphs without backward edges; both ways must be drawn.
TEST(Rule41, RandomGraphsAreWithAndWithoutBackwardEdges) {
  int forward = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    std::vector<base::ConfigProblem> problems;
    const Graph graph = make_graph(GraphDice(seed).draw(), problems);
    bool is_forward = true;
    for (std::size_t m = 0; m < graph.modules.size(); ++m) {
      for (const GraphInput& input : graph.modules[m].inputs) {
        for (const int c : input.channels)
          is_forward &= graph.channels[static_cast<std::size_t>(c)].writer < static_cast<int>(m);
      }
    }
    forward += is_forward ? 1 : 0;
  }
  EXPECT_GT(forward, 30);
  EXPECT_LT(forward, 270);
}

TEST(Rule41, ZeroLatencyReplayOfRandomGraphsEqualsTheReference) {
  for (std::uint64_t seed = 1000; seed < 1300; ++seed) expect_same(seed, LatencyMode::kZero, {1, 3});
}

// If breaking a rule did not show, the comparison above would prove nothing.
TEST(Rule41, BreakingAnyRuleOfTheReferenceChangesSomeResult) {
  for (const BrokenRule broken :
       {BrokenRule::kSnapshotLate, BrokenRule::kNoCoalescing, BrokenRule::kZeroLatencyBackward,
        BrokenRule::kQueueForgets, BrokenRule::kStateSurvivesThrow}) {
    int differing = 0;
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
      const TestGraph test = GraphDice(seed).draw();
      std::vector<base::ConfigProblem> problems;
      const Graph graph = make_graph(test, problems);
      const auto right = ReferenceExecutive(graph, test, LatencyMode::kDeclared, BrokenRule::kNone, kSeed).run();
      const auto wrong = ReferenceExecutive(graph, test, LatencyMode::kDeclared, broken, kSeed).run();
      differing += right == wrong ? 0 : 1;
    }
    EXPECT_GT(differing, 0) << "broken rule " << static_cast<int>(broken);
  }
}

}  // namespace
}  // namespace hangil::runtime
