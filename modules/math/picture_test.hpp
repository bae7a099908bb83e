// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "math/pinhole.hpp"

namespace hangil::math {

// project() and contains() for many points, as floats and without a division: whether a point shows in the picture.
struct PictureTest {
  float fx_px, fy_px, cx_px, cy_px, width_px, height_px;

  explicit PictureTest(const Pinhole& camera)
      : fx_px(static_cast<float>(camera.fx_px)),
        fy_px(static_cast<float>(camera.fy_px)),
        cx_px(static_cast<float>(camera.cx_px)),
        cy_px(static_cast<float>(camera.cy_px)),
        width_px(static_cast<float>(camera.width_px)),
        height_px(static_cast<float>(camera.height_px)) {}

  // Without branches; false for what is not a number.
  bool shows(float x_m, float y_m, float z_m) const {
    const float u = fx_px * x_m + cx_px * z_m, v = fy_px * y_m + cy_px * z_m;
    return (z_m > 0.1f) & (u >= 0) & (u < width_px * z_m) & (v >= 0) & (v < height_px * z_m);
  }
};

}  // namespace hangil::math
