// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstring>
#include <functional>
#include <numbers>
#include <random>
#include <vector>

#include "lidar/sensor_pose.hpp"
#include "math/pose2.hpp"
#include "messages/point_cloud2.hpp"

// Scans of made scenes: a spinning LiDAR of 64 rings over a ground given as a function, and upright boxes on it.
namespace hangil::lidar::tests {

struct MadeBox {
  math::Pose2 pose;  // ego frame
  double length_m = 4, width_m = 1.7, height_m = 1.5;
};

struct MadeScene {
  std::function<double(double x_m, double y_m)> ground_m = [](double, double) { return 0.0; };
  std::vector<MadeBox> boxes;
  double range_sigma_m = 0.01;
};

struct MadeScan {
  messages::PointCloud2 cloud;  // frame lidar_top, packed x, y, z, intensity
  std::vector<bool> is_ground;  // of each point
};

inline SensorPose made_sensor_pose() { return {.translation_m = {0.8f, 0.0f, 1.73f}}; }

// Distance along the ray (from the sensor, direction of unit length) to the box, or infinity.
inline double distance_to_m(const MadeBox& box, double base_m, const double (&from)[3], const double (&ray)[3]) {
  const math::Pose2 T_box_ego = math::inverse(box.pose);
  const math::Point2 origin = T_box_ego * math::Point2{from[0], from[1]};
  const double c = std::cos(box.pose.yaw_rad), s = std::sin(box.pose.yaw_rad);
  const double start[3] = {origin.x_m, origin.y_m, from[2] - base_m};
  const double step[3] = {c * ray[0] + s * ray[1], c * ray[1] - s * ray[0], ray[2]};
  const double least[3] = {-box.length_m / 2, -box.width_m / 2, 0};
  const double most[3] = {box.length_m / 2, box.width_m / 2, box.height_m};
  double enter = 0, leave = 1e9;
  for (int axis = 0; axis < 3; ++axis) {
    const double to_least = (least[axis] - start[axis]) / step[axis], to_most = (most[axis] - start[axis]) / step[axis];
    enter = std::max(enter, std::min(to_least, to_most));
    leave = std::min(leave, std::max(to_least, to_most));
  }
  return enter <= leave ? enter : INFINITY;
}

// Marches along the ray and halves the last step.
inline double distance_to_ground_m(const MadeScene& scene, const double (&from)[3], const double (&ray)[3]) {
  const auto height_m = [&](double r) {
    return from[2] + r * ray[2] - scene.ground_m(from[0] + r * ray[0], from[1] + r * ray[1]);
  };
  double near = 1, far = 1;
  while (height_m(far) > 0) {
    near = far;
    far += 0.02 + 0.01 * far;
    if (far > 90) return INFINITY;
  }
  for (int i = 0; i < 30; ++i) (height_m((near + far) / 2) > 0 ? near : far) = (near + far) / 2;
  return far;
}

inline messages::PointCloud2 packed_cloud(const std::vector<float>& values) {
  messages::PointCloud2 cloud;
  cloud.header.frame_id = "lidar_top";
  cloud.height = 1;
  cloud.width = static_cast<std::uint32_t>(values.size() / 4);
  cloud.point_step = 16;
  cloud.row_step = 16 * cloud.width;
  for (const char* name : {"x", "y", "z", "intensity"}) {
    cloud.point_fields.push_back({name, static_cast<std::uint32_t>(4 * cloud.point_fields.size())});
  }
  cloud.data.resize(4 * values.size());
  if (!values.empty()) std::memcpy(cloud.data.data(), values.data(), cloud.data.size());
  return cloud;
}

inline MadeScan scan(const MadeScene& scene, std::uint64_t seed = 1, int column_count = 1024) {
  std::mt19937_64 random(seed);
  std::normal_distribution<double> noise_m(0, scene.range_sigma_m);
  const SensorPose pose = made_sensor_pose();
  const double from[3] = {pose.translation_m[0], pose.translation_m[1], pose.translation_m[2]};
  std::vector<float> values;
  MadeScan made;
  for (int ring = 0; ring < 64; ++ring) {
    const double elevation_rad = (2.0 - 26.8 * ring / 63.0) * std::numbers::pi / 180;
    for (int column = 0; column < column_count; ++column) {
      const double azimuth_rad = 2 * std::numbers::pi * (column + 0.37) / column_count;
      const double ray[3] = {std::cos(elevation_rad) * std::cos(azimuth_rad),
                             std::cos(elevation_rad) * std::sin(azimuth_rad), std::sin(elevation_rad)};
      const double to_ground_m = distance_to_ground_m(scene, from, ray);
      double nearest_m = to_ground_m;
      for (const MadeBox& box : scene.boxes) {
        const double base_m = scene.ground_m(box.pose.x_m, box.pose.y_m);
        nearest_m = std::min(nearest_m, distance_to_m(box, base_m, from, ray));
      }
      if (nearest_m > 90) continue;
      const double r = nearest_m + noise_m(random);
      for (const double axis : ray) values.push_back(static_cast<float>(r * axis));
      values.push_back(0.25f);
      made.is_ground.push_back(nearest_m == to_ground_m);
    }
  }
  made.cloud = packed_cloud(values);
  return made;
}

}  // namespace hangil::lidar::tests
