// SPDX-License-Identifier: Apache-2.0
#include "cli/run_statistics.hpp"

#include <gtest/gtest.h>
#include <malloc.h>
#include <nlohmann/json.hpp>

#include "cli/run_statistics_text.hpp"

namespace hangil::cli {
namespace {

constexpr std::int64_t kMs = 1'000'000;

// Frames every 100 ms through two modules: the first takes as many ms as `first_ms` says, the second one.
class MadeRun {
 public:
  explicit MadeRun(std::uint64_t frame_count)
      : statistics(info(), {static_cast<std::int64_t>(frame_count) * 100 * kMs}) {}

  void frame(std::uint64_t number, std::int64_t first_ms) {
    statistics.add_frame({static_cast<std::int64_t>(number - 1) * 100 * kMs});
    activation(number, 0, 0, first_ms);
    activation(number, 1, first_ms, first_ms + 1);
  }

  RunStatistics statistics;

 private:
  static runtime::RunInfo info() {
    runtime::RunInfo info;
    info.modules = {{.name = "first"}, {.name = "second"}};
    info.channels = {{"/s", "", -1}, {"/m0", "", 0}, {"/m1", "", 1}};
    info.frame_channel = 0, info.output_channel = 2;
    info.deadline = {50 * kMs};
    return info;
  }
  void activation(std::uint64_t number, std::uint16_t module, std::int64_t from_ms, std::int64_t until_ms) {
    const std::int64_t begin_ns = static_cast<std::int64_t>(number - 1) * 100 * kMs;
    runtime::ActivationRecord record{.module = module, .ordinal = number - 1, .origin = number};
    record.tag = {begin_ns + from_ms * kMs}, record.latency = {(until_ms - from_ms) * kMs};
    record.consumed = {{0, module, 1, number - 1}};
    record.produced = {{static_cast<std::uint16_t>(module + 1), number - 1}};
    record.host_input_ns = record.host_runnable_ns = record.host_start_ns = begin_ns + from_ms * kMs;
    record.host_end_ns = record.host_filed_ns = begin_ns + until_ms * kMs;
    statistics.add(record);
  }
};

nlohmann::json said(MadeRun& run) {
  run.statistics.finish({});
  return nlohmann::json::parse(statistics_json(run.statistics));
}

TEST(RunStatistics, SaysWhatHappenedWithinTheResolutionOfItsHistograms) {
  MadeRun run(100);
  for (std::uint64_t frame = 1; frame <= 100; ++frame) run.frame(frame, static_cast<std::int64_t>(frame));
  const auto all = said(run);
  EXPECT_NEAR(all["end_to_end_ms"]["p50"].get<double>(), 51, 0.004 * 51);
  EXPECT_NEAR(all["end_to_end_ms"]["p99"].get<double>(), 100, 0.4);
  EXPECT_DOUBLE_EQ(all["end_to_end_ms"]["max"].get<double>(), 101);
  EXPECT_NEAR(all["virtual_latency_ms"]["p50"].get<double>(), 51, 0.004 * 51);
  EXPECT_EQ(all["deadline_misses"], 51);
  EXPECT_NEAR(all["modules"]["first"]["p50_ms"].get<double>(), 50, 0.2);
  EXPECT_NEAR(all["modules"]["first"]["critical_share"].get<double>(), 5050.0 / 5150.0, 1e-9);
}

TEST(RunStatistics, TheRarestQuantileNeedsAThousandSamples) {
  MadeRun few(999), many(1000);
  for (std::uint64_t frame = 1; frame <= 999; ++frame) few.frame(frame, frame > 998 ? 40 : 1), many.frame(frame, 1);
  many.frame(1000, 40);
  EXPECT_TRUE(said(few)["end_to_end_ms"]["p999"].is_null());
  EXPECT_NEAR(said(many)["end_to_end_ms"]["p999"].get<double>(), 2, 0.01);
  EXPECT_TRUE(said(many)["quarters"][0]["end_to_end_ms"]["p999"].is_null());
}

TEST(RunStatistics, ARunThatGetsSlowerShowsItInItsQuarters) {
  MadeRun run(400);
  for (std::uint64_t frame = 1; frame <= 400; ++frame) run.frame(frame, frame > 300 ? 20 : 10);
  const auto quarters = said(run)["quarters"];
  ASSERT_EQ(quarters.size(), 4u);
  EXPECT_EQ(quarters[0]["end_to_end_ms"]["samples"], 100);
  EXPECT_NEAR(quarters[2]["end_to_end_ms"]["p50"].get<double>(), 11, 0.1);
  EXPECT_NEAR(quarters[3]["end_to_end_ms"]["p50"].get<double>(), 21, 0.1);
}

TEST(RunStatistics, APathMayComeBeforeItsFramesStamp) {
  RunStatistics statistics(MadeRun(1).statistics.info(), {1000 * kMs});
  for (std::int64_t frame = 1; frame <= 10; ++frame) {
    runtime::ActivationRecord record{.module = 1, .origin = static_cast<std::uint64_t>(frame)};
    record.tag = {(frame - 1) * 100 * kMs}, record.latency = {6 * kMs};
    record.produced = {{2, static_cast<std::uint64_t>(frame - 1)}};
    statistics.add(record);
  }
  for (std::int64_t frame = 1; frame <= 10; ++frame) statistics.add_frame({(frame - 1) * 100 * kMs});
  statistics.finish({});
  EXPECT_EQ(statistics.all_frames().virtual_latency.count(), 10u);
  EXPECT_EQ(statistics.all_frames().virtual_latency.max_ns(), 6 * kMs);
}

TEST(RunStatistics, EventsAreCountedAndTheFirstOfEachKindKept) {
  MadeRun run(1);
  for (int k = 0; k < 1000; ++k) run.statistics.add({.kind = "stale", .text = "number " + std::to_string(k)});
  EXPECT_EQ(run.statistics.shown_events().size(), 5u);
  EXPECT_EQ(said(run)["events"]["stale"], 1000);
  EXPECT_NE(statistics_text(run.statistics).find("stale: 995 more"), std::string::npos);
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // which keep a heap of their own
TEST(RunStatistics, HoldsNoMoreAfterAMillionActivationsThanAfterTwoThousand) {
  constexpr std::uint64_t kFrames = 500'000;
  MadeRun run(kFrames);
  std::size_t warm_bytes = 0;
  for (std::uint64_t frame = 1; frame <= kFrames; ++frame) {
    run.frame(frame, static_cast<std::int64_t>(frame % 50));
    run.statistics.add({.kind = "stale", .text = "a text that is longer than what fits into a string itself"});
    if (frame == 1000) warm_bytes = mallinfo2().uordblks;
  }
  EXPECT_LE(mallinfo2().uordblks, warm_bytes + 4'000);
  EXPECT_EQ(run.statistics.all_frames().end_to_end.count(), kFrames);
}
#endif

}  // namespace
}  // namespace hangil::cli
