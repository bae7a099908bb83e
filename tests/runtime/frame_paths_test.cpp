// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "runtime/latency.hpp"

namespace hangil::runtime {
namespace {

RunInfo chain_info() {
  RunInfo info;
  info.channels = {{"/s", "", -1}, {"/m0", "", 0}, {"/m1", "", 1}};
  info.frame_channel = 0, info.output_channel = 2;
  return info;
}

// One step of the chain /s -> m0 -> m1, a millisecond after the frame came and a millisecond long for each.
ActivationRecord step(std::uint64_t frame, std::uint16_t module) {
  ActivationRecord record{.module = module, .ordinal = frame - 1, .origin = frame};
  record.consumed = {{0, module, 1, frame - 1}};
  record.produced = {{static_cast<std::uint16_t>(module + 1), frame - 1}};
  record.host_input_ns = record.host_runnable_ns = record.host_start_ns =
      static_cast<std::int64_t>(frame) * 100 + module;
  record.host_end_ns = record.host_filed_ns = record.host_start_ns + 1;
  return record;
}

TEST(FramePaths, APathIsThereWithTheRecordThatEndsIt) {
  FramePaths paths(chain_info());
  EXPECT_FALSE(paths.add(step(1, 0)));
  EXPECT_FALSE(paths.add(step(2, 0)));
  const auto first = paths.add(step(1, 1));
  ASSERT_TRUE(first);
  EXPECT_EQ(first->frame, 1u);
  EXPECT_EQ(first->parts.size(), 2u);
  EXPECT_EQ(first->end_to_end_ns, 2);
  EXPECT_FALSE(paths.add(step(1, 1)));  // only the first output ends the frame
  const auto second = paths.add(step(2, 1));
  ASSERT_TRUE(second);
  EXPECT_EQ(second->parts.size(), 2u);
}

TEST(FramePaths, AFrameThatNeverEndsIsGivenUpAndALaterOneStillHasItsPath) {
  FramePaths paths(chain_info());
  for (std::uint64_t frame = 1; frame <= 2 * FramePaths::kMostFrames; ++frame) EXPECT_FALSE(paths.add(step(frame, 0)));
  EXPECT_FALSE(paths.add(step(1, 1)));  // given up long ago: a path without its beginning would be wrong
  const auto newest = paths.add(step(2 * FramePaths::kMostFrames, 1));
  ASSERT_TRUE(newest);
  EXPECT_EQ(newest->parts.size(), 2u);
}

TEST(FramePaths, RecordsOfOneFrameWithoutEndAreGivenUp) {
  FramePaths paths(chain_info());
  for (std::size_t k = 0; k <= FramePaths::kMostRecords; ++k) EXPECT_FALSE(paths.add(step(7, 0)));
  EXPECT_FALSE(paths.add(step(7, 1)));
  EXPECT_FALSE(paths.add(step(8, 0)));
  EXPECT_TRUE(paths.add(step(8, 1)));
}

// Only a damaged or foreign file says so; it must not keep anybody busy for ever.
TEST(FramePaths, AnActivationThatConsumedItsOwnOutputHasAPathThatEnds) {
  FramePaths paths(chain_info());
  ActivationRecord record = step(1, 1);
  record.consumed = {{0, 2, 1, 0}};
  const auto path = paths.add(record);
  ASSERT_TRUE(path);
  EXPECT_EQ(path->parts.size(), 1u);
}

}  // namespace
}  // namespace hangil::runtime
