// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "fusion/rotation_angles.hpp"
#include "math/pinhole.hpp"
#include "messages/image_objects.hpp"
#include "messages/objects.hpp"

// Made cars on a flat road and the pictures that a camera 1.6 m above it takes of them.
namespace hangil::tests {

inline constexpr math::Pinhole kOptics{720, 720, 620, 190, 1240, 376};

inline Eigen::Isometry3d T_camera_ego(double yaw_error_rad = 0, double pitch_error_rad = 0) {
  Eigen::Isometry3d T_ego_body = Eigen::Isometry3d::Identity();
  T_ego_body.translation() << 1, 0, 1.6;
  T_ego_body.linear() = fusion::rotation_of({0, pitch_error_rad, yaw_error_rad});
  return (T_ego_body * fusion::T_body_optical()).inverse();
}

struct Place {
  double x_m = 0, y_m = 0;
};

inline messages::Objects objects_at(const std::vector<Place>& places, messages::ObjectClass object_class,
                                    float probability, base::Time stamp = {}) {
  messages::Objects objects;
  objects.header = {stamp, "ego"};
  for (const Place& place : places) {
    objects.objects.push_back({object_class, probability, {place.x_m, place.y_m, 0.75, 0, 4.2, 1.8, 1.5}, 50});
  }
  return objects;
}

// The boxes of a picture that shows all of these objects that it can.
inline messages::ImageObjects picture_of(const messages::Objects& objects, messages::ObjectClass object_class,
                                         float probability, const Eigen::Isometry3d& T_camera = T_camera_ego()) {
  messages::ImageObjects seen;
  seen.header = {objects.header.stamp, "camera_front"};
  seen.width_px = 1240, seen.height_px = 376;
  for (const messages::Object& object : objects.objects) {
    const messages::Box3& b = object.box;
    const auto sight =
        math::silhouette(kOptics, T_camera, {b.x_m, b.y_m, b.z_m, b.yaw_rad, b.length_m, b.width_m, b.height_m});
    if (!sight) continue;
    seen.objects.push_back({object_class, probability, static_cast<float>(sight->box.left_px),
                            static_cast<float>(sight->box.top_px), static_cast<float>(sight->box.right_px),
                            static_cast<float>(sight->box.bottom_px)});
  }
  return seen;
}

}  // namespace hangil::tests
