// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"
#include "math/pinhole.hpp"
#include "messages/camera_info.hpp"
#include "messages/tf_message.hpp"

namespace hangil::camera {

struct GroundPoint {
  double x_m = 0, y_m = 0;
};

// Looks from pixels of a rectified picture onto the flat ground z = 0 of the ego frame.
class GroundView {
 public:
  // Of the camera whose pictures are in `optical_frame`. Refused: a CameraInfo without intrinsics, a frame that
  // tf_static does not connect to "ego".
  static base::Result<GroundView> make(const messages::CameraInfo& info, const messages::TFMessage& tf_static,
                                       const std::string& optical_frame);

  // Nothing at or above the horizon. `pitch_rad` turns the view down by so much, to see what an error does.
  std::optional<GroundPoint> ground_point(double x_px, double y_px, double pitch_rad = 0) const;

 private:
  math::Pinhole optics_;
  Eigen::Isometry3d T_ego_camera_ = Eigen::Isometry3d::Identity();
};

}  // namespace hangil::camera
