// SPDX-License-Identifier: Apache-2.0
#include "safety/motion_checks.hpp"

#include <limits>
#include <random>

#include <gtest/gtest.h>

#include "safety/motions.hpp"

namespace hangil::safety {
namespace {

using tests::has;
using tests::motion;
using tests::Points;

const MotionLimits kMotionLimits;

Findings all(const Points& points) {
  Findings findings = check_form(points);
  for (auto& finding : check_limits(points, kMotionLimits)) findings.push_back(finding);
  for (auto& finding : check_continuity(points)) findings.push_back(finding);
  return findings;
}

TEST(MotionChecks, SoundMotionsPass) {
  for (const double speed : {0.0, 2.0, 8.0, 20.0}) {
    for (const double curvature : {-0.005, 0.0, 0.004}) {
      for (const double acceleration : {-5.0, -2.0, 0.0, 3.0}) {
        const Findings findings = all(motion(speed, curvature, acceleration));
        EXPECT_TRUE(findings.empty()) << speed << " m/s, " << curvature << ": " << findings[0].reason;
      }
    }
  }
}

TEST(MotionChecks, EveryNumberThatIsNotFiniteIsFound) {
  using Point = messages::TrajectoryPoint;
  for (const auto member : {&Point::time_s, &Point::x_m, &Point::y_m, &Point::yaw_rad, &Point::curvature_radpm,
                            &Point::speed_mps, &Point::acceleration_mps2}) {
    for (const double bad : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
      Points points = motion(8);
      points[17].*member = bad;
      const Findings findings = check_form(points);
      ASSERT_EQ(findings.size(), 1u);
      EXPECT_EQ(findings[0].check, "finite");
      EXPECT_NE(findings[0].reason.find("17"), std::string::npos);
    }
  }
}

TEST(MotionChecks, FormNeedsTwoPointsInOrderFromZero) {
  EXPECT_TRUE(has(check_form({}), "points"));
  EXPECT_TRUE(has(check_form(Points(1)), "points"));
  Points swapped = motion(8);
  std::swap(swapped[5], swapped[6]);
  EXPECT_TRUE(has(check_form(swapped), "time"));
  Points repeated = motion(8);
  repeated[9].time_s = repeated[8].time_s;
  EXPECT_TRUE(has(check_form(repeated), "time"));
  Points late = motion(8);
  for (auto& point : late) point.time_s += 0.5;
  EXPECT_TRUE(has(check_form(late), "time"));
}

TEST(MotionChecks, EachLimitIsFoundWithItsNumbers) {
  EXPECT_TRUE(has(check_limits(motion(50), kMotionLimits), "speed"));
  EXPECT_TRUE(has(check_limits(motion(5, 0, 6), kMotionLimits), "acceleration"));
  EXPECT_TRUE(has(check_limits(motion(30, 0, -11), kMotionLimits), "braking"));
  EXPECT_TRUE(has(check_limits(motion(15, 0.04), kMotionLimits), "lateral_acceleration"));
  EXPECT_TRUE(has(check_limits(motion(2, 0.4), kMotionLimits), "curvature"));
  EXPECT_TRUE(has(check_limits(motion(-1), kMotionLimits), "backwards"));
  Points jerky = motion(8);
  jerky[10].acceleration_mps2 = -9;
  const Findings findings = check_limits(jerky, kMotionLimits);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].check, "jerk");
  EXPECT_NEAR(findings[0].value, 90, 1e-9);
  EXPECT_EQ(findings[0].limit, kMotionLimits.jerk_mps3);
  EXPECT_NE(findings[0].reason.find("90.000 m/s3 at"), std::string::npos);
}

TEST(MotionChecks, LimitsTurnAtTheirValue) {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> near(0.9, 1.1);
  for (int i = 0; i < 500; ++i) {
    const double speed = kMotionLimits.speed_mps * near(random);
    EXPECT_EQ(has(check_limits(motion(speed), kMotionLimits), "speed"), speed > kMotionLimits.speed_mps);
    const double curvature = kMotionLimits.curvature_radpm * near(random);
    EXPECT_EQ(has(check_limits(motion(1, curvature), kMotionLimits), "curvature"),
              curvature > kMotionLimits.curvature_radpm);
  }
}

TEST(MotionChecks, JumpsAreNotContinuous) {
  Points aside = motion(8);
  aside[20].y_m += 0.5;
  EXPECT_TRUE(has(check_continuity(aside), "continuity_direction"));
  Points ahead = motion(8);
  for (std::size_t i = 20; i < ahead.size(); ++i) ahead[i].x_m += 1;
  EXPECT_TRUE(has(check_continuity(ahead), "continuity_way"));
  Points turned = motion(8);
  for (std::size_t i = 20; i < turned.size(); ++i) turned[i].yaw_rad += 0.2;
  EXPECT_TRUE(has(check_continuity(turned), "continuity_turn"));
  Points faster = motion(8);
  for (std::size_t i = 20; i < faster.size(); ++i) faster[i].speed_mps += 1;
  EXPECT_TRUE(has(check_continuity(faster), "continuity_speed"));
}

TEST(MotionChecks, SidewaysMotionIsNotContinuous) {
  Points crab = motion(8);
  for (auto& point : crab) point.y_m = point.x_m * 0.2;
  EXPECT_TRUE(has(check_continuity(crab), "continuity_direction"));
}

TEST(MotionChecks, StartIsHeldToTheEgo) {
  const Points points = motion(8);
  EXPECT_TRUE(check_start(points, {0.3, -0.2, 0.05}, 7.5, kMotionLimits).empty());
  EXPECT_TRUE(has(check_start(points, {2, 0, 0}, 8, kMotionLimits), "start_distance"));
  EXPECT_TRUE(has(check_start(points, {0, 0, 0.5}, 8, kMotionLimits), "start_yaw"));
  EXPECT_TRUE(has(check_start(points, {0, 0, 0}, 3, kMotionLimits), "start_speed"));
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(has(check_start(points, {nan, 0, 0}, 8, kMotionLimits), "start_distance"));
  EXPECT_TRUE(has(check_start(points, {0, 0, 0}, nan, kMotionLimits), "start_speed"));
}

}  // namespace
}  // namespace hangil::safety
