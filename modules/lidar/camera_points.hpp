// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.hpp"
#include "lidar/points.hpp"
#include "lidar/sensor_pose.hpp"
#include "math/pinhole.hpp"
#include "messages/camera_info.hpp"
#include "messages/tf_message.hpp"

namespace hangil::lidar {

// A rectified camera beside a LiDAR. Camera frame: x right, y down, z forward.
struct CameraBeside {
  SensorPose T_camera_lidar, T_ego_camera;
  math::Pinhole optics;
};

// Errors name the frame without a way to ego, or say that the picture has no size or no focal length.
base::Result<CameraBeside> find_camera_beside(const messages::CameraInfo& info, const messages::TFMessage& tf_static,
                                              const std::string& lidar_frame);

inline constexpr float kDeepest_m = 120, kHighest_m = 40;

// The LiDAR points that lie in the picture, in the camera's frame and the scan's order: 0.1 m to kDeepest_m ahead, at
// most that far aside and kHighest_m up or down. Points that are not finite are left out.
void crop_to_picture(const Points& lidar_points, const CameraBeside& camera, Points& seen);

}  // namespace hangil::lidar
