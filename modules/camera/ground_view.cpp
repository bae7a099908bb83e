// SPDX-License-Identifier: Apache-2.0
#include "camera/ground_view.hpp"

#include <cmath>

#include <Eigen/Geometry>

namespace hangil::camera {

namespace {

constexpr int kMostLinks = 16;
constexpr double kLeastFall = 1e-3;  // of a viewing ray, beside its length: shallower is the horizon

base::Result<Eigen::Isometry3d> pose_in_ego(const messages::TFMessage& tf, const std::string& sensor_frame) {
  Eigen::Isometry3d T_frame_sensor = Eigen::Isometry3d::Identity();
  std::string frame = sensor_frame;
  for (int links = 0; frame != "ego"; ++links) {
    const messages::TransformStamped* parent = nullptr;
    for (const auto& transform : tf.transforms) {
      if (transform.child_frame_id == frame) parent = &transform;
    }
    if (parent == nullptr || links == kMostLinks) {
      return base::Error{"tf_static does not lead from frame '" + sensor_frame + "' to 'ego'"};
    }
    const auto& [t, r] = parent->transform;
    const Eigen::Quaterniond q(r.w, r.x, r.y, r.z);
    if (!(std::abs(q.norm() - 1) < 1e-3)) return base::Error{"tf_static: the rotation of '" + frame + "' is none"};
    T_frame_sensor = Eigen::Translation3d(t.x, t.y, t.z) * q.normalized() * T_frame_sensor;
    frame = parent->header.frame_id;
  }
  return T_frame_sensor;
}

}  // namespace

base::Result<GroundView> GroundView::make(const messages::CameraInfo& info, const messages::TFMessage& tf_static,
                                          const std::string& optical_frame) {
  if (!(info.p[0] > 0 && info.p[5] > 0)) return base::Error{"CameraInfo has no projection p"};
  const auto T_ego_optical = pose_in_ego(tf_static, optical_frame);
  if (!T_ego_optical) return T_ego_optical.error();
  GroundView view;
  view.focal_x_px_ = info.p[0], view.centre_x_px_ = info.p[2];
  view.focal_y_px_ = info.p[5], view.centre_y_px_ = info.p[6];
  for (int i = 0; i < 9; ++i) view.rotation_[static_cast<std::size_t>(i)] = T_ego_optical->linear()(i / 3, i % 3);
  for (int i = 0; i < 3; ++i) view.position_m_[static_cast<std::size_t>(i)] = T_ego_optical->translation()(i);
  return view;
}

std::optional<GroundPoint> GroundView::ground_point(double x_px, double y_px, double pitch_rad) const {
  const double right = (x_px - centre_x_px_) / focal_x_px_, down = (y_px - centre_y_px_) / focal_y_px_;
  const double cosine = std::cos(pitch_rad), sine = std::sin(pitch_rad);
  const double ray[3] = {right, down * cosine + sine, cosine - down * sine};
  double direction[3];
  for (std::size_t i = 0; i < 3; ++i) {
    direction[i] = rotation_[3 * i] * ray[0] + rotation_[3 * i + 1] * ray[1] + rotation_[3 * i + 2] * ray[2];
  }
  if (!(direction[2] < -kLeastFall)) return std::nullopt;
  const double scale = -position_m_[2] / direction[2];
  return GroundPoint{position_m_[0] + scale * direction[0], position_m_[1] + scale * direction[1]};
}

}  // namespace hangil::camera
