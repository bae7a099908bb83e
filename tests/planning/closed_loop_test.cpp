// SPDX-License-Identifier: Apache-2.0
#include "planning/closed_loop.hpp"

#include <numbers>

#include <gtest/gtest.h>

namespace hangil::planning {
namespace {

using tests::ClosedLoop;
using tests::Moment;

constexpr double kQuarter = std::numbers::pi / 2;

ClosedLoop starting_on(const Route& road, double speed_mps) {
  ClosedLoop loop;
  loop.vehicle.pose = tests::driving_on(road, 0, speed_mps).pose;
  loop.vehicle.speed_mps = speed_mps;
  return loop;
}

double speed_of(const Moment& moment) { return moment.vehicle.speed_mps; }

// What every drive that is not an emergency must show.
void expect_sound(const ClosedLoop& loop) {
  EXPECT_EQ(loop.rejected_trajectories(), 0);
  EXPECT_EQ(loop.rejected_commands, 0);
  EXPECT_LT(loop.most([](const Moment& m) { return m.corner_m; }), 2.6) << "left the corridor";
  EXPECT_GT(loop.least_distance_m(), 0.3);
}

TEST(ClosedLoop, FollowsACurvedMission) {
  const Route road = tests::winding_road(400);
  ClosedLoop loop = starting_on(road, 8);
  loop.run(road, 30);
  expect_sound(loop);
  EXPECT_LT(loop.most([](const Moment& m) { return m.left_m; }), 0.1);
  EXPECT_NEAR(loop.moments.back().vehicle.speed_mps, 12, 0.8);
  EXPECT_LT(loop.most([](const Moment& m) { return std::abs(m.vehicle.acceleration_mps2); }), 2.2);
}

TEST(ClosedLoop, SlowsDownForATightCurve) {
  messages::Mission mission;
  for (double x = 0; x < 60; x += 1) mission.path.push_back({x, 0});
  for (double a = 0; a < kQuarter; a += 0.08) mission.path.push_back({60 + 12 * std::sin(a), 12 * (1 - std::cos(a))});
  for (double y = 13; y < 80; y += 1) mission.path.push_back({72, y});
  const Route road = *route_of(mission);
  ClosedLoop loop = starting_on(road, 12);
  loop.run(road, 20);
  expect_sound(loop);
  const double lateral =
      loop.most([&](const Moment& m) { return std::abs(m.vehicle.curvature_radpm({})) * speed_of(m) * speed_of(m); });
  EXPECT_LT(lateral, 3.6);
  EXPECT_GT(lateral, 1.5);
  EXPECT_GT(loop.moments.back().s_m, 100);
}

TEST(ClosedLoop, SetsOffFromRest) {
  const Route road = tests::straight_road(300);
  ClosedLoop loop = starting_on(road, 0);
  loop.run(road, 12);
  expect_sound(loop);
  EXPECT_NEAR(loop.moments.back().vehicle.speed_mps, 12, 0.3);
}

TEST(ClosedLoop, StopsBehindAStoppedCar) {
  const Route road = tests::straight_road(300);
  ClosedLoop loop = starting_on(road, 12);
  loop.scripts = {tests::standing(tests::car_at({90, 0, 0}, 0))};
  loop.run(road, 22);
  expect_sound(loop);
  EXPECT_EQ(loop.moments.back().vehicle.speed_mps, 0);
  EXPECT_GT(loop.moments.back().distance_m, 1.5);
  EXPECT_LT(loop.moments.back().distance_m, 3.5);
  EXPECT_LT(loop.most([](const Moment& m) { return -m.vehicle.acceleration_mps2; }), 3.0) << "braked hard";
}

TEST(ClosedLoop, SetsOffAgainWhenTheCarAheadDoes) {
  const Route road = tests::straight_road(400);
  ClosedLoop loop = starting_on(road, 0);
  loop.scripts = {[](double t) {
    const double moving = std::max(0.0, t - 5);
    return tests::car_at({12 + moving * moving / 2, 0, 0}, std::min(moving, 8.0));
  }};
  loop.run(road, 12);
  expect_sound(loop);
  EXPECT_LT(loop.moments[40].vehicle.speed_mps, 1.0);
  EXPECT_GT(loop.moments.back().vehicle.speed_mps, 3);
}

TEST(ClosedLoop, FollowsASlowerLeaderAtItsTimeGap) {
  const Route road = tests::winding_road(600);
  ClosedLoop loop = starting_on(road, 10);
  loop.scripts = {[&](double t) { return tests::car_on(road, 30 + 6 * t, 0, 6); }};
  loop.run(road, 30);
  expect_sound(loop);
  EXPECT_NEAR(loop.moments.back().vehicle.speed_mps, 6, 0.3);
  EXPECT_NEAR(loop.moments.back().distance_m, 2.5 + 1.5 * 6, 1.5);
  EXPECT_TRUE(loop.ever("follow"));
}

TEST(ClosedLoop, StopsBehindALeaderThatBrakesHard) {
  const Route road = tests::straight_road(400);
  ClosedLoop loop = starting_on(road, 12);
  loop.scripts = {[](double t) {
    const double braking = std::clamp(t - 4, 0.0, 12 / 5.0);
    auto car =
        tests::car_at({26 + 12 * (std::min(t, 4.0) + braking) - 2.5 * braking * braking, 0, 0}, 12 - 5 * braking);
    car.acceleration_mps2 = braking > 0 && braking < 12 / 5.0 ? -5 : 0;
    return car;
  }};
  loop.run(road, 16);
  expect_sound(loop);
  EXPECT_EQ(loop.moments.back().vehicle.speed_mps, 0);
  EXPECT_GT(loop.least_distance_m(), 1.5);
}

TEST(ClosedLoop, YieldsToACrossingPedestrian) {
  for (const double start_m : {-7.0, -6.5, -6.0, -5.5, -5.0}) {
    const Route road = tests::straight_road(300);
    ClosedLoop loop = starting_on(road, 10);
    loop.scripts = {tests::moving(tests::pedestrian_at(50, start_m, kQuarter, 1.4))};
    loop.run(road, 15);
    expect_sound(loop);
    EXPECT_GT(loop.least_distance_m(), 1.0) << start_m;
    EXPECT_GT(loop.moments.back().s_m, 80) << "did not drive on";
    double slowest = 99;
    for (const Moment& m : loop.moments) slowest = std::min(slowest, m.s_m < 50 ? speed_of(m) : 99);
    EXPECT_LT(slowest, 9) << start_m;
  }
}

TEST(ClosedLoop, WaitsForAPedestrianWhoStandsInTheWay) {
  const Route road = tests::straight_road(300);
  ClosedLoop loop = starting_on(road, 8);
  loop.planner_config.corridor_half_width_m = 1.5;
  loop.scripts = {[](double t) {
    return t < 12 ? tests::pedestrian_at(45, 0, kQuarter, 0) : tests::pedestrian_at(45, 1.5 * (t - 12), kQuarter, 1.5);
  }};
  loop.run(road, 24);
  EXPECT_EQ(loop.moments[115].vehicle.speed_mps, 0);
  EXPECT_GT(loop.least_distance_m(), 1.0);
  EXPECT_GT(loop.moments.back().s_m, 60);
}

TEST(ClosedLoop, PassesParkedCarsWithinTheCorridor) {
  const Route road = tests::straight_road(300);
  ClosedLoop loop = starting_on(road, 10);
  loop.scripts = {tests::standing(tests::car_at({60, -2.0, 0}, 0)), tests::standing(tests::car_at({80, -2.0, 0}, 0))};
  loop.run(road, 14);
  expect_sound(loop);
  EXPECT_GT(loop.moments.back().s_m, 120);
  EXPECT_GT(loop.least_distance_m(), 0.6);
}

TEST(ClosedLoop, StopsAtTheGoal) {
  Route road = tests::winding_road(100);
  road.has_goal = true;
  ClosedLoop loop = starting_on(road, 8);
  loop.run(road, 20);
  expect_sound(loop);
  EXPECT_EQ(loop.moments.back().vehicle.speed_mps, 0);
  EXPECT_NEAR(loop.moments.back().s_m, road.path.length_m(), 1.0);
}

// A wall appears across the corridor 14 m ahead at 12 m/s: 9 m of braking at 8 m/s2 just suffice.
TEST(ClosedLoop, BrakesAsHardAsNeededWhenBoxedIn) {
  const Route road = tests::straight_road(300);
  ClosedLoop loop = starting_on(road, 12);
  loop.scripts = {[](double t) {
    auto wall = tests::car_at({t < 1 ? 900 : 12 + 3.77 + 14 + 0.9, 0, kQuarter}, 0);
    wall.box.length_m = 12;
    return wall;
  }};
  loop.run(road, 6);
  EXPECT_TRUE(loop.ever("no_free_candidate: braking at"));
  EXPECT_EQ(loop.moments.back().vehicle.speed_mps, 0);
  EXPECT_GT(loop.least_distance_m(), 0.0);
  EXPECT_GT(loop.most([](const Moment& m) { return -m.vehicle.acceleration_mps2; }), 5.5);
}

// 6 m ahead no braking helps: the least bad is to brake as hard as possible, and to say so.
TEST(ClosedLoop, BrakesHardestWhenContactIsUnavoidable) {
  const Route road = tests::straight_road(300);
  ClosedLoop loop = starting_on(road, 12);
  loop.scripts = {[](double t) {
    auto wall = tests::car_at({t < 1 ? 900 : 12 + 3.77 + 6 + 0.9, 0, kQuarter}, 0);
    wall.box.length_m = 12;
    return wall;
  }};
  loop.run(road, 1.4);
  const Moment& now = loop.moments[11];
  EXPECT_NE(now.trajectory.behaviour.find("no free stop, contact at"), std::string::npos) << now.trajectory.behaviour;
  EXPECT_FALSE(now.report.is_accepted);
  EXPECT_LT(now.vehicle.acceleration_mps2, -2);
  EXPECT_LT(loop.moments.back().vehicle.acceleration_mps2, -6.5);
}

TEST(ClosedLoop, ComesBackFromBesideTheRoute) {
  const Route road = tests::straight_road(300);
  ClosedLoop loop = starting_on(road, 10);
  loop.vehicle.pose = {0, 1.2, 0.08};
  loop.run(road, 10);
  EXPECT_EQ(loop.rejected_trajectories(), 0);
  EXPECT_LT(loop.moments.back().left_m, 0.05);
}

TEST(ClosedLoop, StandsStillBehindAQueueWithoutCreeping) {
  const Route road = tests::straight_road(300);
  ClosedLoop loop = starting_on(road, 0);
  loop.scripts = {tests::standing(tests::car_at({9.2, 0, 0}, 0))};
  loop.run(road, 10);
  expect_sound(loop);
  EXPECT_LT(loop.moments.back().s_m, 0.5);
  EXPECT_EQ(loop.moments.back().vehicle.speed_mps, 0);
}

}  // namespace
}  // namespace hangil::planning
