// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Geometry>

#include "messages/tf_message.hpp"

namespace hangil::recording {

messages::Quaternion to_message(const Eigen::Quaterniond& q);
messages::Pose pose_message(const Eigen::Isometry3d& T_frame_body);
messages::TransformStamped transform_message(const Eigen::Isometry3d& T_parent_child, base::Time stamp,
                                             const std::string& parent, const std::string& child);
// A quaternion that is not of unit length is normalised; one of length 0 or with NaN reads as no rotation.
Eigen::Isometry3d to_isometry(const messages::Transform& T_parent_child);

}  // namespace hangil::recording
