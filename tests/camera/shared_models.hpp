// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "drives.hpp"
#include "model/weights.hpp"

namespace hangil::camera {

inline std::string shared_model(const std::string& name) {
  return std::string(HANGIL_SOURCE_DIR) + "/../shared/models/" + name;
}

}  // namespace hangil::camera
