// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "localization/gnss_imu_filter.hpp"
#include "localization/odometry_pose.hpp"

namespace hangil::localization {

struct PoseConfig {
  std::string source = "auto";
  double odometry_patience_s = 1;
  GnssImuConfig gnss_imu;

  void visit(base::ConfigVisitor& visitor) {
    visitor.field("source", source, {"auto", "odometry", "gnss_imu"}, "what poses are made from");
    visitor.field("odometry_patience_s", odometry_patience_s, {0, 60}, "s",
                  "auto: without odometry for so long from the first message on, GNSS and IMU are used for good");
    gnss_imu.visit(visitor);
  }
};

// Poses of ego in map (the first pose is its origin) with twist in ego, from one source for the whole drive: odometry
// where there is any, else GNSS and IMU. Never both, because their maps differ.
class PoseEstimator {
 public:
  explicit PoseEstimator(const PoseConfig& config);

  // What has newly arrived, each oldest first. Returns a pose for each odometry message, or for each IMU reading (each
  // fix while there is no IMU). Messages with numbers that make no sense give none.
  std::vector<messages::Odometry> add(std::span<const messages::Odometry* const> odometry,
                                      std::span<const messages::NavSatFix* const> fixes,
                                      std::span<const messages::Imu* const> imu);

 private:
  enum class Source { kUndecided, kOdometry, kGnssImu };
  void decide(bool has_odometry, base::Time newest);
  std::vector<messages::Odometry> from_odometry(std::span<const messages::Odometry* const> odometry);
  std::vector<messages::Odometry> from_gnss_imu(std::span<const messages::NavSatFix* const> fixes,
                                                std::span<const messages::Imu* const> imu);
  void add_filtered(std::vector<messages::Odometry>& poses);

  PoseConfig config_;
  Source source_ = Source::kUndecided;
  std::optional<base::Time> first_heard_;
  OdometryPose odometry_pose_;
  GnssImuFilter filter_;
  std::optional<MapAnchor> anchor_;
};

// T_map_ego as a transform message.
messages::TransformStamped transform_of(const messages::Odometry& pose);

}  // namespace hangil::localization
