// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/config.hpp"
#include "fusion/camera_evidence.hpp"

namespace hangil::fusion {

// How boxes of the LiDAR and pictures' boxes are brought together in time, and when a sensor counts as lost.
struct SensorFusionConfig {
  CameraModel camera;
  double pair_tolerance_ms = 45;
  double most_wait_ms = 60;
  double lost_after_ms = 500;
  double camera_time_offset_ms = 0;
  double most_calibration_error_deg = 1.5;

  void visit(base::ConfigVisitor& visitor) {
    camera.visit(visitor);
    visitor.field("pair_tolerance_ms", pair_tolerance_ms, {0, 500}, "ms",
                  "between the stamps of boxes and of the picture that is taken into them");
    visitor.field("most_wait_ms", most_wait_ms, {0, 1000}, "ms", "that boxes wait for their picture");
    visitor.field("lost_after_ms", lost_after_ms, {50, 10000}, "ms", "of silence: the sensor counts as lost");
    visitor.field("camera_time_offset_ms", camera_time_offset_ms, {-1000, 1000}, "ms",
                  "added to pictures' stamps to get the moment of exposure");
    visitor.field("most_calibration_error_deg", most_calibration_error_deg, {0.2, 8}, "deg",
                  "turn of the camera against its calibration beyond which it is not used");
  }
};

}  // namespace hangil::fusion
