// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace hangil::camera {

// Three bytes a pixel (blue, green, red), row by row, no gaps.
struct Picture {
  int width = 0, height = 0;
  std::vector<std::uint8_t> bgr;
};

// A picture that does not own its bytes: of a message, for example.
struct PictureView {
  int width = 0, height = 0;
  const std::uint8_t* bgr = nullptr;

  PictureView() = default;
  PictureView(int picture_width, int picture_height, const std::uint8_t* bytes)
      : width(picture_width), height(picture_height), bgr(bytes) {}
  PictureView(const Picture& picture) : PictureView(picture.width, picture.height, picture.bgr.data()) {}  // NOLINT
  const std::uint8_t* pixel(int x, int y) const { return bgr + (static_cast<std::ptrdiff_t>(y) * width + x) * 3; }
};

}  // namespace hangil::camera
