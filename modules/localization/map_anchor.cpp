// SPDX-License-Identifier: Apache-2.0
#include "localization/map_anchor.hpp"

#include "math/rotation.hpp"
#include "messages/pose_sample.hpp"

namespace hangil::localization {

MapAnchor anchor_at(const messages::Odometry& first) {
  return {math::inverse(math::planar(messages::pose_sample(first))), first.pose.pose.position.z};
}

messages::Odometry into_map(const MapAnchor& anchor, const messages::Odometry& odometry) {
  messages::Odometry moved = odometry;
  auto& [position, orientation] = moved.pose.pose;
  const math::Point2 place = anchor.T_map_source * math::Point2{position.x, position.y};
  position = {place.x_m, place.y_m, position.z - anchor.z_m};
  const Eigen::Quaterniond turn = math::quaternion_of_yaw(anchor.T_map_source.yaw_rad);
  const Eigen::Quaterniond q = turn * Eigen::Quaterniond(orientation.w, orientation.x, orientation.y, orientation.z);
  orientation = {q.x(), q.y(), q.z(), q.w()};
  using Covariance = Eigen::Matrix<double, 6, 6, Eigen::RowMajor>;
  Eigen::Map<Covariance> covariance(moved.pose.covariance.data());
  Covariance rotation = Covariance::Zero();
  rotation.topLeftCorner<3, 3>() = rotation.bottomRightCorner<3, 3>() = turn.toRotationMatrix();
  covariance = (rotation * covariance * rotation.transpose()).eval();
  return moved;
}

}  // namespace hangil::localization
