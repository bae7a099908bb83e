// SPDX-License-Identifier: Apache-2.0
#include "planning/future_boxes.hpp"

#include <gtest/gtest.h>

#include "planning/street.hpp"

namespace hangil::planning {
namespace {

const math::Box2 kEgo{{1.385, 0, 0}, 4.77, 1.82};

std::vector<RelevantFuture> relevant(const messages::Predictions& predictions, double reach_m = 100) {
  return relevant_futures(predictions, kEgo, reach_m, {});
}

TEST(FutureBoxes, BoxMovesBetweenTheStates) {
  const auto predictions = tests::predictions_of({tests::car_at({20, 1, 0}, 10)});
  const auto futures = relevant(predictions);
  ASSERT_FALSE(futures.empty());
  ASSERT_EQ(futures[0].future->manoeuvre, "constant_velocity");
  for (const double t : {0.0, 0.1, 0.2, 0.33, 3.0, 5.9, 6.0, 8.0}) {
    EXPECT_NEAR(box_at(futures[0], predictions.step, {}, t).pose.x_m, 20 + 10 * t, 1e-6) << t;
  }
}

TEST(FutureBoxes, BoxGrowsByMarginAndUncertaintyUpToItsBounds) {
  const auto predictions = tests::predictions_of({tests::car_at({20, 1, 0}, 10)});
  const auto futures = relevant(predictions);
  KeptDistance kept;
  const math::Box2 late = box_at(futures[0], predictions.step, kept, 6);
  EXPECT_NEAR(late.length_m, 4.4 + 2 * (kept.margin_m + kept.most_along_m), 1e-9);
  EXPECT_NEAR(late.width_m, 1.8 + 2 * (kept.margin_m + kept.most_across_m), 1e-9);
  const math::Box2 early = box_at(futures[0], predictions.step, kept, 0.2);
  EXPECT_LT(early.length_m, late.length_m);
  EXPECT_GE(early.length_m, 4.4 + 2 * kept.margin_m);
}

TEST(FutureBoxes, PeopleGetMoreRoom) {
  const auto predictions = tests::predictions_of(
      {tests::pedestrian_at(20, 6, 0, 0), tests::object_at(tests::ObjectClass::kOther, {20, -6, 0}, 0, 0, 0.6, 0.6)});
  const auto futures = relevant(predictions);
  ASSERT_EQ(futures.size(), 2u);
  const double person = box_at(futures[0], predictions.step, {}, 1).width_m;
  const double thing = box_at(futures[1], predictions.step, {}, 1).width_m;
  EXPECT_NEAR(person - thing, 2 * KeptDistance{}.more_to_people_m, 0.05);
}

TEST(FutureBoxes, ObjectWithinTheKeptDistanceNowIsKeptAtThatDistance) {
  // 0.2 m beside the ego.
  const auto predictions = tests::predictions_of({tests::car_at({2, 0.91 + 0.2 + 0.9, 0}, 0)});
  const auto futures = relevant(predictions);
  ASSERT_FALSE(futures.empty());
  EXPECT_LT(futures[0].kept_ratio, 1);
  EXPECT_GT(futures[0].kept_ratio, 0);
  for (const double t : {0.0, 2.0, 5.0}) {
    EXPECT_FALSE(math::overlaps(box_at(futures[0], predictions.step, {}, t), kEgo));
  }
}

TEST(FutureBoxes, FollowersFarOnesAndDoubtfulOnesAreLeftOut) {
  auto doubtful = tests::car_at({20, 0, 0}, 0);
  doubtful.existence_probability = 0.1F;
  EXPECT_TRUE(relevant(tests::predictions_of({doubtful})).empty());
  EXPECT_TRUE(relevant(tests::predictions_of({tests::car_at({-8, 0.5, 0}, 12)})).empty());
  EXPECT_TRUE(relevant(tests::predictions_of({tests::car_at({500, 0, 0}, 5)})).empty());
  EXPECT_FALSE(relevant(tests::predictions_of({tests::car_at({-8, 3, 0}, 12)})).empty());
  // Far now, but coming.
  EXPECT_FALSE(relevant(tests::predictions_of({tests::car_at({160, 0, 3.14}, 15)})).empty());
}

TEST(FutureBoxes, WideFollowerIsAFollowerToo) {
  auto truck = tests::car_at({-10, 0, 0}, 12);
  truck.box.width_m = 2.6;
  EXPECT_TRUE(relevant(tests::predictions_of({truck})).empty());
}

TEST(FutureBoxes, StepsHoldWhatTheirExtentCanMeet) {
  const auto predictions = tests::predictions_of({tests::car_at({20, 0, 0}, 10), tests::car_at({20, 60, 0}, 0)});
  const auto futures = relevant(predictions);
  std::vector<Extent> extents(4);
  for (Extent& extent : extents) extent = {0, 30, -1, 1};
  BoxesByStep boxes;
  fill_boxes(futures, predictions.step, {}, {5, 0}, 0.5, extents, 5, boxes);
  ASSERT_EQ(boxes.first.size(), 5u);
  for (std::size_t i = 0; i < boxes.x_m.size(); ++i) EXPECT_LT(std::abs(boxes.y_m[i]), 10.0F);
  EXPECT_EQ(boxes.x_m[0], 15.0F);  // relative to the origin
}

}  // namespace
}  // namespace hangil::planning
