// SPDX-License-Identifier: Apache-2.0
#include "simulation/world.hpp"

#include <gtest/gtest.h>

#include "simulation/scene.hpp"

namespace hangil::simulation {
namespace {

TEST(MovedOn, AgreesWithSmallSteps) {
  const ActorState start{{3, -1, 0.4}, 8, -1.5, 0.03};
  ActorState walked = start;
  constexpr int kSteps = 20'000;
  for (int i = 0; i < kSteps; ++i) walked = moved_on(walked, 2.0 / kSteps);
  const ActorState jumped = moved_on(start, 2);
  EXPECT_NEAR(jumped.pose.x_m, walked.pose.x_m, 1e-8);
  EXPECT_NEAR(jumped.pose.y_m, walked.pose.y_m, 1e-8);
  EXPECT_NEAR(jumped.pose.yaw_rad, walked.pose.yaw_rad, 1e-8);
  EXPECT_NEAR(jumped.speed_mps, 5, 1e-12);
}

TEST(MovedOn, BackAgainIsWhereItBegan) {
  const ActorState start{{3, -1, 0.4}, 8, 0.5, 0.03};
  const ActorState back = moved_on(moved_on(start, 0.7), -0.7);
  EXPECT_NEAR(back.pose.x_m, start.pose.x_m, 1e-12);
  EXPECT_NEAR(back.pose.yaw_rad, start.pose.yaw_rad, 1e-12);
  EXPECT_NEAR(back.speed_mps, 8, 1e-12);
}

// The script knows how positions go on; the twist is made from one state alone.
TEST(PoseSample, TwistIsTheDerivativeOfTheScriptedPose) {
  const auto scene = make_scene("urban", 1);
  ASSERT_TRUE(scene.ok());
  for (double t = 0.1; t < 25; t += 0.37) {
    const auto pose = [&](double time_s) {
      return pose_sample(scene->world.ground, state_at(scene->script.ego, time_s), {});
    };
    const math::PoseSample now = pose(t), before = pose(t - 1e-3), after = pose(t + 1e-3);
    const Eigen::Quaterniond q(now.qw, now.qx, now.qy, now.qz), p(before.qw, before.qx, before.qy, before.qz),
        r(after.qw, after.qx, after.qy, after.qz);
    const Eigen::Vector3d way(after.x_m - before.x_m, after.y_m - before.y_m, after.z_m - before.z_m);
    const Eigen::Vector3d velocity = q.conjugate() * way / 2e-3;
    EXPECT_NEAR(velocity.x(), now.vx_mps, 1e-4) << t;
    EXPECT_NEAR(velocity.y(), now.vy_mps, 1e-4) << t;
    EXPECT_NEAR(velocity.z(), now.vz_mps, 1e-4) << t;
    const Eigen::AngleAxisd turn(p.conjugate() * r);
    const Eigen::Vector3d rate = turn.axis() * turn.angle() / 2e-3;
    EXPECT_NEAR(rate.x(), now.wx_radps, 1e-4) << t;
    EXPECT_NEAR(rate.y(), now.wy_radps, 1e-4) << t;
    EXPECT_NEAR(rate.z(), now.wz_radps, 1e-4) << t;
    EXPECT_NEAR(now.vy_mps, 0, 1e-3) << "a rear axle does not slip";
  }
}

}  // namespace
}  // namespace hangil::simulation
