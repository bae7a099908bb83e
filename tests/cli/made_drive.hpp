// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace hangil::cli::made {

struct DriveShape {
  int frame_count = 60;
  bool has_truth = true, has_poses = true, has_run = true, has_camera = true;
};

// Writes a driven recording of a made-up street: parked cars left and right, a car ahead, a cyclist and a pedestrian
// that crosses; ego brakes for it. Detections are exact but for a pedestrian seen late and a phantom; one plan is
// rejected. Labels are all around. Returns the path.
std::string write_driven(const std::string& path, const DriveShape& shape = {});

}  // namespace hangil::cli::made
