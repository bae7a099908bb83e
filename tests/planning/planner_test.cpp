// SPDX-License-Identifier: Apache-2.0
#include "planning/planner.hpp"

#include <limits>
#include <random>

#include <gtest/gtest.h>

#include "messages/trajectory_at.hpp"
#include "planning/street.hpp"

namespace hangil::planning {
namespace {

using messages::TrajectoryPoint;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

messages::Trajectory plan_once(const Route& road, const math::MotionState& ego,
                               const messages::Predictions& predictions, std::int64_t allowance = 0) {
  Planner planner{PlannerConfig{}};
  return planner.plan({ego, &predictions, &road}, "map", allowance);
}

// Bare boxes of all probable futures against every published point, with Box2 and nothing else.
bool touches_by_hand(const std::vector<TrajectoryPoint>& points, const messages::Predictions& predictions,
                     double least_probability) {
  const math::Footprint vehicle;
  const math::Box2 start = vehicle.at({points[0].x_m, points[0].y_m, points[0].yaw_rad});
  const auto relevant = relevant_futures(predictions, start, 1e6, {});
  double moved = 0;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const TrajectoryPoint& p = points[i];
    moved += std::hypot(p.x_m - points[i - 1].x_m, p.y_m - points[i - 1].y_m);
    if (moved < 0.35 || p.time_s > 6.0 + 1e-9) continue;
    const math::Box2 box = vehicle.at({p.x_m, p.y_m, p.yaw_rad});
    for (const RelevantFuture& future : relevant) {
      if (future.probability < least_probability) continue;
      const auto& object = future.object->box;
      math::Box2 other = box_at(future, predictions.step, {0, 0, 0, 0}, p.time_s);
      other.length_m = object.length_m, other.width_m = object.width_m;
      if (math::overlaps(box, other)) return true;
    }
  }
  return false;
}

double farthest_corner_m(const std::vector<TrajectoryPoint>& points, const Route& road) {
  double farthest = 0;
  double s = road.path.project({points[0].x_m, points[0].y_m});
  for (const TrajectoryPoint& p : points) {
    s = road.path.project({p.x_m, p.y_m}, s - 2, s + 10);
    for (const math::Point2 corner : math::corners(math::Footprint{}.at({p.x_m, p.y_m, p.yaw_rad}))) {
      const math::Point2 on = road.path.at(road.path.project(corner, s - 8, s + 8)).point;
      farthest = std::max(farthest, std::hypot(corner.x_m - on.x_m, corner.y_m - on.y_m));
    }
  }
  return farthest;
}

TEST(Planner, FreePlansTouchNothingAndStayInTheCorridor) {
  std::mt19937 random(1);
  const Route road = tests::winding_road(600);
  std::uniform_real_distribution<double> place(20, 400), speed(0, 14), across(-0.8, 0.8);
  int free = 0, blocked = 0, free_stops = 0;
  for (int i = 0; i < 300; ++i) {
    const double s = place(random);
    const math::MotionState ego = tests::driving_on(road, s, speed(random), across(random));
    const auto predictions =
        tests::predictions_of(tests::random_tracks(random, 1 + i % 20, {ego.pose.x_m, ego.pose.y_m}, 40));
    const messages::Trajectory trajectory = plan_once(road, ego, predictions);
    ASSERT_GE(trajectory.points.size(), 2u);
    ASSERT_GE(trajectory.stop_points.size(), 2u);
    EXPECT_LT(farthest_corner_m(trajectory.points, road), 2.5 + 0.05) << "round " << i;
    if (trajectory.behaviour.find("no free stop") == std::string::npos) {
      EXPECT_FALSE(touches_by_hand(trajectory.stop_points, predictions, 0.1)) << "round " << i;
      ++free_stops;
    }
    if (trajectory.behaviour.starts_with("no_free_candidate")) {
      ++blocked;
      continue;
    }
    EXPECT_FALSE(touches_by_hand(trajectory.points, predictions, 0.25)) << "round " << i;
    ++free;
  }
  EXPECT_GT(free, 100);
  EXPECT_GT(blocked, 10);
  EXPECT_GT(free_stops, 100);
}

TEST(Planner, PlansStartWhereTheVehicleIs) {
  std::mt19937 random(2);
  const Route road = tests::winding_road(600);
  std::uniform_real_distribution<double> place(20, 400), speed(0, 14), across(-0.8, 0.8);
  for (int i = 0; i < 100; ++i) {
    const math::MotionState ego = tests::driving_on(road, place(random), speed(random), across(random));
    const auto predictions = tests::predictions_of({});
    const messages::Trajectory trajectory = plan_once(road, ego, predictions);
    for (const auto* points : {&trajectory.points, &trajectory.stop_points}) {
      EXPECT_NEAR(points->front().x_m, ego.pose.x_m, 1e-3);
      EXPECT_NEAR(points->front().y_m, ego.pose.y_m, 1e-3);
      EXPECT_NEAR(points->front().yaw_rad, ego.pose.yaw_rad, 1e-3);
      EXPECT_NEAR(points->front().speed_mps, ego.speed_mps, 1e-3);
      EXPECT_NEAR(points->front().curvature_radpm, ego.curvature_radpm, 1e-3);
      EXPECT_EQ(points->front().time_s, 0);
    }
  }
}

TEST(Planner, StopAlwaysComesToRest) {
  std::mt19937 random(3);
  const Route road = tests::winding_road(600);
  for (int i = 0; i < 100; ++i) {
    const math::MotionState ego = tests::driving_on(road, 100, 0.3 * i);
    const auto predictions = tests::predictions_of(tests::random_tracks(random, 10, {ego.pose.x_m, ego.pose.y_m}, 30));
    const messages::Trajectory trajectory = plan_once(road, ego, predictions);
    EXPECT_EQ(trajectory.stop_points.back().speed_mps, 0);
    EXPECT_NEAR(trajectory.stop_points.back().acceleration_mps2, 0, 1e-9);
  }
}

TEST(Planner, AllowanceIsKept) {
  const Route road = tests::straight_road(400);
  const auto predictions = tests::predictions_of(tests::busy_street(road, 50));
  for (const std::int64_t allowance : {1, 7, 100, 810, 5000, 20'000}) {
    Planner planner{PlannerConfig{}};
    const auto trajectory = planner.plan({tests::driving_on(road, 50, 9), &predictions, &road}, "map", allowance);
    EXPECT_LE(trajectory.candidate_count, allowance);
    EXPECT_GT(trajectory.candidate_count, 0u);
    EXPECT_GE(planner.operations(), trajectory.candidate_count);
    EXPECT_FALSE(trajectory.points.empty());
    EXPECT_FALSE(trajectory.stop_points.empty());
  }
}

TEST(Planner, SameInputGivesTheSameBits) {
  const Route road = tests::winding_road(400);
  const auto predictions = tests::predictions_of(tests::busy_street(road, 50));
  const auto a = plan_once(road, tests::driving_on(road, 50, 9), predictions);
  const auto b = plan_once(road, tests::driving_on(road, 50, 9), predictions);
  ASSERT_EQ(a.points.size(), b.points.size());
  for (std::size_t i = 0; i < a.points.size(); ++i) {
    EXPECT_EQ(a.points[i].x_m, b.points[i].x_m);
    EXPECT_EQ(a.points[i].speed_mps, b.points[i].speed_mps);
  }
  EXPECT_EQ(a.cost, b.cost);
}

TEST(Planner, SameStreetAlongALongerRoadGivesTheSamePlan) {
  const Route near = tests::straight_road(300), far = tests::straight_road(10'000);
  const auto predictions = tests::predictions_of(tests::busy_street(near, 50));
  const auto a = plan_once(near, tests::driving_on(near, 50, 9), predictions);
  const auto b = plan_once(far, tests::driving_on(far, 50, 9), predictions);
  EXPECT_NEAR(a.points.back().x_m, b.points.back().x_m, 1e-6);
  EXPECT_EQ(a.collision_free_count, b.collision_free_count);
}

TEST(Planner, NextPlanGoesOnFromThePreviousOneWhereItIsFollowed) {
  const Route road = tests::straight_road(400);
  Planner planner{PlannerConfig{}};
  auto predictions = tests::predictions_of({});
  const auto first = planner.plan({tests::driving_on(road, 50, 5), &predictions, &road}, "map", 0);
  predictions.header.stamp = base::Time{} + base::Duration::milliseconds(300);
  const TrajectoryPoint wanted = messages::trajectory_at(first.points, 0.3);
  math::MotionState ego = tests::driving_on(road, wanted.x_m - 0.2, wanted.speed_mps - 0.3, 0.05);
  const auto second = planner.plan({ego, &predictions, &road}, "map", 0);
  EXPECT_NEAR(second.points.front().x_m, wanted.x_m, 1e-6);
  EXPECT_NEAR(second.points.front().speed_mps, wanted.speed_mps, 1e-6);
  EXPECT_NEAR(second.points.front().acceleration_mps2, wanted.acceleration_mps2, 1e-6);
  // Far from it, the vehicle itself counts.
  predictions.header.stamp = base::Time{} + base::Duration::milliseconds(600);
  ego = tests::driving_on(road, wanted.x_m - 5, 2, 0.5);
  const auto third = planner.plan({ego, &predictions, &road}, "map", 0);
  EXPECT_NEAR(third.points.front().x_m, wanted.x_m - 5, 1e-6);
  EXPECT_NEAR(third.points.front().y_m, 0.5, 1e-6);
}

TEST(Planner, RefusesWhatItCannotTrustAndSaysWhy) {
  const Route road = tests::straight_road(400);
  const auto good = tests::predictions_of({tests::car_at({90, 0, 0}, 5)});
  const math::MotionState ego = tests::driving_on(road, 50, 9);
  const auto refusal = [&](const math::MotionState& state, const messages::Predictions& predictions) {
    const auto trajectory = plan_once(road, state, predictions);
    EXPECT_TRUE(trajectory.points.empty());
    EXPECT_TRUE(trajectory.stop_points.empty());
    EXPECT_TRUE(trajectory.behaviour.starts_with("refused: ")) << trajectory.behaviour;
    return trajectory.behaviour;
  };
  math::MotionState bad = ego;
  bad.pose.x_m = kNan;
  EXPECT_NE(refusal(bad, good).find("not finite"), std::string::npos);
  bad = ego;
  bad.speed_mps = std::numeric_limits<double>::infinity();
  (void)refusal(bad, good);
  bad = ego;
  bad.pose.yaw_rad = 2.5;
  EXPECT_NE(refusal(bad, good).find("degrees"), std::string::npos);
  bad = ego;
  bad.pose.y_m = 40;
  EXPECT_NE(refusal(bad, good).find("beside its route"), std::string::npos);
  auto broken = good;
  broken.objects[0].futures[0].states[3].x_m = kNan;
  EXPECT_NE(refusal(ego, broken).find("track 1"), std::string::npos);
  broken = good;
  broken.step = {};
  (void)refusal(ego, broken);
  broken = good;
  broken.header.frame_id = "ego";
  EXPECT_NE(refusal(ego, broken).find("ego"), std::string::npos);
}

TEST(Planner, ObjectsWithoutFuturesOrSizeDoNoHarm) {
  const Route road = tests::straight_road(400);
  auto predictions = tests::predictions_of({tests::car_at({90, 0, 0}, 5), tests::car_at({70, 3, 0}, 5)});
  predictions.objects[0].futures.clear();
  predictions.objects[1].futures[0].states.clear();
  predictions.objects[1].box.length_m = predictions.objects[1].box.width_m = 0;
  EXPECT_FALSE(plan_once(road, tests::driving_on(road, 50, 9), predictions).points.empty());
}

TEST(Planner, ThousandTracksArePlannedAmong) {
  std::mt19937 random(4);
  const Route road = tests::straight_road(400);
  const auto predictions = tests::predictions_of(tests::random_tracks(random, 1000, {60, 0}, 150));
  const auto trajectory = plan_once(road, tests::driving_on(road, 50, 9), predictions);
  EXPECT_FALSE(trajectory.stop_points.empty());
  EXPECT_EQ(trajectory.candidate_count, 810u);
}

// A slow car drifts over from the neighbouring lane: followed before it is in the way, where it would be when it is
// passed.
TEST(Planner, WhoWillBeInTheWayBeforeItIsPassedIsFollowedAlready) {
  const Route road = tests::straight_road(300, 8.3);
  for (const double drift_mps : {0.0, -0.2, 0.2}) {
    messages::Track track = tests::object_at(tests::ObjectClass::kCar, {62, 2.9, 0}, 2.8, 0, 4.4, 1.8);
    track.vy_mps = drift_mps;
    const messages::Predictions predictions = tests::predictions_of({track});
    Planner planner{PlannerConfig{}};
    const auto plan =
        planner.plan({.ego = tests::driving_on(road, 35, 8.3), .predictions = &predictions, .route = &road}, "map", 0);
    EXPECT_EQ(plan.behaviour == "follow, leader 1", drift_mps < 0) << drift_mps << ": " << plan.behaviour;
  }
}

TEST(Planner, StraightAheadWithoutAMission) {
  const math::MotionState ego{{100, 50, 0.7}, 0, 8, 0};
  const Route ahead = straight_ahead(ego.pose);
  const auto predictions = tests::predictions_of({});
  const auto trajectory = plan_once(ahead, ego, predictions);
  const TrajectoryPoint& last = trajectory.points.back();
  const math::Point2 end = math::inverse(ego.pose) * math::Point2{last.x_m, last.y_m};
  EXPECT_GT(end.x_m, 45);
  EXPECT_NEAR(end.y_m, 0, 1e-6);
}

TEST(Planner, FindsItsPlaceOnALongRouteAndKeepsToItsPassOfALoop) {
  const Route road = tests::winding_road(5000);
  const auto predictions = tests::predictions_of({});
  const auto trajectory = plan_once(road, tests::driving_on(road, 3210, 9), predictions);
  EXPECT_FALSE(trajectory.points.empty());
  EXPECT_LT(farthest_corner_m(trajectory.points, road), 1.2);
}

TEST(Route, RefusesMissionsThatAreNone) {
  messages::Mission mission;
  EXPECT_FALSE(route_of(mission).ok());
  mission.path = {{0, 0}, {kNan, 0}, {20, 0}};
  EXPECT_FALSE(route_of(mission).ok());
  mission.path = {{0, 0}, {20, 0}};
  mission.desired_speed_mps = -1;
  EXPECT_FALSE(route_of(mission).ok());
  mission.desired_speed_mps = kNan;
  EXPECT_FALSE(route_of(mission).ok());
  mission.desired_speed_mps = 0;
  EXPECT_TRUE(route_of(mission).ok());
}

}  // namespace
}  // namespace hangil::planning
