// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "fusion/sensor_rig.hpp"

namespace hangil::cli {

// The calibration that a recording carries: a camera for each channel that ends in /camera_info, a LiDAR for each
// static frame whose name begins with "lidar". Error: what cannot be read, or no static transforms.
base::Result<fusion::SensorRig> recorded_rig(const std::string& path);

}  // namespace hangil::cli
