// SPDX-License-Identifier: Apache-2.0
#include "fusion/track_history.hpp"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "fusion/made_pictures.hpp"

namespace hangil::fusion {
namespace {

using messages::ObjectClass;

// A frame of either kind with the moment that it arrives.
struct Arrival {
  int stamp_ms = 0, arrival_ms = 0;
  bool is_picture = false;
};

base::Time history_ms(int ms) { return base::Time{9'000'000'000} + base::Duration::milliseconds(ms); }

// Two cars that drive ahead; the LiDAR misses the second one in every third frame.
messages::Objects boxes_at(int ms, bool is_all) {
  std::vector<tests::Place> places = {{20 + 0.005 * ms, 3}};
  if (is_all || ms % 300 != 0) places.push_back({30 + 0.008 * ms, -3});
  return tests::objects_at(places, ObjectClass::kCar, 0.8F, history_ms(ms));
}

void take_in(TrackHistory& history, const Arrival& frame) {
  if (!frame.is_picture) {
    history.take(boxes_at(frame.stamp_ms, false), Eigen::Isometry3d::Identity());
    return;
  }
  const auto seen = tests::picture_of(boxes_at(frame.stamp_ms, true), ObjectClass::kCar, 0.9F);
  history.take({history_ms(frame.stamp_ms), tests::kOptics, tests::T_camera_ego(), seen.objects, true});
}

std::vector<Arrival> two_seconds() {
  std::vector<Arrival> frames;
  for (int ms = 0; ms < 2000; ms += 100) frames.push_back({ms, ms, false}), frames.push_back({ms + 30, ms + 30, true});
  return frames;
}

messages::Tracks tracks_of(std::vector<Arrival> frames) {
  std::stable_sort(frames.begin(), frames.end(),
                   [](const Arrival& a, const Arrival& b) { return a.arrival_ms < b.arrival_ms; });
  TrackHistory history(tracker_config_for_detector());
  for (const Arrival& frame : frames) take_in(history, frame);
  return history.tracks();
}

void expect_equal(const messages::Tracks& a, const messages::Tracks& b) {
  ASSERT_EQ(a.tracks.size(), b.tracks.size());
  EXPECT_EQ(a.header.stamp, b.header.stamp);
  for (std::size_t i = 0; i < a.tracks.size(); ++i) {
    EXPECT_EQ(a.tracks[i].box.x_m, b.tracks[i].box.x_m);
    EXPECT_EQ(a.tracks[i].vx_mps, b.tracks[i].vx_mps);
    EXPECT_EQ(a.tracks[i].existence_probability, b.tracks[i].existence_probability);
    EXPECT_EQ(a.tracks[i].covariance, b.tracks[i].covariance);
  }
}

TEST(TrackHistory, StampsMatterAndArrivalsDoNot) {
  const auto in_order = tracks_of(two_seconds());
  ASSERT_EQ(in_order.tracks.size(), 2u);
  for (int seed = 1; seed <= 20; ++seed) {
    std::mt19937 random(static_cast<unsigned>(seed));
    std::uniform_int_distribution<int> delay(0, 400);
    std::vector<Arrival> frames = two_seconds();
    // The first frame starts everything; the others come up to 0.4 s late.
    for (std::size_t i = 1; i < frames.size(); ++i) frames[i].arrival_ms += delay(random);
    expect_equal(tracks_of(frames), in_order);
  }
}

TEST(TrackHistory, PicturesThreeHundredMillisecondsLateCountInFull) {
  std::vector<Arrival> frames = two_seconds();
  for (Arrival& frame : frames) frame.arrival_ms += frame.is_picture ? 300 : 0;
  expect_equal(tracks_of(frames), tracks_of(two_seconds()));
}

TEST(TrackHistory, AnIdThatWasGivenStaysThroughEverythingLate) {
  TrackHistory history(tracker_config_for_detector());
  std::vector<std::uint32_t> ids;
  for (int ms = 0; ms < 3000; ms += 100) {
    take_in(history, {ms, ms, false});
    if (ms >= 300) take_in(history, {ms - 270, ms, true});
    for (const messages::Track& track : history.tracks().tracks) {
      if (track.id != 0) ids.push_back(track.id);
    }
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  EXPECT_EQ(ids, (std::vector<std::uint32_t>{1, 2}));
}

TEST(TrackHistory, WhatIsThereAlreadyOrTooOldIsRefused) {
  TrackHistory history(tracker_config_for_detector());
  for (int ms = 0; ms < 4000; ms += 100) take_in(history, {ms, ms, false});
  EXPECT_FALSE(history.take(boxes_at(3900, true), Eigen::Isometry3d::Identity()));
  EXPECT_FALSE(history.take(boxes_at(3500, true), Eigen::Isometry3d::Identity()));
  EXPECT_TRUE(history.take(boxes_at(3550, true), Eigen::Isometry3d::Identity()));
  EXPECT_FALSE(history.take({history_ms(1050), tests::kOptics, tests::T_camera_ego(), {}, true}));
}

TEST(TrackHistory, InOrderItIsTheTrackerItself) {
  TrackHistory history(tracker_config_for_detector());
  Tracker tracker(tracker_config_for_detector());
  messages::Tracks tracks;
  for (int ms = 0; ms < 3000; ms += 100) {
    take_in(history, {ms, ms, false});
    tracker.step(boxes_at(ms, false), Eigen::Isometry3d::Identity(), tracks);
    expect_equal(history.tracks(), tracks);
  }
}

}  // namespace
}  // namespace hangil::fusion
