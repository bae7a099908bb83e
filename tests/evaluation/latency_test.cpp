// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "evaluation/result_tables.hpp"

namespace hangil::evaluation {
namespace {

constexpr std::int64_t kMs = 1'000'000;

struct SyntheticRun {
  runtime::RunInfo info;
  std::vector<runtime::ActivationRecord> activations;
  std::vector<runtime::FramePath> paths;
  std::vector<base::Time> frame_stamps;

  // `count` frames; module "first" runs i ms in frame i, "second" always 10 ms after a queue of 2 ms.
  explicit SyntheticRun(int count) {
    info.modules = {{"first", "f", {50 * kMs}}, {"second", "s", {5 * kMs}}, {"third", "t", {}, {}, true, "no writer"}};
    info.channels = {{"/points", "sensor_msgs/msg/PointCloud2", -1}};
    info.deadline = {60 * kMs};
    info.executive = "replay", info.latency_mode = "declared", info.start = {5'000 * kMs};
    for (int i = 1; i <= count; ++i) add_frame(i);
    frame_stamps.push_back({info.start.ns + (count + 1) * 100 * kMs});  // never answered
  }
  void add_frame(std::int64_t i) {
    runtime::FramePath path{.frame = static_cast<std::uint64_t>(i), .end_to_end_ns = (i + 12) * kMs};
    path.virtual_latency = {55 * kMs};
    path.is_late = path.end_to_end_ns > info.deadline.ns;
    path.parts = {{0, 0, 0, 0, i * kMs, 0}, {1, 0, 0, 2 * kMs, 10 * kMs, 0}};
    paths.push_back(path);
    frame_stamps.push_back({info.start.ns + i * 100 * kMs});
    for (const std::uint16_t module : {0, 1}) {
      runtime::ActivationRecord record{.module = module};
      record.host_start_ns = i * 1000 * kMs;
      record.host_end_ns = record.host_start_ns + (module == 0 ? i : 10) * kMs;
      activations.push_back(record);
    }
  }
  LatencyInput input() const {
    return {.info = &info, .frame_stamps = frame_stamps, .paths = paths, .activations = activations};
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

TEST(Latency, OnADriveTheTimeSinceTheStampDecides) {
  SyntheticRun run(100);
  for (const char* executive : {"live", "as-driven"}) {
    run.info.executive = executive;
    EXPECT_EQ(evaluate_latency(run.input()).deadline_miss_count, 0u);  // always 55 ms by the drive's own time
    run.paths[7].virtual_latency = {61 * kMs};
    const auto result = evaluate_latency(run.input());
    ASSERT_EQ(result.deadline_miss_count, 1u);
    EXPECT_EQ(result.late_frames[0].frame, 8u);
    EXPECT_DOUBLE_EQ(result.late_frames[0].latency_ms, 61);
    run.paths[7].virtual_latency = {55 * kMs};
  }
}

TEST(Latency, EachExecutiveNamesItsClocks) {
  SyntheticRun run(1);
  const auto replayed = evaluate_latency(run.input()).clocks;
  EXPECT_NE(replayed.run.find("compute time"), std::string::npos);
  EXPECT_NE(replayed.virtual_latency.find("declared budgets"), std::string::npos);
  EXPECT_EQ(replayed.deadline, replayed.end_to_end);
  run.info.executive = "live";
  const auto driven = evaluate_latency(run.input()).clocks;
  EXPECT_NE(driven.run.find("that drove"), std::string::npos);
  EXPECT_NE(driven.deadline.find("from a frame's stamp"), std::string::npos);
}

TEST(Latency, LateFramesNameTheModuleThatHeldThemLongest) {
  const auto result = evaluate_latency(SyntheticRun(100).input());
  ASSERT_EQ(result.late_frames.size(), 52u);
  EXPECT_EQ(result.late_frames[0].frame, 49u);
  EXPECT_DOUBLE_EQ(result.late_frames[0].at_s, 4.9);
  EXPECT_DOUBLE_EQ(result.late_frames[0].latency_ms, 61);
  EXPECT_EQ(result.late_frames[0].worst_module, "first");
  EXPECT_DOUBLE_EQ(result.late_frames[0].worst_module_ms, 49);
}

TEST(Latency, RunsAtAReducedLevelAreCounted) {
  SyntheticRun run(3);
  run.activations[0].level = 1, run.activations[2].level = 2;
  const auto result = evaluate_latency(run.input());
  EXPECT_EQ(result.modules[0].reduced_count, 2u);
  EXPECT_EQ(result.modules[1].reduced_count, 0u);
}

TEST(Latency, ModulesLeftOutSayWhy) {
  const auto result = evaluate_latency(SyntheticRun(1).input());
  EXPECT_TRUE(result.modules[2].is_left_out);
  EXPECT_EQ(result.modules[2].left_out_reason, "no writer");
  EXPECT_EQ(result.modules[2].activation_count, 0u);
}

TEST(Latency, DropsAddUpByReasonAndForeignIndicesAreToldApart) {
  SyntheticRun run(1);
  run.info.modules[0].inputs = {"points"};
  const std::vector<runtime::DropRecord> drops = {{0, 0, 0, 5, 2, "overflow", {6'500 * kMs}, {7 * kMs}},
                                                  {0, 0, 0, 9, 1, "overflow", {}, {3 * kMs}},
                                                  {9, 0, 9, 1, 1, "superseded", {}, {}}};
  const std::vector<runtime::EventRecord> events = {
      {{5'250 * kMs}, "left_out", 2, -1, 0, "why"}, {{}, "clock_clamped"}, {{}, "left_out", 2}};
  auto input = run.input();
  input.drops = drops, input.events = events;
  const auto result = evaluate_latency(input);
  EXPECT_EQ(result.drop_count, 4u);
  ASSERT_EQ(result.drops.size(), 2u);
  EXPECT_EQ(result.drops[0].message_count, 3u);
  EXPECT_EQ(result.drops[0].module, "first");
  EXPECT_DOUBLE_EQ(result.drops[0].max_age_ms, 7);
  EXPECT_EQ(result.drops[1].module, "?");
  ASSERT_EQ(result.victims.size(), 3u);
  EXPECT_EQ(result.victims[0].topic + " " + result.victims[0].module + "." + result.victims[0].input,
            "/points first.points");
  EXPECT_EQ(result.victims[0].first, 5u);
  EXPECT_EQ(result.victims[0].message_count, 2u);
  EXPECT_DOUBLE_EQ(result.victims[0].at_s, 1.5);
  EXPECT_DOUBLE_EQ(result.victims[0].age_ms, 7);
  EXPECT_EQ(result.victims[2].input, "?");
  ASSERT_EQ(result.events.size(), 2u);
  EXPECT_EQ(result.events[1].count, 2u);
  EXPECT_EQ(result.events[1].module, "third");
  EXPECT_EQ(result.events[1].first_text, "why");
  EXPECT_DOUBLE_EQ(result.events[1].first_at_s, 0.25);
  EXPECT_EQ(result.event_texts.size(), 3u);
}

TEST(Latency, ListsEndWhereCountsGoOn) {
  const SyntheticRun run(1);
  const std::vector<runtime::DropRecord> drops(kMostListed + 5, {0, 0, 0, 5, 2, "overflow", {}, {}});
  auto input = run.input();
  input.drops = drops;
  const auto result = evaluate_latency(input);
  EXPECT_EQ(result.victims.size(), kMostListed);
  EXPECT_EQ(result.victim_count, kMostListed + 5);
  EXPECT_EQ(result.drop_count, 2 * (kMostListed + 5));
  EXPECT_EQ(victim_table(result, 7).rows.size(), 7u);
  EXPECT_EQ(victim_table(result, 7).note, "and 998 more");
  EXPECT_EQ(victim_table(result, 7).rows[0][0], "/points #5 to #6");
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
