// SPDX-License-Identifier: Apache-2.0
#include "camera/made_picture.hpp"

namespace hangil::camera {

Picture made_picture() {
  Picture picture{1242, 375, {}};
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      for (const int value : {y, x / 5, (x + y) / 7}) picture.bgr.push_back(static_cast<std::uint8_t>(value));
    }
  }
  return picture;
}

}  // namespace hangil::camera
