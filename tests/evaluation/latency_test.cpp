// SPDX-License-Identifier: Apache-2.0
#include "evaluation/latency.hpp"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

namespace hangil::evaluation {
namespace {

constexpr std::int64_t kMs = 1'000'000;

struct SyntheticRun {
  runtime::RunInfo info;
  std::vector<runtime::ActivationRecord> activations;
  std::vector<runtime::FramePath> paths;

  // `count` frames; module "first" runs i ms in frame i, "second" always 10 ms after a queue of 2 ms.
  explicit SyntheticRun(int count) {
    info.modules = {{"first", "f", {50 * kMs}}, {"second", "s", {5 * kMs}}, {"third", "t", {}, {}, true, "no writer"}};
    info.channels = {{"/points", "sensor_msgs/msg/PointCloud2", -1}};
    info.deadline = {60 * kMs};
    for (int i = 1; i <= count; ++i) add_frame(i);
  }
  void add_frame(std::int64_t i) {
    runtime::FramePath path{.frame = static_cast<std::uint64_t>(i), .end_to_end_ns = (i + 12) * kMs};
    path.virtual_latency = {55 * kMs};
    path.is_late = path.end_to_end_ns > info.deadline.ns;
    path.parts = {{0, 0, 0, 0, i * kMs, 0}, {1, 0, 0, 2 * kMs, 10 * kMs, 0}};
    paths.push_back(path);
    for (const std::uint16_t module : {0, 1}) {
      runtime::ActivationRecord record{.module = module};
      record.host_start_ns = i * 1000 * kMs;
      record.host_end_ns = record.host_start_ns + (module == 0 ? i : 10) * kMs;
      activations.push_back(record);
    }
  }
  LatencyInput input() const {
    return {.info = &info, .frame_count = paths.size() + 1, .paths = paths, .activations = activations};
  }
};

TEST(Latency, QuantilesAreValuesThatOccurred) {
  const auto result = evaluate_latency(SyntheticRun(100).input());
  EXPECT_DOUBLE_EQ(result.modules[0].run_ms.p50, 50);
  EXPECT_DOUBLE_EQ(result.modules[0].run_ms.p99, 99);
  EXPECT_DOUBLE_EQ(result.modules[0].run_ms.max, 100);
  EXPECT_DOUBLE_EQ(result.end_to_end_ms.p50, 62);
  EXPECT_DOUBLE_EQ(result.end_to_end_ms.max, 112);
  EXPECT_EQ(result.frame_count, 101u);
  EXPECT_EQ(result.answered_frame_count, 100u);
}

TEST(Latency, TheRarestQuantileNeedsAThousandSamples) {
  EXPECT_TRUE(std::isnan(evaluate_latency(SyntheticRun(999).input()).end_to_end_ms.p999));
  EXPECT_DOUBLE_EQ(evaluate_latency(SyntheticRun(1000).input()).end_to_end_ms.p999, 999 + 12);
}

TEST(Latency, SharesOfModulesAndPartsSumToOne) {
  const auto result = evaluate_latency(SyntheticRun(100).input());
  EXPECT_NEAR(result.modules[0].critical_path_share_ratio, 5050.0 / 6250.0, 1e-9);
  EXPECT_NEAR(result.modules[0].critical_path_share_ratio + result.modules[1].critical_path_share_ratio, 1, 1e-9);
  EXPECT_NEAR(result.shares.run_ratio, 6050.0 / 6250.0, 1e-9);
  EXPECT_NEAR(result.shares.queue_ratio, 200.0 / 6250.0, 1e-9);
  EXPECT_DOUBLE_EQ(result.modules[1].path_ms.p50, 12);
}

TEST(Latency, MissesAreFramesBeyondTheDeadline) {
  const auto result = evaluate_latency(SyntheticRun(100).input());
  EXPECT_EQ(result.deadline_miss_count, 52u);  // 12 + i > 60
  EXPECT_DOUBLE_EQ(result.deadline_ms, 60);
  EXPECT_EQ(result.modules[0].over_budget_count, 50u);
  EXPECT_EQ(result.modules[1].over_budget_count, 100u);
}

TEST(Latency, ModulesLeftOutSayWhy) {
  const auto result = evaluate_latency(SyntheticRun(1).input());
  EXPECT_TRUE(result.modules[2].is_left_out);
  EXPECT_EQ(result.modules[2].left_out_reason, "no writer");
  EXPECT_EQ(result.modules[2].activation_count, 0u);
}

TEST(Latency, DropsAddUpByReasonAndForeignIndicesAreToldApart) {
  const SyntheticRun run(1);
  const std::vector<runtime::DropRecord> drops = {{0, 0, 0, 5, 2, "overflow", {}, {7 * kMs}},
                                                  {0, 0, 0, 9, 1, "overflow", {}, {3 * kMs}},
                                                  {9, 0, 9, 1, 1, "superseded", {}, {}}};
  const std::vector<runtime::EventRecord> events = {
      {{}, "left_out", 2, -1, 0, "why"}, {{}, "clock_clamped"}, {{}, "left_out", 2}};
  auto input = run.input();
  input.drops = drops, input.events = events;
  const auto result = evaluate_latency(input);
  EXPECT_EQ(result.drop_count, 4u);
  ASSERT_EQ(result.drops.size(), 2u);
  EXPECT_EQ(result.drops[0].message_count, 3u);
  EXPECT_EQ(result.drops[0].module, "first");
  EXPECT_DOUBLE_EQ(result.drops[0].max_age_ms, 7);
  EXPECT_EQ(result.drops[1].module, "?");
  ASSERT_EQ(result.events.size(), 2u);
  EXPECT_EQ(result.events[1].count, 2u);
  EXPECT_EQ(result.events[1].first_text, "why");
}

TEST(Quantiles, DoNotDependOnOrderAndLeaveOutWhatIsNoNumber) {
  std::vector<double> values = {3, 1, NAN, 2, HUGE_VAL};
  EXPECT_EQ(quantiles(values).sample_count, 3u);
  EXPECT_EQ(quantiles(values).p50, 2);
  EXPECT_EQ(quantiles(values).max, 3);
  EXPECT_DOUBLE_EQ(quantiles(values).mean, 2);
  EXPECT_TRUE(std::isnan(quantiles({}).p99));
}

}  // namespace
}  // namespace hangil::evaluation
