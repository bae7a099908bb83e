// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <Eigen/Geometry>

#include "messages/imu.hpp"
#include "messages/nav_sat_fix.hpp"
#include "messages/odometry.hpp"

namespace hangil::recording {

// One line of an OXTS file: what the GNSS/IMU unit said at one frame (dataformat.txt of the KITTI raw development kit).
struct OxtsRow {
  double latitude_deg = 0, longitude_deg = 0, altitude_m = 0;
  double roll_rad = 0, pitch_rad = 0, yaw_rad = 0;  // yaw 0: east, counter-clockwise
  Eigen::Vector3d velocity_mps, acceleration_mps2;  // forward, left, up
  Eigen::Vector3d angular_rate_radps;               // about x, y, z
  double position_accuracy_m = 0, velocity_accuracy_mps = 0;
  int satellite_count = 0;
};

// By frame; nothing where a line is bad, which `warning` is told with file and line.
std::vector<std::optional<OxtsRow>> parse_oxts(std::string_view text, const std::string& file,
                                               const std::function<void(const std::string&)>& warning);

// T_map_ego by frame; map is the first pose there is. Mercator projection at the first latitude, as the development kit
// (convertOxtsToPose) does.
std::vector<std::optional<Eigen::Isometry3d>> oxts_poses(const std::vector<std::optional<OxtsRow>>& rows,
                                                         const Eigen::Isometry3d& T_ego_imu);

messages::Odometry oxts_odometry(const OxtsRow& row, const Eigen::Isometry3d& T_map_ego, base::Time stamp);
messages::Imu oxts_imu(const OxtsRow& row, base::Time stamp);         // frame imu
messages::NavSatFix oxts_gnss(const OxtsRow& row, base::Time stamp);  // frame imu

}  // namespace hangil::recording
