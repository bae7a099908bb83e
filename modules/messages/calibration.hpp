// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/result.hpp"
#include "math/pinhole.hpp"
#include "messages/camera_info.hpp"
#include "messages/tf_message.hpp"

// What messages say of where sensors sit and how cameras look, for every room alike.
namespace hangil::messages {

// T_ego_frame: follows the tree from a sensor's frame up to "ego" (at most 16 links). The identity for "ego" itself.
// Errors name the frame that has no parent, a loop, or a transform that is not a rigid motion.
base::Result<Eigen::Isometry3d> find_pose_in_ego(const TFMessage& tf_static, const std::string& sensor_frame);

// A camera as its CameraInfo tells: of the rectified picture by P; by the raw intrinsics K where P is 0.
struct CameraOptics {
  math::Pinhole pinhole;
  Eigen::Vector3d centre_m = Eigen::Vector3d::Zero();  // of the projection, in the info's frame: P's last column
};
base::Result<CameraOptics> camera_optics(const CameraInfo& info);

// Both together: the optics, and T_ego_camera with the camera's frame at the centre of the projection.
struct PlacedCamera {
  math::Pinhole optics;
  Eigen::Isometry3d T_ego_camera = Eigen::Isometry3d::Identity();
};
base::Result<PlacedCamera> placed_camera(const CameraInfo& info, const TFMessage& tf_static);

}  // namespace hangil::messages
