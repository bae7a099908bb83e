// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include <Eigen/Geometry>

#include "base/result.hpp"
#include "base/time.hpp"
#include "base/yaml.hpp"
#include "math/pinhole.hpp"
#include "messages/camera_info.hpp"
#include "messages/tf_message.hpp"

namespace hangil::fusion {

// One rectified camera and where it sits.
struct CameraMount {
  std::string name, frame_id;  // frame_id: of its optical frame (x right, y down, z forward)
  math::Pinhole optics;
  Eigen::Isometry3d T_ego_camera = Eigen::Isometry3d::Identity();
  base::Duration time_offset;  // added to its stamps to get the moment of exposure in the vehicle's time
};

struct LidarMount {
  std::string name, frame_id;
  Eigen::Isometry3d T_ego_lidar = Eigen::Isometry3d::Identity();
  base::Duration time_offset;
};

// The calibrated sensors of a vehicle.
struct SensorRig {
  std::string name;
  std::vector<CameraMount> cameras;
  std::vector<LidarMount> lidars;
};

// Reads configs/sensors/<rig>.yaml. Strict: every unknown, missing, mistyped or out-of-range key is in the error, one a
// line, with file and line; so are two sensors of one name.
base::Result<SensorRig> parse_sensor_rig(const base::YamlNode& root);
base::Result<SensorRig> load_sensor_rig(const std::string& path);

// The file's text of a rig: what parse_sensor_rig makes the same rig of, to a tenth of a millimetre and 1e-4 degrees.
std::string sensor_rig_text(const SensorRig& rig);

// The calibration that a recording carries: intrinsics from CameraInfo's P (K where P is 0; a P with a translation
// shifts the camera), the mounting from the static transforms between "ego" and the camera's frame. The error says what
// is missing or unsound.
base::Result<CameraMount> camera_mount(const messages::CameraInfo& info, const messages::TFMessage& tf_static);

// The same as messages, for what takes its calibration from a recording's channels.
messages::CameraInfo camera_info_message(const CameraMount& camera, base::Time stamp);
messages::TFMessage static_transforms(const SensorRig& rig, base::Time stamp);

}  // namespace hangil::fusion
