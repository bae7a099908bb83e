// SPDX-License-Identifier: Apache-2.0
#include "localization/pose_estimator.hpp"

#include <algorithm>

namespace hangil::localization {

using messages::Imu;
using messages::NavSatFix;
using messages::Odometry;

PoseEstimator::PoseEstimator(const PoseConfig& config) : config_(config), filter_(config.gnss_imu) {
  if (config.source == "odometry") source_ = Source::kOdometry;
  if (config.source == "gnss_imu") source_ = Source::kGnssImu;
}

void PoseEstimator::decide(bool has_odometry, base::Time newest) {
  if (source_ != Source::kUndecided) return;
  if (!first_heard_) first_heard_ = newest;
  if (has_odometry)
    source_ = Source::kOdometry;
  else if ((newest - *first_heard_).to_s() >= config_.odometry_patience_s)
    source_ = Source::kGnssImu;
}

std::vector<Odometry> PoseEstimator::add(std::span<const Odometry* const> odometry,
                                         std::span<const NavSatFix* const> fixes, std::span<const Imu* const> imu) {
  if (!fixes.empty()) decide(!odometry.empty(), fixes.back()->header.stamp);
  if (!imu.empty()) decide(!odometry.empty(), imu.back()->header.stamp);
  if (!odometry.empty()) decide(true, odometry.back()->header.stamp);
  if (source_ == Source::kOdometry) return from_odometry(odometry);
  std::vector<Odometry> poses = from_gnss_imu(fixes, imu);
  return source_ == Source::kGnssImu ? poses : std::vector<Odometry>();
}

std::vector<Odometry> PoseEstimator::from_odometry(std::span<const Odometry* const> odometry) {
  std::vector<Odometry> poses;
  for (const Odometry* message : odometry) {
    if (auto pose = odometry_pose_.add(*message)) poses.push_back(*std::move(pose));
  }
  return poses;
}

// In order of stamp; an IMU reading before a fix of the same stamp.
std::vector<Odometry> PoseEstimator::from_gnss_imu(std::span<const NavSatFix* const> fixes,
                                                   std::span<const Imu* const> imu) {
  std::vector<Odometry> poses;
  std::size_t next_fix = 0;
  const auto take_fix = [&] {
    if (filter_.add(*fixes[next_fix++]).ok() && !filter_.has_imu()) add_filtered(poses);
  };
  for (const Imu* reading : imu) {
    while (next_fix < fixes.size() && fixes[next_fix]->header.stamp < reading->header.stamp) take_fix();
    if (filter_.add(*reading).ok()) add_filtered(poses);
  }
  while (next_fix < fixes.size()) take_fix();
  return poses;
}

void PoseEstimator::add_filtered(std::vector<Odometry>& poses) {
  const auto pose = filter_.pose();
  if (!pose || source_ != Source::kGnssImu) return;
  if (!anchor_) anchor_ = anchor_at(*pose);
  poses.push_back(into_map(*anchor_, *pose));
  poses.back().header.frame_id = "map";
}

messages::TransformStamped transform_of(const Odometry& pose) {
  const auto& [position, orientation] = pose.pose.pose;
  return {pose.header, pose.child_frame_id, {{position.x, position.y, position.z}, orientation}};
}

}  // namespace hangil::localization
