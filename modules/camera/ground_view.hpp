// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "messages/camera_info.hpp"
#include "messages/tf_message.hpp"

namespace hangil::camera {

struct GroundPoint {
  double x_m = 0, y_m = 0;
};

// Looks from pixels of a rectified picture onto the flat ground z = 0 of the ego frame.
class GroundView {
 public:
  // Refused: a CameraInfo without p, a frame that tf_static does not connect to "ego".
  static base::Result<GroundView> make(const messages::CameraInfo& info, const messages::TFMessage& tf_static,
                                       const std::string& optical_frame);

  // Nothing at or above the horizon. `pitch_rad` turns the view down by so much, to see what an error does.
  std::optional<GroundPoint> ground_point(double x_px, double y_px, double pitch_rad = 0) const;

 private:
  double focal_x_px_ = 0, focal_y_px_ = 0, centre_x_px_ = 0, centre_y_px_ = 0;
  std::array<double, 9> rotation_{};  // R_ego_optical, row-major
  std::array<double, 3> position_m_{};
};

}  // namespace hangil::camera
