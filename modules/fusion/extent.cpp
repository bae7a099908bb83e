// SPDX-License-Identifier: Apache-2.0
#include "fusion/extent.hpp"

#include <algorithm>
#include <cmath>

namespace hangil::fusion {

namespace {

constexpr double kAverageGain = 0.1, kGrowGain = 0.3, kForgetGain = 0.02;

double grown(double extent_m, double seen_m) {
  return extent_m + (seen_m > extent_m ? kGrowGain : kForgetGain) * (seen_m - extent_m);
}

// From -1 (seen wholly from behind the axis) over 0 (abeam) to 1.
double side_seen(const Eigen::Vector2d& to_sensor_m, const Eigen::Vector2d& axis, double extent_m) {
  return std::clamp(to_sensor_m.dot(axis) / std::max(extent_m / 2, 0.1), -1.0, 1.0);
}

}  // namespace

void average(Extent& extent, const Extent& seen, int count) {
  const double gain = std::max(1.0 / count, kAverageGain);
  extent.length_m += gain * (seen.length_m - extent.length_m);
  extent.width_m += gain * (seen.width_m - extent.width_m);
  extent.height_m += gain * (seen.height_m - extent.height_m);
}

void grow(Extent& extent, const Extent& seen) {
  extent = {grown(extent.length_m, seen.length_m), grown(extent.width_m, seen.width_m),
            grown(extent.height_m, seen.height_m)};
}

Eigen::Vector2d centre_behind(const Eigen::Vector2d& seen_centre_m, const Extent& seen, const Extent& whole,
                              double yaw_rad, const Eigen::Vector2d& sensor_m) {
  const Eigen::Vector2d along(std::cos(yaw_rad), std::sin(yaw_rad)), across(-along.y(), along.x());
  const Eigen::Vector2d to_sensor = sensor_m - seen_centre_m;
  const double hidden_length = (whole.length_m - seen.length_m) / 2, hidden_width = (whole.width_m - seen.width_m) / 2;
  return seen_centre_m - side_seen(to_sensor, along, whole.length_m) * hidden_length * along -
         side_seen(to_sensor, across, whole.width_m) * hidden_width * across;
}

}  // namespace hangil::fusion
