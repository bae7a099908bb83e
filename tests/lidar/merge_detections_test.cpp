// SPDX-License-Identifier: Apache-2.0
#include "lidar/merge_detections.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include <gtest/gtest.h>

namespace hangil::lidar {
namespace {

using messages::Object;
using messages::ObjectClass;
using messages::Objects;

Object detected(ObjectClass object_class, double x_m, double y_m, double length_m, double width_m) {
  return {object_class, 0.6f, {x_m, y_m, 0.8, 0, length_m, width_m, 1.6}, 20};
}
Object car(double x_m, double y_m) { return detected(ObjectClass::kCar, x_m, y_m, 4, 1.7); }

Objects list(std::int64_t stamp_ms, std::vector<Object> objects) {
  return {.header = {base::Time{stamp_ms * 1'000'000}, "ego"}, .objects = std::move(objects)};
}

TEST(MergeDetections, AClusterInsideABoxIsAbsorbed) {
  const Objects detections = list(0, {car(10, 0)});
  for (const Object& cluster :
       {detected(ObjectClass::kUnknown, 10.5, 0.2, 2, 1), detected(ObjectClass::kVan, 10.1, 0, 4.4, 1.8),
        detected(ObjectClass::kPedestrian, 9, 0, 0.5, 0.5), car(11, 0.4),
        detected(ObjectClass::kUnknown, 11.9, 0, 0.8, 0.5)}) {
    const Objects merged = merge_detections(detections, list(0, {cluster}));
    ASSERT_EQ(merged.objects.size(), 1u) << cluster.box.x_m;
    EXPECT_EQ(merged.objects[0].box.x_m, 10);
  }
}

TEST(MergeDetections, WhatIsNoPartStays) {
  const Objects detections = list(0, {car(10, 0)});
  for (const Object& cluster :
       {detected(ObjectClass::kUnknown, 20, 5, 1, 1), detected(ObjectClass::kPedestrian, 10, 1.0, 0.5, 0.5),
        detected(ObjectClass::kUnknown, 12.3, 0, 1, 1), detected(ObjectClass::kUnknown, 10, 2, 9, 3), car(10, 2.5)}) {
    EXPECT_EQ(merge_detections(detections, list(0, {cluster})).objects.size(), 2u) << cluster.box.x_m;
  }
}

// Whatever the detector has no name for: every cluster apart from all boxes is there afterwards, as it was.
TEST(MergeDetections, UnknownObjectsAreNeverDropped) {
  std::mt19937_64 random(3);
  std::uniform_real_distribution<double> place_m(-40, 40), size_m(0.3, 3);
  for (int round = 0; round < 50; ++round) {
    Objects detections = list(0, {}), clusters = list(0, {});
    for (int i = 0; i < 6; ++i) detections.objects.push_back(car(place_m(random), place_m(random)));
    for (int i = 0; i < 30; ++i) {
      const double x_m = place_m(random), y_m = place_m(random), length_m = size_m(random);
      clusters.objects.push_back(detected(ObjectClass::kUnknown, x_m, y_m, length_m, size_m(random)));
    }
    const Objects merged = merge_detections(detections, clusters);
    for (const Object& cluster : clusters.objects) {
      const bool is_apart = std::none_of(detections.objects.begin(), detections.objects.end(), [&](const Object& d) {
        return std::hypot(d.box.x_m - cluster.box.x_m, d.box.y_m - cluster.box.y_m) < 5;
      });
      const auto is_it = [&](const Object& o) { return o.box.x_m == cluster.box.x_m && o.box.y_m == cluster.box.y_m; };
      if (is_apart) {
        EXPECT_TRUE(std::any_of(merged.objects.begin(), merged.objects.end(), is_it));
      }
    }
    for (std::size_t i = 1; i < merged.objects.size(); ++i) {
      const auto &a = merged.objects[i - 1].box, &b = merged.objects[i].box;
      EXPECT_LE(std::hypot(a.x_m, a.y_m), std::hypot(b.x_m, b.y_m) + 1e-12);
    }
  }
}

std::vector<std::int64_t> stamps_ms(const std::vector<Objects>& released) {
  std::vector<std::int64_t> stamps;
  for (const Objects& objects : released) stamps.push_back(objects.header.stamp.ns / 1'000'000);
  return stamps;
}
using Stamps = std::vector<std::int64_t>;

TEST(DetectionJoin, WithoutADetectorClustersGoOnAtOnce) {
  DetectionJoin join(base::Duration::milliseconds(500));
  for (std::int64_t ms = 0; ms < 1000; ms += 100) {
    const Objects clusters = list(ms, {car(5, 5)});
    EXPECT_EQ(stamps_ms(join.add({&clusters}, {})), Stamps{ms});
  }
}

TEST(DetectionJoin, ClustersWaitForTheDetectorAndComeInOrder) {
  DetectionJoin join(base::Duration::milliseconds(500));
  const Objects detection_0 = list(0, {}), detection_200 = list(200, {car(10, 0)});
  const Objects c0 = list(0, {car(5, 5)}), c100 = list(100, {}), c200 = list(200, {car(5, 5)}), c300 = list(300, {});
  EXPECT_EQ(stamps_ms(join.add({&c0}, {})), Stamps{0});
  EXPECT_TRUE(join.add({}, {&detection_0}).empty());
  EXPECT_TRUE(join.add({&c100}, {}).empty());
  EXPECT_TRUE(join.add({&c200}, {}).empty());
  EXPECT_TRUE(join.add({&c300}, {}).empty());
  // The detector left 100 out: that goes on alone.
  const auto released = join.add({}, {&detection_200});
  EXPECT_EQ(stamps_ms(released), (Stamps{100, 200}));
  EXPECT_EQ(released[0].objects.size(), 0u);
  EXPECT_EQ(released[1].objects.size(), 2u);
}

TEST(DetectionJoin, ADetectorThatFallsSilentIsWaitedForOnlyForAWhile) {
  DetectionJoin join(base::Duration::milliseconds(250));
  const Objects detection = list(0, {});
  EXPECT_TRUE(join.add({}, {&detection}).empty());
  Stamps released;
  for (std::int64_t ms = 100; ms <= 600; ms += 100) {
    const Objects clusters = list(ms, {});
    for (const std::int64_t stamp : stamps_ms(join.add({&clusters}, {}))) released.push_back(stamp);
  }
  EXPECT_EQ(released, (Stamps{100, 200, 300, 400, 500, 600}));
}

TEST(DetectionJoin, ScansASecondApartWaitForADetectorThatAnswersEach) {
  DetectionJoin join(base::Duration::milliseconds(500));
  const Objects first = list(0, {});
  join.add({&first}, {&first});
  for (std::int64_t ms = 1000; ms <= 5000; ms += 1000) {
    const Objects clusters = list(ms, {car(5, 5)}), detection = list(ms, {car(10, 0)});
    EXPECT_TRUE(join.add({&clusters}, {}).empty()) << ms;
    const auto released = join.add({}, {&detection});
    ASSERT_EQ(stamps_ms(released), Stamps{ms});
    EXPECT_EQ(released[0].objects.size(), 2u);
  }
  // One that stops answering is waited for once more only.
  const Objects c6 = list(6000, {}), c7 = list(7000, {}), c8 = list(8000, {});
  EXPECT_TRUE(join.add({&c6}, {}).empty());
  EXPECT_EQ(stamps_ms(join.add({&c7}, {})), (Stamps{6000, 7000}));
  EXPECT_EQ(stamps_ms(join.add({&c8}, {})), Stamps{8000});
}

TEST(DetectionJoin, StampsThatStandStillDoNotFillTheMemory) {
  DetectionJoin join(base::Duration::milliseconds(250));
  const Objects detection = list(0, {}), clusters = list(100, {});
  join.add({}, {&detection});
  std::size_t released = 0;
  for (int i = 0; i < 1000; ++i) released += join.add({&clusters}, {}).size();
  EXPECT_GE(released, 900u);
}

}  // namespace
}  // namespace hangil::lidar
