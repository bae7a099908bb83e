// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "camera/picture.hpp"

namespace hangil::camera {

// A picture scaled evenly to fit into another size, the rest filled: pixel (x, y) of the picture lands on
// (x * scale + left_px, y * scale + top_px).
struct Letterbox {
  int width = 0, height = 0;              // of the result
  int inner_width = 0, inner_height = 0;  // of the picture in it
  float scale = 1;
  float left_px = 0, top_px = 0;

  float picture_x(float x) const { return (x - left_px) / scale; }
  float picture_y(float y) const { return (y - top_px) / scale; }
};

// Centred up and down, at the left edge: what is filled lies at right and at top and bottom.
Letterbox fit_letterbox(int picture_width, int picture_height, int width, int height);

// How bytes become the network's numbers, a colour in the order of the output: (byte - mean) / deviation.
struct ColourScale {
  std::array<float, 3> mean{}, deviation = {1, 1, 1};
  bool is_rgb = false;  // the output's first colour is red
  std::uint8_t fill = 114;
};

// Fills `into` (height x width x 3 of the letterbox) from a picture already scaled to the inner size.
void letterbox_values(const Letterbox& box, const PictureView& scaled, const ColourScale& colours,
                      std::vector<float>& into);

}  // namespace hangil::camera
