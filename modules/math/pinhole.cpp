// SPDX-License-Identifier: Apache-2.0
#include "math/pinhole.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hangil::math {

namespace {

constexpr double kLeastDepth_m = 0.1;

using Corners = std::array<Eigen::Vector3d, 8>;  // bit 0: front, bit 1: left, bit 2: top

Corners corners_in_camera(const Eigen::Isometry3d& T_camera_frame, const UprightBody& body) {
  const double c = std::cos(body.yaw_rad), s = std::sin(body.yaw_rad);
  Corners corners;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const double along = ((i & 1) != 0 ? 0.5 : -0.5) * body.length_m;
    const double across = ((i & 2) != 0 ? 0.5 : -0.5) * body.width_m;
    const double up = ((i & 4) != 0 ? 0.5 : -0.5) * body.height_m;
    corners[i] = T_camera_frame *
                 Eigen::Vector3d(body.x_m + c * along - s * across, body.y_m + s * along + c * across, body.z_m + up);
  }
  return corners;
}

void cover(PixelBox& box, const Pixel& pixel) {
  box.left_px = std::min(box.left_px, pixel.x_px), box.right_px = std::max(box.right_px, pixel.x_px);
  box.top_px = std::min(box.top_px, pixel.y_px), box.bottom_px = std::max(box.bottom_px, pixel.y_px);
}

// Where the edge between a corner in front and one behind comes to the least depth.
Eigen::Vector3d cut(const Eigen::Vector3d& a, const Eigen::Vector3d& b) {
  return a + (b - a) * ((kLeastDepth_m - a.z()) / (b.z() - a.z()));
}

Pixel image_of(const Pinhole& camera, const Eigen::Vector3d& p) {
  return {camera.fx_px * p.x() / p.z() + camera.cx_px, camera.fy_px * p.y() / p.z() + camera.cy_px};
}

}  // namespace

double intersection_over_union(const PixelBox& a, const PixelBox& b) {
  const double width = std::min(a.right_px, b.right_px) - std::max(a.left_px, b.left_px);
  const double height = std::min(a.bottom_px, b.bottom_px) - std::max(a.top_px, b.top_px);
  if (!(width > 0) || !(height > 0)) return 0;
  const double common = width * height, all = a.area_px2() + b.area_px2() - common;
  return all > 0 && std::isfinite(all) ? common / all : 0;
}

bool Pinhole::is_sound() const {
  return std::isfinite(fx_px + fy_px + cx_px + cy_px + width_px + height_px) && fx_px > 0 && fy_px > 0 &&
         width_px >= 1 && height_px >= 1;
}

std::optional<Pixel> project(const Pinhole& camera, const Eigen::Vector3d& p_camera_m) {
  if (!(p_camera_m.z() >= kLeastDepth_m)) return std::nullopt;
  return image_of(camera, p_camera_m);
}

Eigen::Vector3d ray(const Pinhole& camera, const Pixel& pixel) {
  return {(pixel.x_px - camera.cx_px) / camera.fx_px, (pixel.y_px - camera.cy_px) / camera.fy_px, 1};
}

double Silhouette::visible_ratio() const {
  const double whole = unclipped.area_px2();
  return whole > 0 ? box.area_px2() / whole : 0;
}

std::optional<Silhouette> silhouette(const Pinhole& camera, const Eigen::Isometry3d& T_camera_frame,
                                     const UprightBody& body) {
  constexpr double kFar = std::numeric_limits<double>::infinity();
  const Corners corners = corners_in_camera(T_camera_frame, body);
  Silhouette seen{.unclipped = {kFar, kFar, -kFar, -kFar}};
  for (std::size_t i = 0; i < corners.size(); ++i) {
    if (!corners[i].allFinite()) return std::nullopt;
    if (corners[i].z() < kLeastDepth_m) continue;
    cover(seen.unclipped, image_of(camera, corners[i]));
    for (const std::size_t bit : {1u, 2u, 4u}) {
      const Eigen::Vector3d& neighbour = corners[i ^ bit];
      if (neighbour.z() < kLeastDepth_m) cover(seen.unclipped, image_of(camera, cut(corners[i], neighbour)));
    }
  }
  seen.box = {std::max(seen.unclipped.left_px, 0.0), std::max(seen.unclipped.top_px, 0.0),
              std::min(seen.unclipped.right_px, camera.width_px), std::min(seen.unclipped.bottom_px, camera.height_px)};
  if (!(seen.box.area_px2() > 0)) return std::nullopt;
  seen.depth_m = (T_camera_frame * Eigen::Vector3d(body.x_m, body.y_m, body.z_m)).z();
  return seen;
}

}  // namespace hangil::math
