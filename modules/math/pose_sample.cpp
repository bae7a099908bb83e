// SPDX-License-Identifier: Apache-2.0
#include "math/pose_sample.hpp"

#include <cmath>

#include "math/rotation.hpp"

namespace hangil::math {

namespace {

Eigen::Quaterniond rotation(const PoseSample& s) { return {s.qw, s.qx, s.qy, s.qz}; }

void set_rotation(PoseSample& sample, const Eigen::Quaterniond& q) {
  sample.qx = q.x(), sample.qy = q.y(), sample.qz = q.z(), sample.qw = q.w();
}

// Mean of the rotations exp(s * turn), s from 0 to 1, applied to v (left Jacobian of SO(3)).
Eigen::Vector3d turned_on_the_way(const Eigen::Vector3d& turn, const Eigen::Vector3d& v) {
  const double angle = turn.norm(), squared = angle * angle;
  const double a = angle < 1e-4 ? 0.5 - squared / 24 : (1 - std::cos(angle)) / squared;
  const double b = angle < 1e-4 ? 1.0 / 6 - squared / 120 : (angle - std::sin(angle)) / (squared * angle);
  return v + a * turn.cross(v) + b * turn.cross(turn.cross(v));
}

Eigen::Quaterniond rotation_of(const Eigen::Vector3d& turn) {
  const double angle = turn.norm();
  if (angle < 1e-12) return Eigen::Quaterniond::Identity();
  return Eigen::Quaterniond(Eigen::AngleAxisd(angle, turn / angle));
}

}  // namespace

bool is_sound(const PoseSample& s) {
  const double sum = s.x_m + s.y_m + s.z_m + s.vx_mps + s.vy_mps + s.vz_mps + s.wx_radps + s.wy_radps + s.wz_radps;
  const double norm = std::sqrt(s.qx * s.qx + s.qy * s.qy + s.qz * s.qz + s.qw * s.qw);
  return std::isfinite(sum) && std::abs(norm - 1) <= 1e-3;
}

Pose2 planar(const PoseSample& sample) { return {sample.x_m, sample.y_m, yaw_rad(rotation(sample))}; }

PoseSample moved_on(const PoseSample& sample, base::Duration lead) {
  const double lead_s = lead.to_s();
  const Eigen::Vector3d turn = Eigen::Vector3d(sample.wx_radps, sample.wy_radps, sample.wz_radps) * lead_s;
  const Eigen::Vector3d way = Eigen::Vector3d(sample.vx_mps, sample.vy_mps, sample.vz_mps) * lead_s;
  const Eigen::Vector3d step = rotation(sample) * turned_on_the_way(turn, way);
  PoseSample moved = sample;
  moved.stamp = sample.stamp + lead;
  moved.x_m += step.x(), moved.y_m += step.y(), moved.z_m += step.z();
  set_rotation(moved, (rotation(sample) * rotation_of(turn)).normalized());
  return moved;
}

PoseSample between(const PoseSample& earlier, const PoseSample& later, base::Time stamp) {
  const auto span_ns = static_cast<double>((later.stamp - earlier.stamp).ns);
  const double t = span_ns > 0 ? static_cast<double>((stamp - earlier.stamp).ns) / span_ns : 1.0;
  PoseSample sample = earlier;
  sample.stamp = stamp;
  for (double PoseSample::*member :
       {&PoseSample::x_m, &PoseSample::y_m, &PoseSample::z_m, &PoseSample::vx_mps, &PoseSample::vy_mps,
        &PoseSample::vz_mps, &PoseSample::wx_radps, &PoseSample::wy_radps, &PoseSample::wz_radps}) {
    sample.*member = earlier.*member + t * (later.*member - earlier.*member);
  }
  set_rotation(sample, rotation(earlier).slerp(t, rotation(later)));
  return sample;
}

}  // namespace hangil::math
