// SPDX-License-Identifier: Apache-2.0
#include "evaluation/camera_view.hpp"

#include <algorithm>
#include <cmath>

#include <Eigen/Geometry>

namespace hangil::evaluation {

namespace {

using RowMajor34 = Eigen::Matrix<double, 3, 4, Eigen::RowMajor>;

constexpr double kLeastDepth_m = 0.1;

RowMajor34 projection(const messages::CameraInfo& info) {
  RowMajor34 p = Eigen::Map<const RowMajor34>(info.p.data());
  if (p.isZero()) p.leftCols<3>() = Eigen::Map<const Eigen::Matrix<double, 3, 3, Eigen::RowMajor>>(info.k.data());
  return p;
}

Eigen::Isometry3d isometry(const messages::Transform& transform) {
  const auto& [translation, rotation] = transform;
  Eigen::Isometry3d T = Eigen::Isometry3d::Identity();
  T.linear() = Eigen::Quaterniond(rotation.w, rotation.x, rotation.y, rotation.z).normalized().toRotationMatrix();
  T.translation() = Eigen::Vector3d(translation.x, translation.y, translation.z);
  return T;
}

}  // namespace

base::Result<CameraView> CameraView::make(const messages::CameraInfo& info,
                                          const std::vector<messages::TransformStamped>& static_transforms) {
  const auto mounted = std::find_if(static_transforms.begin(), static_transforms.end(), [&](const auto& transform) {
    return transform.child_frame_id == info.header.frame_id && transform.header.frame_id == "ego";
  });
  if (mounted == static_transforms.end()) {
    return base::Error{"no static transform from ego to the camera's frame '" + info.header.frame_id + "'"};
  }
  const RowMajor34 P = projection(info);
  if (info.width == 0 || info.height == 0 || !(P(0, 0) > 0) || !P.allFinite()) {
    return base::Error{"camera_info of '" + info.header.frame_id + "' has no picture size or no focal length"};
  }
  CameraView view;
  view.width_px_ = info.width, view.height_px_ = info.height;
  const Eigen::Isometry3d T_camera_ego = isometry(mounted->transform).inverse();
  Eigen::Map<RowMajor34>(view.image_from_ego_.data()) = P * T_camera_ego.matrix();
  return view;
}

std::optional<CameraView::Pixel> CameraView::project(double x_m, double y_m, double z_m) const {
  const auto row = [&](std::size_t i) {
    const double* m = &image_from_ego_[4 * i];
    return m[0] * x_m + m[1] * y_m + m[2] * z_m + m[3];
  };
  const double depth_m = row(2);
  if (!(depth_m > kLeastDepth_m)) return std::nullopt;
  return Pixel{row(0) / depth_m, row(1) / depth_m};
}

bool CameraView::sees_centre(const messages::Box3& box) const {
  const auto pixel = project(box.x_m, box.y_m, box.z_m);
  return pixel && pixel->x_px >= 0 && pixel->x_px < width_px_ && pixel->y_px >= 0 && pixel->y_px < height_px_;
}

std::optional<messages::ImageBox> CameraView::image_box(const messages::Box3& box) const {
  double left = width_px_, top = height_px_, right = 0, bottom = 0;
  const double c = std::cos(box.yaw_rad), s = std::sin(box.yaw_rad);
  for (int corner = 0; corner < 8; ++corner) {
    const double l = ((corner & 1) != 0 ? 0.5 : -0.5) * box.length_m,
                 w = ((corner & 2) != 0 ? 0.5 : -0.5) * box.width_m;
    const double h = ((corner & 4) != 0 ? 0.5 : -0.5) * box.height_m;
    const auto pixel = project(box.x_m + c * l - s * w, box.y_m + s * l + c * w, box.z_m + h);
    if (!pixel) continue;
    left = std::min(left, pixel->x_px), right = std::max(right, pixel->x_px);
    top = std::min(top, pixel->y_px), bottom = std::max(bottom, pixel->y_px);
  }
  left = std::max(left, 0.0), top = std::max(top, 0.0);
  right = std::min(right, width_px_), bottom = std::min(bottom, height_px_);
  if (!(left < right && top < bottom)) return std::nullopt;
  return messages::ImageBox{static_cast<float>(left), static_cast<float>(top), static_cast<float>(right),
                            static_cast<float>(bottom)};
}

double covered_ratio(const messages::ImageBox& box, const messages::ImageBox& region) {
  const double width = std::min(box.right_px, region.right_px) - std::max(box.left_px, region.left_px);
  const double height = std::min(box.bottom_px, region.bottom_px) - std::max(box.top_px, region.top_px);
  const double area = static_cast<double>(box.right_px - box.left_px) * (box.bottom_px - box.top_px);
  return width > 0 && height > 0 && area > 0 ? width * height / area : 0;
}

}  // namespace hangil::evaluation
