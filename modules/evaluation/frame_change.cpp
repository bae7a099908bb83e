// SPDX-License-Identifier: Apache-2.0
#include "evaluation/frame_change.hpp"

#include "math/rotation.hpp"
#include "messages/pose_sample.hpp"

namespace hangil::evaluation {

namespace {

Eigen::Quaterniond rotation(const math::PoseSample& pose) {
  return Eigen::Quaterniond(pose.qw, pose.qx, pose.qy, pose.qz).normalized();
}

messages::Box3 moved(messages::Box3 box, const Eigen::Vector3d& centre, double turn_rad) {
  box.x_m = centre.x(), box.y_m = centre.y(), box.z_m = centre.z();
  box.yaw_rad = math::wrap_angle_rad(box.yaw_rad + turn_rad);
  return box;
}

}  // namespace

math::PoseBuffer poses_of(const Channel<messages::Odometry>& channel) {
  math::PoseBuffer poses(
      {.max_extrapolation = base::Duration::milliseconds(50), .capacity = static_cast<int>(channel.size())});
  for (const auto& message : channel) {
    const base::Status added = poses.add(messages::pose_sample(message.value));
    (void)added;  // what is not a pose cannot be asked for
  }
  return poses;
}

messages::Box3 box_in_ego(const messages::Box3& box_map, const math::PoseSample& T_map_ego) {
  const Eigen::Quaterniond q = rotation(T_map_ego);
  const Eigen::Vector3d from_ego(box_map.x_m - T_map_ego.x_m, box_map.y_m - T_map_ego.y_m, box_map.z_m - T_map_ego.z_m);
  return moved(box_map, q.conjugate() * from_ego, -math::yaw_rad(q));
}

messages::Box3 box_in_map(const messages::Box3& box_ego, const math::PoseSample& T_map_ego) {
  const Eigen::Quaterniond q = rotation(T_map_ego);
  const Eigen::Vector3d centre = q * Eigen::Vector3d(box_ego.x_m, box_ego.y_m, box_ego.z_m) +
                                 Eigen::Vector3d(T_map_ego.x_m, T_map_ego.y_m, T_map_ego.z_m);
  return moved(box_ego, centre, math::yaw_rad(q));
}

}  // namespace hangil::evaluation
