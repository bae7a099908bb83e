// SPDX-License-Identifier: Apache-2.0
#include "recording/transforms.hpp"

namespace hangil::recording {

messages::Quaternion to_message(const Eigen::Quaterniond& q) {
  // Both signs turn alike; one of them is chosen so that equal turns give equal bytes.
  const double sign = q.w() < 0 ? -1 : 1;
  return {sign * q.x(), sign * q.y(), sign * q.z(), sign * q.w()};
}

messages::Pose pose_message(const Eigen::Isometry3d& T_frame_body) {
  const Eigen::Vector3d p = T_frame_body.translation();
  return {{p.x(), p.y(), p.z()}, to_message(Eigen::Quaterniond(T_frame_body.linear()).normalized())};
}

messages::TransformStamped transform_message(const Eigen::Isometry3d& T_parent_child, base::Time stamp,
                                             const std::string& parent, const std::string& child) {
  const messages::Pose pose = pose_message(T_parent_child);
  const messages::Point p = pose.position;
  return {{stamp, parent}, child, {{p.x, p.y, p.z}, pose.orientation}};
}

Eigen::Isometry3d to_isometry(const messages::Transform& T_parent_child) {
  const auto& [t, r] = T_parent_child;
  Eigen::Quaterniond q(r.w, r.x, r.y, r.z);
  if (!(q.norm() > 1e-9)) q = Eigen::Quaterniond::Identity();
  Eigen::Isometry3d transform(q.normalized());
  transform.translation() = Eigen::Vector3d(t.x, t.y, t.z);
  return transform;
}

}  // namespace hangil::recording
