// SPDX-License-Identifier: Apache-2.0
#include "evaluation/labelled_motion.hpp"

namespace hangil::evaluation {

namespace {

constexpr base::Duration kHalfWindow{300'000'000};

void add_velocity(const ObjectHistory& history, base::Time stamp, double ego_yaw_rad, messages::TruthObject& object) {
  const auto before = history.at(object.id, stamp - kHalfWindow), after = history.at(object.id, stamp + kHalfWindow);
  if (!before || !after) return;
  const double window_s = (kHalfWindow * 2).to_s();
  const math::Point2 velocity_map{(after->box.pose.x_m - before->box.pose.x_m) / window_s,
                                  (after->box.pose.y_m - before->box.pose.y_m) / window_s};
  const math::Point2 velocity_ego = math::Pose2{0, 0, -ego_yaw_rad} * velocity_map;
  object.vx_mps = velocity_ego.x_m, object.vy_mps = velocity_ego.y_m, object.has_velocity = true;
}

}  // namespace

Channel<messages::TruthObjects> with_velocities(Channel<messages::TruthObjects> truth, const math::PoseBuffer& poses) {
  const ObjectHistory history = history_of(truth, poses);
  for (auto& message : truth) {
    const base::Time stamp = message.value.header.stamp;
    const auto pose = poses.at(stamp);
    if (!pose) continue;
    for (auto& object : message.value.objects) {
      if (!object.has_velocity) add_velocity(history, stamp, math::planar(*pose).yaw_rad, object);
    }
  }
  return truth;
}

}  // namespace hangil::evaluation
