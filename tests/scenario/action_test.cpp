// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <numbers>
#include <random>

#include <gtest/gtest.h>

#include "scenario/made_scenario.hpp"
#include "scenario/synchronize.hpp"
#include "scenario/transition.hpp"

namespace hangil::tests {

namespace {

using scenario::DynamicsDimension;
using scenario::DynamicsShape;

TEST(Transition, EveryShapeInEveryDimensionGetsThereOnTheWayItSays) {
  for (const DynamicsShape shape : {DynamicsShape::kLinear, DynamicsShape::kCubic, DynamicsShape::kSinusoidal}) {
    for (const DynamicsDimension dimension :
         {DynamicsDimension::kTime, DynamicsDimension::kDistance, DynamicsDimension::kRate}) {
      auto transition = scenario::make_transition({shape, dimension, 2}, 10, 4);
      double steepest = 0, before = transition.value();
      const double step = 1e-3;
      for (int i = 0; i < 20'000 && !transition.is_done(); ++i) {
        scenario::advance(transition, step, step);
        EXPECT_LE(transition.value(), before + 1e-12);
        steepest = std::max(steepest, (before - transition.value()) / step);
        before = transition.value();
      }
      EXPECT_EQ(transition.value(), 4);
      if (dimension == DynamicsDimension::kRate)
        EXPECT_NEAR(steepest, 2, 2e-3);
      else
        EXPECT_NEAR(transition.extent, 2, 1e-12);
    }
  }
}

TEST(Transition, AStepIsThereAtOnceAndARateOfZeroNever) {
  EXPECT_TRUE(scenario::make_transition({DynamicsShape::kStep, DynamicsDimension::kTime, 5}, 1, 2).is_done());
  auto never = scenario::make_transition({DynamicsShape::kLinear, DynamicsDimension::kRate, 0}, 1, 2);
  scenario::advance(never, 1e6, 0);
  EXPECT_FALSE(never.is_done());
  EXPECT_EQ(never.value(), 1);
  EXPECT_TRUE(scenario::make_transition({DynamicsShape::kLinear, DynamicsDimension::kRate, 0}, 2, 2).is_done());
}

TEST(Transition, LateralAccelerationIsTheOneGiven) {
  for (const DynamicsShape shape : {DynamicsShape::kCubic, DynamicsShape::kSinusoidal}) {
    auto transition = scenario::make_lateral_transition(shape, 1.5, 0, 3);
    std::vector<double> values = {0};
    while (!transition.is_done()) scenario::advance(transition, 1e-3, 0), values.push_back(transition.value());
    double greatest = 0;
    for (std::size_t i = 2; i + 1 < values.size(); ++i) {
      greatest = std::max(greatest, std::abs(values[i] - 2 * values[i - 1] + values[i - 2]) / 1e-6);
    }
    EXPECT_NEAR(greatest, 1.5, 0.02);
  }
}

TEST(Synchronize, ArrivesTogetherWithTheFinalSpeed) {
  std::mt19937_64 random(3);
  std::uniform_real_distribution<double> unit(0, 1);
  for (int i = 0; i < 300; ++i) {
    const double final_mps = 1 + 14 * unit(random), start_mps = final_mps * unit(random), steady_m = 5 * unit(random);
    const double time_s = 5 + 5 * unit(random), ramp_s = time_s - steady_m / final_mps;
    if (ramp_s < 1) continue;
    // From much less than one ramp covers, with a stop in between, to half as much again.
    const double distance_m = ramp_s * (start_mps + final_mps) / 2 * (0.3 + 1.2 * unit(random)) + steady_m;
    double left_m = distance_m, speed_mps = start_mps;
    const double dt_s = 0.01;
    for (double now_s = 0; now_s < time_s - 1e-9; now_s += dt_s) {
      const double next_mps =
          scenario::synchronized_speed_mps({left_m, speed_mps, time_s - now_s, final_mps, steady_m}, dt_s);
      left_m -= (speed_mps + next_mps) / 2 * std::min(dt_s, time_s - now_s);
      speed_mps = next_mps;
    }
    EXPECT_NEAR(left_m, 0, 0.1) << start_mps << " to " << final_mps << " over " << distance_m << " m in " << time_s
                                << " s";
    EXPECT_NEAR(speed_mps, final_mps, 0.05);
  }
}

TEST(Synchronize, WhoCannotAccelerateEnoughSetsOffAtOnceOnOneRamp) {
  const double dt_s = 0.01, final_mps = 4, time_s = 2.5, distance_m = 6.5, steady_m = 0;
  double left_m = distance_m, speed_mps = 0;
  for (double now_s = 0; now_s < time_s - 1e-9; now_s += dt_s) {
    const double next_mps =
        scenario::synchronized_speed_mps({left_m, speed_mps, time_s - now_s, final_mps, steady_m, 2.0}, dt_s);
    left_m -= (speed_mps + next_mps) / 2 * dt_s;
    speed_mps = next_mps;
    // From 2 * 2.6 - 4 = 1.2 m/s evenly to 4.
    EXPECT_NEAR(speed_mps, 1.2 + (4 - 1.2) * (now_s + dt_s) / time_s, 0.02) << now_s;
  }
  EXPECT_NEAR(left_m, 0, 0.01);
}

std::string lane_change(const std::string& shape, const std::string& dimension, double value, int lane) {
  return "<PrivateAction><LateralAction><LaneChangeAction><LaneChangeActionDynamics dynamicsShape=\"" + shape +
         "\" dynamicsDimension=\"" + dimension + "\" value=\"" + std::to_string(value) +
         "\"/><LaneChangeTarget><AbsoluteTargetLane value=\"" + std::to_string(lane) +
         "\"/></LaneChangeTarget></LaneChangeAction></LateralAction></PrivateAction>";
}

TEST(Actions, SpeedFollowsEveryShape) {
  for (const std::string shape : {"linear", "cubic", "sinusoidal"}) {
    MadeScenario made;
    made.stories = at_time(1, "Ego", speed_action(shape, "time", 2, 10));
    auto played = start_made(made);
    ASSERT_TRUE(play_until(played, 2)) << played.trouble;
    EXPECT_NEAR(played.state("Ego").speed_mps, 15, 1e-6) << shape;
    play_until(played, 4);
    EXPECT_NEAR(played.state("Ego").speed_mps, 10, 1e-9) << shape;
    EXPECT_NEAR(played.state("Ego").x_m, 50 + 20 + 30 + 10 * (played.run->world().time_s() - 3), 1e-3) << shape;
  }
}

TEST(Actions, SpeedChangesNoFasterThanTheEntityCan) {
  MadeScenario made;
  made.more_entities = scenario_object("Slow");
  made.more_entities.replace(made.more_entities.find("maxAcceleration=\"200\""), 21, "maxAcceleration=\"2\"");
  made.init = placed("Ego", -2, 50, 20) + placed("Other", -2, 100, 10) + placed("Slow", -1, 10, 10);
  made.stories = at_time(1, "Slow", speed_action("linear", "time", 1, 16));
  auto played = start_made(made);
  ASSERT_TRUE(play_until(played, 3)) << played.trouble;
  EXPECT_NEAR(played.state("Slow").speed_mps, 14, 1e-6);
  play_until(played, 4.5);
  EXPECT_NEAR(played.state("Slow").speed_mps, 16, 1e-9);
}

TEST(Actions, LaneChangesEndInTheMiddleOfTheLaneAndKeepTheSpeed) {
  for (const std::string shape : {"linear", "cubic", "sinusoidal", "step"}) {
    MadeScenario made;
    made.stories = at_time(1, "Ego", lane_change(shape, "time", 3, -1));
    auto played = start_made(made);
    const double start_m = 50;
    play_until(played, 4.5);
    const auto& ego = played.state("Ego");
    EXPECT_NEAR(ego.y_m, -1.75, 1e-6) << shape;
    EXPECT_EQ(ego.spot.place.lane_id, -1);
    EXPECT_NEAR(ego.h_rad, 0, 1e-9);
    const double straight_m = start_m + 20 * played.run->world().time_s();
    if (shape == "step")
      EXPECT_NEAR(ego.x_m, straight_m, 1e-6);
    else
      EXPECT_LT(ego.x_m, straight_m - 0.05);  // the way across is part of its way
    EXPECT_NEAR(ego.speed_mps, 20, 1e-12);
  }
}

TEST(Actions, LaneChangesToLanesThatAreNotThereAreErrors) {
  MadeScenario made;
  made.stories = at_time(1, "Ego", lane_change("linear", "time", 3, -8));
  auto played = start_made(made);
  play_until(played, 3);
  EXPECT_NE(played.trouble.find("has no lane -8"), std::string::npos) << played.trouble;
}

TEST(Actions, ADistanceIsTakenAtOnceWithoutLimits) {
  MadeScenario made;
  made.stories =
      at_time(1, "Other",
              "<PrivateAction><LongitudinalAction><LongitudinalDistanceAction entityRef=\"Ego\" freespace=\"true\" "
              "continuous=\"false\" distance=\"40\" "
              "displacement=\"leadingReferencedEntity\"/></LongitudinalAction></PrivateAction>");
  auto played = start_made(made);
  play_until(played, 1.01);
  EXPECT_NEAR(played.state("Other").x_m - played.state("Ego").x_m - 4, 40 - 0.1, 1e-6);
}

std::string line_trajectory(const std::string& timing, const std::string& first_time, const std::string& last_time) {
  const auto vertex = [](const std::string& time, double x, double y) {
    return "<Vertex" + (time.empty() ? "" : " time=\"" + time + "\"") + "><Position><WorldPosition x=\"" +
           std::to_string(x) + "\" y=\"" + std::to_string(y) + "\"/></Position></Vertex>";
  };
  return "<PrivateAction><RoutingAction><FollowTrajectoryAction><TrajectoryRef><Trajectory name=\"t\" "
         "closed=\"false\"><Shape><Polyline>" +
         vertex(first_time, 60, 0) + vertex(last_time, 90, 40) +
         "</Polyline></Shape></Trajectory></TrajectoryRef><TimeReference>" + timing +
         "</TimeReference><TrajectoryFollowingMode "
         "followingMode=\"follow\"/></FollowTrajectoryAction></RoutingAction></PrivateAction>";
}

TEST(Actions, TrajectoriesAreFollowedAtTheEntitysOwnSpeed) {
  MadeScenario made;
  made.stories = at_time(1, "Ego", line_trajectory("<None/>", "", ""));
  auto played = start_made(made);
  ASSERT_TRUE(play_until(played, 2)) << played.trouble;
  EXPECT_NEAR(played.state("Ego").x_m, 60 + 12, 1e-6);
  EXPECT_NEAR(played.state("Ego").y_m, 16, 1e-6);
  EXPECT_NEAR(played.state("Ego").h_rad, std::atan2(4, 3), 1e-9);
}

TEST(Actions, TimedTrajectoriesSayTheSpeed) {
  MadeScenario made;
  made.stories = at_time(
      1, "Ego", line_trajectory("<Timing domainAbsoluteRelative=\"relative\" scale=\"1\" offset=\"0\"/>", "0", "5"));
  auto played = start_made(made);
  ASSERT_TRUE(play_until(played, 3)) << played.trouble;
  EXPECT_NEAR(std::hypot(played.state("Ego").x_m - 60, played.state("Ego").y_m), 20, 1e-6);
  EXPECT_NEAR(played.state("Ego").speed_mps, 10, 1e-6);
}

TEST(Actions, TwoRunsAreTheSameBitForBit) {
  const auto play = [] {
    MadeScenario made;
    made.stories = at_time(0.5, "Ego", lane_change("sinusoidal", "rate", 1.3, -3)) +
                   at_time(0.7, "Other", speed_action("cubic", "rate", 2, 3), "two");
    auto played = start_made(made);
    play_until(played, 4);
    return std::vector<double>{played.state("Ego").x_m, played.state("Ego").y_m, played.state("Other").x_m};
  };
  EXPECT_EQ(play(), play());
}

}  // namespace

}  // namespace hangil::tests
