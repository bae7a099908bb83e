// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "base/result.hpp"
#include "messages/camera_info.hpp"
#include "messages/geometry.hpp"
#include "messages/truth_objects.hpp"

namespace hangil::evaluation {

// What the camera sees whose picture the labels are limited to. Pinhole without distortion (rectified image).
class CameraView {
 public:
  // Error: no transform from `ego` to the camera's frame, or a picture without size or focal length.
  static base::Result<CameraView> make(const messages::CameraInfo& info,
                                       const std::vector<messages::TransformStamped>& static_transforms);

  double width_px() const { return width_px_; }

  // The box's centre lies in front of the camera and inside the picture.
  bool sees_centre(const messages::Box3& box_ego) const;
  // The rectangle around its corners, cut at the picture's edges; nothing when no corner is in front or in the picture.
  std::optional<messages::ImageBox> image_box(const messages::Box3& box_ego) const;

 private:
  struct Pixel {
    double x_px, y_px;
  };
  std::optional<Pixel> project(double x_m, double y_m, double z_m) const;

  double width_px_ = 0, height_px_ = 0;
  std::array<double, 12> image_from_ego_{};  // 3x4 row-major: intrinsics times T_camera_ego
};

// The part of `box` that lies in `region`, 0 to 1.
double covered_ratio(const messages::ImageBox& box, const messages::ImageBox& region);

}  // namespace hangil::evaluation
