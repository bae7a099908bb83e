// SPDX-License-Identifier: Apache-2.0
#include "evaluation/camera_view.hpp"

#include <algorithm>

#include "math/pinhole.hpp"
#include "messages/calibration.hpp"

namespace hangil::evaluation {

namespace {

using RowMajor34 = Eigen::Matrix<double, 3, 4, Eigen::RowMajor>;

// Maps points of ego to (u z, v z, z): what a camera of focal length 1 sees of these are the picture's pixels u, v.
Eigen::Isometry3d scaled_pixels(const std::array<double, 12>& image_from_ego) {
  Eigen::Isometry3d map = Eigen::Isometry3d::Identity();
  map.matrix().topRows<3>() = Eigen::Map<const RowMajor34>(image_from_ego.data());
  return map;
}

math::Pinhole unit_camera(double width_px, double height_px) { return {1, 1, 0, 0, width_px, height_px}; }

}  // namespace

base::Result<CameraView> CameraView::make(const messages::CameraInfo& info,
                                          const std::vector<messages::TransformStamped>& static_transforms) {
  const auto camera = messages::placed_camera(info, {static_transforms});
  if (!camera) return camera.error();
  const math::Pinhole& optics = camera->optics;
  Eigen::Matrix3d intrinsics;
  intrinsics << optics.fx_px, 0, optics.cx_px, 0, optics.fy_px, optics.cy_px, 0, 0, 1;
  CameraView view;
  view.width_px_ = optics.width_px, view.height_px_ = optics.height_px;
  Eigen::Map<RowMajor34>(view.image_from_ego_.data()) =
      intrinsics * camera->T_ego_camera.inverse().matrix().topRows<3>();
  return view;
}

std::optional<CameraView::Pixel> CameraView::project(double x_m, double y_m, double z_m) const {
  const auto pixel = math::project(unit_camera(width_px_, height_px_),
                                   scaled_pixels(image_from_ego_) * Eigen::Vector3d(x_m, y_m, z_m));
  return pixel ? std::optional(Pixel{pixel->x_px, pixel->y_px}) : std::nullopt;
}

bool CameraView::sees_centre(const messages::Box3& box) const {
  const auto pixel = project(box.x_m, box.y_m, box.z_m);
  return pixel && unit_camera(width_px_, height_px_).contains({pixel->x_px, pixel->y_px});
}

std::optional<messages::ImageBox> CameraView::image_box(const messages::Box3& box) const {
  const auto seen = math::silhouette(unit_camera(width_px_, height_px_), scaled_pixels(image_from_ego_),
                                     {box.x_m, box.y_m, box.z_m, box.yaw_rad, box.length_m, box.width_m, box.height_m});
  if (!seen) return std::nullopt;
  return messages::ImageBox{static_cast<float>(seen->box.left_px), static_cast<float>(seen->box.top_px),
                            static_cast<float>(seen->box.right_px), static_cast<float>(seen->box.bottom_px)};
}

double covered_ratio(const messages::ImageBox& box, const messages::ImageBox& region) {
  const double width = std::min(box.right_px, region.right_px) - std::max(box.left_px, region.left_px);
  const double height = std::min(box.bottom_px, region.bottom_px) - std::max(box.top_px, region.top_px);
  const double area = static_cast<double>(box.right_px - box.left_px) * (box.bottom_px - box.top_px);
  return width > 0 && height > 0 && area > 0 ? width * height / area : 0;
}

}  // namespace hangil::evaluation
