// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "camera/imaging.hpp"
#include "camera/picture_check.hpp"
#include "messages/compressed_image.hpp"
#include "messages/image.hpp"

namespace hangil::camera {

// What prepare_picture() keeps between pictures.
struct PreparationState {
  PictureHistory history;
  messages::CameraInfo info;  // the rectifier is for this one
  std::optional<base::Result<Rectifier>> rectifier;
};

struct PreparedPicture {
  messages::CameraStatus status;
  std::optional<messages::Image> image;  // rectified bgr8; nothing when the picture cannot be used
};

// Decodes, checks and rectifies one picture. `info` may be null: the picture is then used as it comes.
PreparedPicture prepare_picture(const messages::CompressedImage& compressed, const messages::CameraInfo* info,
                                const PictureCheckConfig& config, PreparationState& state);

}  // namespace hangil::camera
