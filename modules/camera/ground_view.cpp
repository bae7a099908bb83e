// SPDX-License-Identifier: Apache-2.0
#include "camera/ground_view.hpp"

#include "messages/calibration.hpp"

namespace hangil::camera {

namespace {

constexpr double kLeastFall = 1e-3;  // of a viewing ray, beside its length: shallower is the horizon

}  // namespace

base::Result<GroundView> GroundView::make(const messages::CameraInfo& info, const messages::TFMessage& tf_static,
                                          const std::string& optical_frame) {
  messages::CameraInfo seen_by = info;
  seen_by.header.frame_id = optical_frame;
  const auto camera = messages::placed_camera(seen_by, tf_static);
  if (!camera) return camera.error();
  GroundView view;
  view.optics_ = camera->optics, view.T_ego_camera_ = camera->T_ego_camera;
  return view;
}

std::optional<GroundPoint> GroundView::ground_point(double x_px, double y_px, double pitch_rad) const {
  const Eigen::AngleAxisd down(-pitch_rad, Eigen::Vector3d::UnitX());
  const Eigen::Vector3d direction = T_ego_camera_.linear() * (down * math::ray(optics_, {x_px, y_px}));
  if (!(direction.z() < -kLeastFall)) return std::nullopt;
  const Eigen::Vector3d& eye_m = T_ego_camera_.translation();
  const double scale = -eye_m.z() / direction.z();
  return GroundPoint{eye_m.x() + scale * direction.x(), eye_m.y() + scale * direction.y()};
}

}  // namespace hangil::camera
