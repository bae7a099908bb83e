// SPDX-License-Identifier: Apache-2.0
#include "evaluation/planning.hpp"

#include <random>

#include <gtest/gtest.h>

#include "evaluation/made_frames.hpp"
#include "math/time_to_collision.hpp"

namespace hangil::evaluation {
namespace {

using made::car_at;
using made::time_at;

messages::Trajectory straight_plan(double stamp_s, double speed_mps, double offset_m = 0) {
  messages::Trajectory plan;
  plan.header = {time_at(stamp_s), "map"};
  plan.behaviour = "follow";
  for (int i = 0; i <= 40; ++i) {
    const double t = i / 10.0;
    plan.points.push_back({t, 10 * stamp_s + speed_mps * t, offset_m, 0, 0, speed_mps, 0});
  }
  return plan;
}

struct World {
  Channel<messages::Trajectory> plans;
  Channel<messages::SafetyReport> reports;
  math::PoseBuffer poses = poses_of(made::straight_drive(10, 10));
  ObjectHistory obstacles;
  std::vector<base::Time> frame_stamps;

  World() {
    for (int i = 0; i < 10; ++i) {
      frame_stamps.push_back(time_at(i / 10.0));
      plans.push_back(made::stamped(straight_plan(i / 10.0, 10)));
    }
  }
  PlanningInput input() const {
    return {.frame_stamps = frame_stamps,
            .trajectories = plans,
            .reports = reports,
            .command_reports = {},
            .commands = {},
            .poses = &poses,
            .obstacles = &obstacles,
            .vehicle = {.length_m = 5, .width_m = 2, .rear_overhang_m = 1}};
  }
  void park_car(double x_m, double y_m) {
    for (int i = 0; i <= 100; ++i) obstacles.add(1, time_at(i / 10.0), car_at(x_m, y_m));
  }
};

TEST(Planning, ThePlanThatWasDrivenDeviatesByNothing) {
  const World world;
  const auto result = evaluate_planning(world.input());
  EXPECT_EQ(result.valid_ratio, 1.0);
  ASSERT_EQ(result.deviations.size(), 3u);
  for (const PathDeviation& deviation : result.deviations) {
    EXPECT_EQ(deviation.distance_m.sample_count, 10u);
    EXPECT_NEAR(deviation.distance_m.max, 0, 1e-6);
  }
  EXPECT_EQ(result.behaviours.at(0).name, "follow");
  EXPECT_EQ(result.behaviours.at(0).count, 10u);
  EXPECT_TRUE(std::isnan(result.min_distance_m));
}

TEST(Planning, DeviationGrowsAsThePlanIsSlowerAndAside) {
  World world;
  world.plans = {made::stamped(straight_plan(0, 9, 0.5))};
  const auto result = evaluate_planning(world.input());
  EXPECT_NEAR(result.deviations[1].distance_m.max, std::hypot(2, 0.5), 1e-6);
  EXPECT_NEAR(result.deviations[2].lateral_m.max, 0.5, 1e-6);
}

TEST(Planning, MissingAndMalformedPlansMakeFramesInvalid) {
  World world;
  world.plans.erase(world.plans.begin() + 3);
  world.plans[0].value.points[5].x_m = NAN;
  world.plans[1].value.points[5].time_s = 0;
  world.plans[2].value.points.resize(1);
  const auto result = evaluate_planning(world.input());
  EXPECT_EQ(result.valid_frame_count, 6u);
  EXPECT_EQ(result.malformed_count, 3u);
  EXPECT_EQ(result.trajectory_count, 9u);
}

TEST(Planning, ClearanceIsToWhereObjectsReallyWere) {
  World world;
  world.park_car(30, 4);  // 1.8 m wide: its near side at 3.1 m, ours at 1 m
  const auto result = evaluate_planning(world.input());
  EXPECT_NEAR(result.min_distance_m, 2.1, 1e-9);
  EXPECT_EQ(result.colliding_plan_count, 0u);
  EXPECT_TRUE(std::isnan(result.min_time_to_collision_s));
}

TEST(Planning, AParkedCarInTheWayIsACollisionOfThePlansThatReachIt) {
  World world;
  world.park_car(50, 0);  // its rear at 47.9 m; our front is at x + 4
  const auto result = evaluate_planning(world.input());
  EXPECT_EQ(result.min_distance_m, 0);
  EXPECT_EQ(result.min_time_to_collision_s, 0);
  EXPECT_NEAR(result.earliest_contact_s, 3.5, 1e-9);  // of the last: from 9 m, contact past 43.9 m
  EXPECT_EQ(result.colliding_plan_count, 6u);  // those that reach x >= 43.9: stamps 0.4 to 0.9 s end at 44 to 49 m
}

TEST(Planning, WhoComesFromBehindDoesNotCount) {
  World world;  // plans to stand still; a car drives into its rear
  world.plans = {made::stamped(straight_plan(0, 0))};
  for (int i = 0; i <= 100; ++i) world.obstacles.add(1, time_at(i / 10.0), car_at(std::min(-20.0 + i, -1.5), 0));
  const auto result = evaluate_planning(world.input());
  EXPECT_EQ(result.colliding_plan_count, 0u);
  EXPECT_TRUE(std::isnan(result.min_distance_m));
}

TEST(Planning, BehavioursAreCountedByKind) {
  World world;
  world.plans[3].value.behaviour = "follow: no free stop, contact at 0.2 m/s after 1.0 s";
  world.plans[4].value.behaviour = "follow: no free stop, contact at 0.1 m/s after 2.0 s";
  const auto result = evaluate_planning(world.input());
  ASSERT_EQ(result.behaviours.size(), 2u);
  EXPECT_EQ(result.behaviours[1].name, "follow: no free stop");
  EXPECT_EQ(result.behaviours[1].count, 2u);
}

TEST(Planning, ComfortIsTheGreatestAlongEachPlan) {
  World world;
  world.plans.resize(1);
  auto& points = world.plans[0].value.points;
  points[10].acceleration_mps2 = -2;
  points[20].curvature_radpm = -0.03;
  const auto result = evaluate_planning(world.input());
  EXPECT_NEAR(result.acceleration_mps2.max, 2, 1e-12);
  EXPECT_NEAR(result.jerk_mps3.max, 20, 1e-6);
  EXPECT_NEAR(result.lateral_acceleration_mps2.max, 3, 1e-9);
}

TEST(Planning, RejectionsAndFindingsAreCounted) {
  World world;
  messages::SafetyReport good{{time_at(0), "map"}, true, {}},
      bad{{time_at(0.1), "map"}, false, {{"collision", "", 0, 0}}};
  world.reports = {made::stamped(good), made::stamped(bad)};
  const auto result = evaluate_planning(world.input());
  EXPECT_EQ(result.judged_count, 2u);
  EXPECT_EQ(result.rejected_count, 1u);
  EXPECT_EQ(result.findings.at(0).name, "collision");
  EXPECT_TRUE(plan_facts(world.input()).at(1).is_rejected);
  EXPECT_FALSE(plan_facts(world.input()).at(0).is_rejected);
}

TEST(Planning, WithoutAnythingThereAreNoNumbers) {
  const auto result = evaluate_planning({});
  EXPECT_TRUE(std::isnan(result.valid_ratio));
  EXPECT_EQ(result.trajectory_count, 0u);
}

math::MovingBox box_at(double x_m, double y_m, double yaw_rad, double vx_mps, double vy_mps) {
  return {{{x_m, y_m, yaw_rad}, 4, 2}, vx_mps, vy_mps};
}

TEST(TimeToCollision, HeadOnIsGapOverClosingSpeed) {
  EXPECT_NEAR(time_to_collision_s(box_at(0, 0, 0, 10, 0), box_at(34, 0.5, 0, -5, 0)), 2.0, 1e-12);
  EXPECT_EQ(time_to_collision_s(box_at(0, 0, 0, 5, 0), box_at(34, 0, 0, 5, 0)), HUGE_VAL);
  EXPECT_EQ(time_to_collision_s(box_at(0, 0, 0, 10, 0), box_at(34, 2.5, 0, -5, 0)), HUGE_VAL);
  EXPECT_EQ(time_to_collision_s(box_at(0, 0, 0, 0, 0), box_at(1, 1, 1, 0, 0)), 0);
}

TEST(TimeToCollision, AgreesWithSmallSteps) {
  std::mt19937 random(11);
  std::uniform_real_distribution<double> place(-20, 20), turn(-3, 3), speed(-8, 8);
  int hits = 0;
  for (int round = 0; round < 300; ++round) {
    const auto a = box_at(place(random), place(random), turn(random), speed(random), speed(random));
    const auto b = box_at(place(random), place(random), turn(random), speed(random), speed(random));
    double stepped_s = HUGE_VAL;
    for (int i = 0; i < 1000 && stepped_s == HUGE_VAL; ++i) {
      const double t = i / 100.0;
      auto moved_a = a.box, moved_b = b.box;
      moved_a.pose.x_m += a.vx_mps * t, moved_a.pose.y_m += a.vy_mps * t;
      moved_b.pose.x_m += b.vx_mps * t, moved_b.pose.y_m += b.vy_mps * t;
      if (math::overlaps(moved_a, moved_b)) stepped_s = t;
    }
    const double exact_s = time_to_collision_s(a, b);
    if (stepped_s == HUGE_VAL) continue;
    ++hits;
    EXPECT_LE(exact_s, stepped_s + 1e-9);
    EXPECT_GE(exact_s, stepped_s - 0.01 - 1e-9);
  }
  EXPECT_GT(hits, 30);
}

}  // namespace
}  // namespace hangil::evaluation
