// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>

#include <Eigen/Geometry>

namespace hangil::math {

struct Pixel {
  double x_px = 0, y_px = 0;  // x right, y down, from the picture's upper left corner
};

// An upright box in a picture.
struct PixelBox {
  double left_px = 0, top_px = 0, right_px = 0, bottom_px = 0;

  double width_px() const { return right_px - left_px; }
  double height_px() const { return bottom_px - top_px; }
  double area_px2() const { return width_px() > 0 && height_px() > 0 ? width_px() * height_px() : 0; }
};

// Shared area over joint area, 0 to 1; 0 for boxes without area or with numbers that are not finite.
double intersection_over_union(const PixelBox& a, const PixelBox& b);

// A camera without distortion, as of a rectified picture; its frame: x right, y down, z forward (REP 103).
struct Pinhole {
  double fx_px = 0, fy_px = 0, cx_px = 0, cy_px = 0;
  double width_px = 0, height_px = 0;

  bool is_sound() const;  // finite, with a focal length and a picture size
  bool contains(const Pixel& pixel) const {
    return pixel.x_px >= 0 && pixel.x_px < width_px && pixel.y_px >= 0 && pixel.y_px < height_px;
  }
};

// Where a point of the camera's frame shows, in or out of the picture; nothing for what is nearer than 0.1 m.
std::optional<Pixel> project(const Pinhole& camera, const Eigen::Vector3d& p_camera_m);

// The direction that a pixel looks, with z = 1.
Eigen::Vector3d ray(const Pinhole& camera, const Pixel& pixel);

// The box around the projections of a body's corners. Edges that reach behind the camera are cut 0.1 m before it.
struct Silhouette {
  PixelBox box;  // clipped to the picture
  PixelBox unclipped;
  double depth_m = 0;  // of the body's centre
  // The part of the unclipped box that is in the picture, 0 to 1.
  double visible_ratio() const;
};

// Of an upright body in a frame from which T_camera_frame leads to the camera; nothing when no part of it is in front
// of the camera and in the picture.
struct UprightBody {
  double x_m = 0, y_m = 0, z_m = 0, yaw_rad = 0, length_m = 0, width_m = 0, height_m = 0;
};
std::optional<Silhouette> silhouette(const Pinhole& camera, const Eigen::Isometry3d& T_camera_frame,
                                     const UprightBody& body);

}  // namespace hangil::math
