// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <random>

#include <Eigen/Geometry>

#include "messages/objects.hpp"

namespace hangil::tests {

// An object on a straight line in the map, as long as wanted.
struct MovingObject {
  double x_m = 0, y_m = 0, vx_mps = 0, vy_mps = 0;
  messages::ObjectClass object_class = messages::ObjectClass::kCar;
  double length_m = 4.4, width_m = 1.8, height_m = 1.5;

  double yaw_rad() const { return vx_mps == 0 && vy_mps == 0 ? 0 : std::atan2(vy_mps, vx_mps); }
  Eigen::Vector2d at(double time_s) const { return {x_m + vx_mps * time_s, y_m + vy_mps * time_s}; }
};

inline base::Time frame_stamp(int frame) { return {1'000'000'000 + 100'000'000LL * frame}; }

inline Eigen::Isometry3d pose_at(double x_m, double y_m, double yaw_rad) {
  Eigen::Isometry3d T = Eigen::Isometry3d::Identity();
  T.translation() << x_m, y_m, 0;
  T.linear() = Eigen::AngleAxisd(yaw_rad, Eigen::Vector3d::UnitZ()).toRotationMatrix();
  return T;
}

// The whole object as a perfect detector sees it from a vehicle at T_map_ego, every 0.1 s.
inline messages::Object seen_whole(const MovingObject& object, int frame, const Eigen::Isometry3d& T_map_ego) {
  const Eigen::Vector2d centre = object.at(0.1 * frame);
  const Eigen::Vector3d p_ego = T_map_ego.inverse() * Eigen::Vector3d(centre.x(), centre.y(), 1);
  const Eigen::Vector3d axis =
      T_map_ego.linear().transpose() * Eigen::Vector3d(std::cos(object.yaw_rad()), std::sin(object.yaw_rad()), 0);
  messages::Object seen{.object_class = object.object_class, .existence_probability = 0.9f, .point_count = 50};
  seen.box = {p_ego.x(),       p_ego.y(),      p_ego.z(),      std::atan2(axis.y(), axis.x()),
              object.length_m, object.width_m, object.height_m};
  return seen;
}

inline messages::Objects frame_of(const std::vector<MovingObject>& objects, int frame,
                                  const Eigen::Isometry3d& T_map_ego = Eigen::Isometry3d::Identity()) {
  messages::Objects message;
  message.header = {frame_stamp(frame), "ego"};
  for (const MovingObject& object : objects) message.objects.push_back(seen_whole(object, frame, T_map_ego));
  return message;
}

// What a cluster shows of it from the origin: a rectangle around the sides that face the sensor, with errors, as often
// lying across as along.
inline messages::Object seen_in_part(const MovingObject& object, int frame, std::mt19937& random) {
  std::normal_distribution<double> noise(0, 1);
  std::uniform_real_distribution<double> chance(0, 1);
  messages::Object seen = seen_whole(object, frame, Eigen::Isometry3d::Identity());
  messages::Box3& box = seen.box;
  const double c = std::cos(box.yaw_rad), s = std::sin(box.yaw_rad);
  const double along = -(c * box.x_m + s * box.y_m), across = s * box.x_m - c * box.y_m;  // of the sensor, from the box
  const auto cut = [&](double extent_m, double sensor_m) {
    const bool is_side_seen = std::abs(sensor_m) < 3 * extent_m;
    return is_side_seen ? extent_m * (0.6 + 0.4 * chance(random)) : extent_m;
  };
  const bool sees_flank = std::abs(across) > object.width_m / 2 + 0.5;
  const double length = sees_flank ? cut(object.length_m, across) : 0.5;
  const double lost = (object.length_m - length) / 2 * (along > 0 ? 1 : -1);  // on the far side
  box.x_m += c * lost + 0.05 * noise(random), box.y_m += s * lost + 0.05 * noise(random);
  box.length_m = length;
  box.yaw_rad += 0.05 * noise(random);
  if (box.length_m < box.width_m) std::swap(box.length_m, box.width_m), box.yaw_rad += std::acos(0.0);
  if (chance(random) < 0.5) box.yaw_rad += std::acos(-1.0);
  seen.object_class = messages::ObjectClass::kUnknown;
  seen.existence_probability = 0.7f;
  return seen;
}

}  // namespace hangil::tests
