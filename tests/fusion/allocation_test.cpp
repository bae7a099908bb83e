// SPDX-License-Identifier: Apache-2.0
// Not under a sanitizer, which has a heap of its own.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#include <cstdlib>
#include <new>

#include <gtest/gtest.h>

#include "fusion/moving_objects.hpp"
#include "fusion/track_history.hpp"

namespace {
std::size_t allocation_count = 0;
}

// Counts what this test program takes from the heap.
void* operator new(std::size_t size) {
  ++allocation_count;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace hangil::fusion {
namespace {

TEST(Tracker, TakesNothingFromTheHeapOnceWarm) {
  Tracker tracker(TrackerConfig{});
  messages::Tracks tracks;
  std::vector<messages::Objects> frames;
  for (int i = 0; i < 200; ++i) {
    std::vector<tests::MovingObject> objects;
    for (int k = 0; k < 10 + i % 50 % 7; ++k)
      objects.push_back({.x_m = 8.0 * k, .y_m = 5.0 * (i / 50 % 2), .vx_mps = 3});
    frames.push_back(tests::frame_of(objects, i));
  }
  for (int i = 0; i < 100; ++i)
    ASSERT_TRUE(tracker.step(frames[static_cast<std::size_t>(i)], Eigen::Isometry3d::Identity(), tracks));
  const std::size_t before = allocation_count;
  EXPECT_GT(before, 200u);  // it does count
  for (int i = 100; i < 200; ++i)
    tracker.step(frames[static_cast<std::size_t>(i)], Eigen::Isometry3d::Identity(), tracks);
  EXPECT_EQ(allocation_count, before);
  EXPECT_GE(tracks.tracks.size(), 10u);
}

// Boxes and pictures in turn, as the module takes them.
TEST(TrackHistory, TakesNothingFromTheHeapOnceWarm) {
  TrackHistory history(TrackerConfig{});
  std::vector<tests::MovingObject> objects;
  for (int k = 0; k < 10; ++k) objects.push_back({.x_m = 8.0 * k, .vx_mps = 3});
  std::vector<messages::Objects> frames;
  for (int i = 0; i < 200; ++i) frames.push_back(tests::frame_of(objects, i));
  const std::vector<messages::ImageObject> seen(3);
  const auto take = [&](int i) {
    const messages::Objects& boxes = frames[static_cast<std::size_t>(i)];
    ASSERT_TRUE(history.take(boxes, Eigen::Isometry3d::Identity()));
    ImageFrame picture{.stamp = boxes.header.stamp, .optics = {700, 700, 600, 180, 1242, 375}, .boxes = seen};
    ASSERT_TRUE(history.take(picture));
  };
  for (int i = 0; i < 100; ++i) take(i);
  const std::size_t before = allocation_count;
  for (int i = 100; i < 200; ++i) take(i);
  EXPECT_EQ(allocation_count, before);
  EXPECT_GE(history.tracks().tracks.size(), 10u);
}

}  // namespace
}  // namespace hangil::fusion
#endif
