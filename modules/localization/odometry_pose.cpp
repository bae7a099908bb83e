// SPDX-License-Identifier: Apache-2.0
#include "localization/odometry_pose.hpp"

#include <Eigen/Geometry>

#include "messages/pose_sample.hpp"

namespace hangil::localization {

namespace {

constexpr base::Duration kMostGap{500'000'000};

bool has_twist(const math::PoseSample& s) {
  return s.vx_mps != 0 || s.vy_mps != 0 || s.vz_mps != 0 || s.wx_radps != 0 || s.wy_radps != 0 || s.wz_radps != 0;
}

Eigen::Quaterniond rotation(const math::PoseSample& s) { return {s.qw, s.qx, s.qy, s.qz}; }

}  // namespace

math::PoseSample with_twist_since(const math::PoseSample& earlier, const math::PoseSample& later) {
  const double span_s = (later.stamp - earlier.stamp).to_s();
  const Eigen::Vector3d way(later.x_m - earlier.x_m, later.y_m - earlier.y_m, later.z_m - earlier.z_m);
  const Eigen::AngleAxisd turn(rotation(earlier).conjugate() * rotation(later));
  const Eigen::Vector3d velocity = rotation(later).conjugate() * way / span_s,
                        rate = turn.axis() * turn.angle() / span_s;
  math::PoseSample filled = later;
  filled.vx_mps = velocity.x(), filled.vy_mps = velocity.y(), filled.vz_mps = velocity.z();
  filled.wx_radps = rate.x(), filled.wy_radps = rate.y(), filled.wz_radps = rate.z();
  return filled;
}

base::Result<messages::Odometry> OdometryPose::add(const messages::Odometry& odometry) {
  if (!math::is_sound(messages::pose_sample(odometry))) {
    return base::Error{"odometry at " + std::to_string(odometry.header.stamp.to_s()) +
                       " s has a number that is not finite or a quaternion that is not of length 1"};
  }
  if (!anchor_) anchor_ = odometry.header.frame_id == "map" ? MapAnchor{} : anchor_at(odometry);
  messages::Odometry pose = odometry.header.frame_id == "map" ? odometry : into_map(*anchor_, odometry);
  math::PoseSample sample = messages::pose_sample(pose);
  if (last_ && !has_twist(sample)) {
    const base::Duration gap = sample.stamp - last_->stamp;
    if (gap.ns > 0 && gap <= kMostGap) sample = with_twist_since(*last_, sample);
  }
  pose.header.frame_id = "map", pose.child_frame_id = "ego";
  pose.twist.twist = {{sample.vx_mps, sample.vy_mps, sample.vz_mps},
                      {sample.wx_radps, sample.wy_radps, sample.wz_radps}};
  last_ = sample;
  return pose;
}

}  // namespace hangil::localization
