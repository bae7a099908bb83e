// SPDX-License-Identifier: Apache-2.0
#include "recording/kitti_oxts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "recording/text_lines.hpp"
#include "recording/transforms.hpp"

namespace hangil::recording {

namespace {

constexpr double kEarthRadius_m = 6378137.0;  // as the development kit has it
constexpr double kRadiansPerDegree = std::numbers::pi / 180;
constexpr std::size_t kColumns = 30, kNumbers = 27;  // the last words are modes

std::optional<OxtsRow> parse_row(const TextLine& line) {
  std::array<double, kNumbers> n;
  if (line.words.size() < kColumns) return std::nullopt;
  for (std::size_t i = 0; i < kNumbers; ++i) {
    const auto number = to_number(line.words[i]);
    if (!number) return std::nullopt;
    n[i] = *number;
  }
  OxtsRow row{n[0], n[1], n[2], n[3], n[4], n[5], {n[8], n[9], n[10]}, {n[11], n[12], n[13]}, {n[17], n[18], n[19]}};
  row.position_accuracy_m = n[23];
  row.velocity_accuracy_mps = n[24];
  row.satellite_count = to_integer(line.words[26]).value_or(0);
  constexpr double kMost = 1e5;  // of anything in these units
  const bool is_plausible = std::all_of(n.begin(), n.end(), [](double number) { return std::abs(number) < kMost; });
  const bool is_on_earth = std::abs(row.latitude_deg) < 89 && std::abs(row.longitude_deg) <= 360;
  return is_plausible && is_on_earth ? std::optional(row) : std::nullopt;
}

Eigen::Quaterniond orientation(const OxtsRow& row) {
  return Eigen::AngleAxisd(row.yaw_rad, Eigen::Vector3d::UnitZ()) *
         Eigen::AngleAxisd(row.pitch_rad, Eigen::Vector3d::UnitY()) *
         Eigen::AngleAxisd(row.roll_rad, Eigen::Vector3d::UnitX());
}

Eigen::Isometry3d T_mercator_imu(const OxtsRow& row, double scale) {
  const double x = scale * kEarthRadius_m * row.longitude_deg * kRadiansPerDegree;
  const double y = scale * kEarthRadius_m * std::log(std::tan((90 + row.latitude_deg) * kRadiansPerDegree / 2));
  return Eigen::Translation3d(x, y, row.altitude_m) * orientation(row);
}

messages::Vector3 to_vector(const Eigen::Vector3d& v) { return {v.x(), v.y(), v.z()}; }

template <std::size_t Size>
void set_diagonal(std::array<double, Size>& covariance, std::size_t first, double variance) {
  constexpr std::size_t kSide = Size == 36 ? 6 : 3;
  for (std::size_t i = first; i < first + 3; ++i) covariance[i * kSide + i] = variance;
}

}  // namespace

std::vector<std::optional<OxtsRow>> parse_oxts(std::string_view text, const std::string& file,
                                               const std::function<void(const std::string&)>& warning) {
  std::vector<std::optional<OxtsRow>> rows;
  for (const TextLine& line : split_lines(text)) {
    rows.push_back(parse_row(line));
    if (!rows.back()) {
      warning(file + ":" + std::to_string(line.number) + ": not the 30 words of an OXTS line; this frame has no pose");
    }
  }
  return rows;
}

std::vector<std::optional<Eigen::Isometry3d>> oxts_poses(const std::vector<std::optional<OxtsRow>>& rows,
                                                         const Eigen::Isometry3d& T_ego_imu) {
  std::vector<std::optional<Eigen::Isometry3d>> poses;
  std::optional<Eigen::Isometry3d> T_map_mercator;
  double scale = 1;
  for (const auto& row : rows) {
    if (!row) {
      poses.emplace_back();
      continue;
    }
    if (!T_map_mercator) scale = std::cos(row->latitude_deg * kRadiansPerDegree);
    const Eigen::Isometry3d T_mercator_ego = T_mercator_imu(*row, scale) * T_ego_imu.inverse();
    if (!T_map_mercator) T_map_mercator = T_mercator_ego.inverse();
    poses.emplace_back(*T_map_mercator * T_mercator_ego);
  }
  return poses;
}

messages::Odometry oxts_odometry(const OxtsRow& row, const Eigen::Isometry3d& T_map_ego, base::Time stamp) {
  messages::Odometry odometry;
  odometry.header = {stamp, "map"};
  odometry.child_frame_id = "ego";
  odometry.pose.pose = pose_message(T_map_ego);
  odometry.twist.twist = {to_vector(row.velocity_mps), to_vector(row.angular_rate_radps)};
  set_diagonal(odometry.pose.covariance, 0, row.position_accuracy_m * row.position_accuracy_m);
  set_diagonal(odometry.twist.covariance, 0, row.velocity_accuracy_mps * row.velocity_accuracy_mps);
  return odometry;
}

messages::Imu oxts_imu(const OxtsRow& row, base::Time stamp) {
  messages::Imu imu;
  imu.header = {stamp, "imu"};
  imu.orientation = to_message(orientation(row));
  imu.angular_velocity = to_vector(row.angular_rate_radps);
  imu.linear_acceleration = to_vector(row.acceleration_mps2);
  return imu;
}

messages::NavSatFix oxts_gnss(const OxtsRow& row, base::Time stamp) {
  messages::NavSatFix fix;
  constexpr std::uint8_t kDiagonalKnown = 2;
  fix.header = {stamp, "imu"};
  fix.status.status = static_cast<std::int8_t>(row.satellite_count > 0 ? 0 : -1);
  fix.latitude = row.latitude_deg;
  fix.longitude = row.longitude_deg;
  fix.altitude = row.altitude_m;
  set_diagonal(fix.position_covariance, 0, row.position_accuracy_m * row.position_accuracy_m);
  fix.position_covariance_type = kDiagonalKnown;
  return fix;
}

}  // namespace hangil::recording
