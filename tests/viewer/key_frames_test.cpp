// SPDX-License-Identifier: Apache-2.0
#include "viewer/key_frames.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace hangil::viewer {
namespace {

std::vector<FrameFacts> calm_drive(int count) {
  std::vector<FrameFacts> frames;
  for (int i = 0; i < count; ++i) frames.push_back({.stamp = {i * 100'000'000LL}});
  return frames;
}

bool has_reason(const KeyFrame& key, const std::string& start) {
  return std::any_of(key.reasons.begin(), key.reasons.end(), [&](auto& reason) { return reason.starts_with(start); });
}

std::vector<std::size_t> frames_for(const std::vector<KeyFrame>& keys, const std::string& start) {
  std::vector<std::size_t> found;
  for (const KeyFrame& key : keys) {
    if (has_reason(key, start)) found.push_back(key.frame);
  }
  return found;
}

TEST(KeyFrames, ACalmDriveShowsStartMiddleAndEnd) {
  const auto keys = pick_key_frames(calm_drive(101));
  ASSERT_EQ(keys.size(), 3u);
  EXPECT_EQ(keys[0].frame, 0u);
  EXPECT_EQ(keys[1].frame, 50u);
  EXPECT_EQ(keys[2].frame, 100u);
}

TEST(KeyFrames, WhatHappenedIsShownExactly) {
  auto frames = calm_drive(101);
  frames[20].acceleration_mps2 = -3.2;
  frames[30].closest_m = 1.2;
  frames[40].object_count = 9;
  frames[70].is_rejected = frames[71].is_rejected = true;
  frames[80].plan_distance_m = 0.7;
  const auto keys = pick_key_frames(frames);
  EXPECT_EQ(frames_for(keys, "hardest braking: -3.2"), std::vector<std::size_t>{20});
  EXPECT_EQ(frames_for(keys, "closest approach: 1.2"), std::vector<std::size_t>{30});
  EXPECT_EQ(frames_for(keys, "most objects: 9"), std::vector<std::size_t>{40});
  EXPECT_EQ(frames_for(keys, "plan rejected"), std::vector<std::size_t>{70});
  EXPECT_EQ(frames_for(keys, "tightest plan"), std::vector<std::size_t>{80});
  EXPECT_TRUE(std::is_sorted(keys.begin(), keys.end(), [](auto& a, auto& b) { return a.frame < b.frame; }));
}

TEST(KeyFrames, MomentsCloseToEachOtherShareAPicture) {
  auto frames = calm_drive(101);
  frames[50].is_rejected = true;
  frames[52].closest_m = 1;
  const auto keys = pick_key_frames(frames);
  ASSERT_EQ(keys.size(), 3u);
  EXPECT_EQ(keys[1].reasons.size(), 3u);
}

TEST(KeyFrames, FewOrBadFramesAreFine) {
  EXPECT_TRUE(pick_key_frames({}).empty());
  EXPECT_EQ(pick_key_frames(calm_drive(1)).size(), 1u);
  auto frames = calm_drive(10);
  for (auto& frame : frames) frame.closest_m = frame.acceleration_mps2 = frame.plan_distance_m = NAN;
  for (const KeyFrame& key : pick_key_frames(frames)) EXPECT_FALSE(has_reason(key, "closest"));
}

}  // namespace
}  // namespace hangil::viewer
