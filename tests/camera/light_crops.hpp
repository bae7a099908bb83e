// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "drives.hpp"

namespace hangil::camera {

inline std::string light_crops_dir() { return tests::shared_dir() + "/data/traffic_light_crops"; }

struct LightScore {
  int count = 0, right = 0, red_as_green = 0, green_as_red = 0;
};
// Reads every crop of a lit head as a picture of its own.
LightScore score_lights();

}  // namespace hangil::camera
