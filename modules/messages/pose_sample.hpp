// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "math/pose_sample.hpp"
#include "messages/odometry.hpp"

namespace hangil::messages {

// The numbers of an Odometry as math::PoseBuffer keeps them; frames and covariances are left behind.
inline math::PoseSample pose_sample(const Odometry& odometry) {
  const Pose& pose = odometry.pose.pose;
  const Twist& twist = odometry.twist.twist;
  return {.stamp = odometry.header.stamp,
          .x_m = pose.position.x,
          .y_m = pose.position.y,
          .z_m = pose.position.z,
          .qx = pose.orientation.x,
          .qy = pose.orientation.y,
          .qz = pose.orientation.z,
          .qw = pose.orientation.w,
          .vx_mps = twist.linear.x,
          .vy_mps = twist.linear.y,
          .vz_mps = twist.linear.z,
          .wx_radps = twist.angular.x,
          .wy_radps = twist.angular.y,
          .wz_radps = twist.angular.z};
}

// The other way round, with covariances of zero ("unknown").
inline Odometry odometry_of(const math::PoseSample& sample, std::string frame_id, std::string child_frame_id) {
  Odometry odometry;
  odometry.header = {sample.stamp, std::move(frame_id)};
  odometry.child_frame_id = std::move(child_frame_id);
  odometry.pose.pose = {{sample.x_m, sample.y_m, sample.z_m}, {sample.qx, sample.qy, sample.qz, sample.qw}};
  odometry.twist.twist = {{sample.vx_mps, sample.vy_mps, sample.vz_mps},
                          {sample.wx_radps, sample.wy_radps, sample.wz_radps}};
  return odometry;
}

}  // namespace hangil::messages
