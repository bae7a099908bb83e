// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "base/config.hpp"
#include "camera/picture.hpp"
#include "messages/camera_status.hpp"

namespace hangil::camera {

struct PictureCheckConfig {
  double black_mean = 8, white_mean = 247;
  int frozen_count = 5;
  void visit(base::ConfigVisitor& visitor) {
    visitor.field("black_mean", black_mean, {0, 255}, "", "a picture darker than this on average shows nothing");
    visitor.field("white_mean", white_mean, {0, 255}, "", "a picture brighter than this on average shows nothing");
    visitor.field("frozen_count", frozen_count, {2, 1000}, "", "so many equal pictures in a row: the camera hangs");
  }
};

// What the check remembers of the pictures before.
struct PictureHistory {
  std::uint64_t last_digest = 0;
  int equal_count = 0;  // how often the last picture has come in a row
};

// Judges one picture by a sample of its pixels: black, overexposed, grey, or the same again and again. `bytes` is what
// the camera sent; noise makes two of them differ even when nothing moves.
messages::CameraStatus check_picture(const PictureView& picture, std::span<const std::uint8_t> bytes,
                                     const PictureCheckConfig& config, PictureHistory& history);

}  // namespace hangil::camera
