// SPDX-License-Identifier: Apache-2.0
#include "simulation/world.hpp"

#include <cmath>

namespace hangil::simulation {

Extent extent(const Body& body) {
  Extent whole{Eigen::Vector3d::Zero(), Eigen::Vector3d::Zero()};
  for (std::size_t i = 0; i < body.parts.size(); ++i) {
    const Extent part = extent(body.parts[i].shape);
    whole = i == 0 ? part : Extent{whole.least.cwiseMin(part.least), whole.most.cwiseMax(part.most)};
  }
  return whole;
}

ActorState moved_on(const ActorState& state, double lead_s) {
  const double way_m = state.speed_mps * lead_s + state.acceleration_mps2 * lead_s * lead_s / 2;
  const double half_turn = state.curvature_radpm * way_m / 2;
  const double chord_m = way_m * (std::abs(half_turn) < 1e-6 ? 1.0 : std::sin(half_turn) / half_turn);
  ActorState moved = state;
  moved.pose.x_m += chord_m * std::cos(state.pose.yaw_rad + half_turn);
  moved.pose.y_m += chord_m * std::sin(state.pose.yaw_rad + half_turn);
  moved.pose.yaw_rad = math::wrap_angle_rad(state.pose.yaw_rad + 2 * half_turn);
  moved.speed_mps += state.acceleration_mps2 * lead_s;
  return moved;
}

Eigen::Isometry3d on_ground(const Ground& ground, const math::Pose2& pose) {
  Eigen::Isometry3d T_map_body = Eigen::Isometry3d::Identity();
  T_map_body.linear() = ground.attitude(pose.x_m, pose.y_m, pose.yaw_rad);
  T_map_body.translation() = Eigen::Vector3d(pose.x_m, pose.y_m, ground.height_m(pose.x_m, pose.y_m));
  return T_map_body;
}

math::PoseSample pose_sample(const Ground& ground, const ActorState& state, base::Time stamp) {
  constexpr double kStep_s = 1e-3;
  const Eigen::Isometry3d now = on_ground(ground, state.pose);
  const Eigen::Isometry3d before = on_ground(ground, moved_on(state, -kStep_s).pose);
  const Eigen::Isometry3d after = on_ground(ground, moved_on(state, kStep_s).pose);
  const Eigen::Vector3d velocity =
      now.linear().transpose() * (after.translation() - before.translation()) / (2 * kStep_s);
  const Eigen::AngleAxisd turn(before.linear().transpose() * after.linear());
  const Eigen::Vector3d rate = turn.axis() * turn.angle() / (2 * kStep_s);
  const Eigen::Quaterniond q(now.linear());
  return {.stamp = stamp,
          .x_m = now.translation().x(),
          .y_m = now.translation().y(),
          .z_m = now.translation().z(),
          .qx = q.x(),
          .qy = q.y(),
          .qz = q.z(),
          .qw = q.w(),
          .vx_mps = velocity.x(),
          .vy_mps = velocity.y(),
          .vz_mps = velocity.z(),
          .wx_radps = rate.x(),
          .wy_radps = rate.y(),
          .wz_radps = rate.z()};
}

}  // namespace hangil::simulation
