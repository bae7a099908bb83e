// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>

#include "base/result.hpp"
#include "camera/picture.hpp"
#include "messages/camera_info.hpp"

// What OpenCV does for us. In a build without it every call fails with the reason; imaging_problem() says it
// beforehand.
namespace hangil::camera {

// Empty when pictures can be decoded in this build.
std::string imaging_problem();

// JPEG or PNG; grey pictures become three equal colours.
base::Result<Picture> decode_picture(std::span<const std::uint8_t> bytes);

// The picture at another size: area means when it shrinks, bilinear when it grows.
base::Status resize_picture(const PictureView& from, int width, int height, Picture& into);

// Undoes distortion and rotates into the rectified picture (CameraInfo's p). Built once for a calibration.
class Rectifier {
 public:
  Rectifier();
  ~Rectifier();
  Rectifier(Rectifier&&) noexcept;
  Rectifier& operator=(Rectifier&&) noexcept;

  // Refused: no or senseless intrinsics, distortion models other than plumb_bob, rational_polynomial and equidistant.
  static base::Result<Rectifier> make(const messages::CameraInfo& info);
  // True when the raw picture already is the rectified one.
  bool is_identity() const;
  base::Result<Picture> rectify(Picture raw) const;

 private:
  struct Maps;
  std::unique_ptr<const Maps> maps_;
};

}  // namespace hangil::camera
