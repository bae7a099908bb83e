// SPDX-License-Identifier: Apache-2.0
#include "runtime/schedulability.hpp"

#include <gtest/gtest.h>

#include "test_graph.hpp"

namespace hangil::runtime {
namespace {

// /s at 10 Hz -> m0 (20 ms) -> m1 (30 ms) -> m2 (5 ms, also every 50 ms).
Graph chain(std::int64_t deadline_ms) {
  TestGraph test{.source_topics = {"/s"}, .frame_topic = "/s", .output_topic = "/m2"};
  test.modules = {{.inputs = {{.topics = {"/s"}}}, .latency_ns = 20 * kMs},
                  {.inputs = {{.topics = {"/m0"}}}, .latency_ns = 30 * kMs},
                  {.inputs = {{.topics = {"/m1"}}}, .latency_ns = 5 * kMs, .period_ns = 50 * kMs}};
  std::vector<base::ConfigProblem> problems;
  Graph graph = make_graph(test, problems);
  graph.deadline = {deadline_ms * kMs};
  return graph;
}

ExpectedLoad load_of(const Graph& graph, double rate_hz, std::vector<double> run_ms = {}, int workers = 2) {
  std::vector<double> rates(graph.channels.size(), 0);
  rates[static_cast<std::size_t>(graph.find_channel("/s"))] = rate_hz;
  return {rates, std::move(run_ms), workers};
}

TEST(Schedulability, FollowsRatesAndLatenciesDownThePath) {
  const Graph graph = chain(100);
  const Schedulability fit = judge_schedulability(graph, load_of(graph, 10));
  EXPECT_EQ(fit.rates_hz, (std::vector<double>{10, 10, 30}));
  EXPECT_DOUBLE_EQ(fit.path_ms, 55);
  EXPECT_EQ(fit.path, (std::vector<std::string>{"m0", "m1", "m2"}));
  EXPECT_NEAR(fit.cores, 0.2 + 0.3 + 0.15, 1e-9);
  EXPECT_TRUE(fit.does_not_fit.empty());
}

TEST(Schedulability, NamesAModuleThatNeedsMoreThanItsBudget) {
  const Graph graph = chain(100);
  const auto fit = judge_schedulability(graph, load_of(graph, 10, {4, 34.56, 1}));
  EXPECT_EQ(fit.does_not_fit, std::vector<std::string>{"m1 needs 34.56 ms of 30: does not fit"});
}

TEST(Schedulability, NamesDeadlinePeriodAndCores) {
  const Graph graph = chain(50);
  const auto late = judge_schedulability(graph, load_of(graph, 10));
  EXPECT_EQ(late.does_not_fit, std::vector<std::string>{"a frame needs 55 ms of 50: does not fit"});
  const auto slow = judge_schedulability(graph, load_of(graph, 30, {40, 40, 1}, 1));
  const std::vector<std::string> expected = {"m0 needs 40 ms of 20: does not fit",
                                             "m0 needs 40 ms every 33.33 ms: does not fit",
                                             "m1 needs 40 ms of 30: does not fit",
                                             "m1 needs 40 ms every 33.33 ms: does not fit",
                                             "all modules together need 2.45 cores of 1: does not fit",
                                             "a frame needs 55 ms of 50: does not fit"};
  EXPECT_EQ(slow.does_not_fit, expected);
}

TEST(Schedulability, ACycleMakesNoEndlessPath) {
  TestGraph test{.source_topics = {"/s"}, .frame_topic = "/s", .output_topic = "/m1"};
  test.modules = {{.inputs = {{.topics = {"/s"}}, {.topics = {"/m1"}}}, .latency_ns = 20 * kMs},
                  {.inputs = {{.topics = {"/m0"}}}, .latency_ns = 30 * kMs}};
  std::vector<base::ConfigProblem> problems;
  const Graph graph = make_graph(test, problems);
  const auto fit = judge_schedulability(graph, load_of(graph, 1));
  EXPECT_DOUBLE_EQ(fit.path_ms, 50);
  EXPECT_EQ(fit.path, (std::vector<std::string>{"m0", "m1"}));
}

}  // namespace
}  // namespace hangil::runtime
