// SPDX-License-Identifier: Apache-2.0
#include "recording/truth_velocity.hpp"

namespace hangil::recording {

namespace {

using Truth = std::map<int, messages::TruthObjects>;
using Poses = std::vector<std::optional<Eigen::Isometry3d>>;

struct Sighting {
  Eigen::Vector3d p_map;
  base::Time stamp;
};

Eigen::Vector3d place_in_map(const Eigen::Isometry3d& T_map_ego, const messages::Box3& box) {
  return T_map_ego * Eigen::Vector3d(box.x_m, box.y_m, box.z_m);
}

std::optional<Sighting> sighting(const Truth& truth, const Poses& T_map_ego, int frame, std::int32_t id) {
  const auto found = truth.find(frame);
  if (found == truth.end() || frame < 0 || static_cast<std::size_t>(frame) >= T_map_ego.size()) return std::nullopt;
  const auto& T = T_map_ego[static_cast<std::size_t>(frame)];
  if (!T) return std::nullopt;
  for (const messages::TruthObject& object : found->second.objects) {
    if (object.id == id) return Sighting{place_in_map(*T, object.box), found->second.header.stamp};
  }
  return std::nullopt;
}

}  // namespace

void fill_velocities(const Poses& T_map_ego, Truth& truth) {
  for (auto& [frame, objects] : truth) {
    for (messages::TruthObject& object : objects.objects) {
      const auto here = object.id >= 0 ? sighting(truth, T_map_ego, frame, object.id) : std::nullopt;
      if (!here) continue;
      const Sighting before = sighting(truth, T_map_ego, frame - 1, object.id).value_or(*here);
      const Sighting after = sighting(truth, T_map_ego, frame + 1, object.id).value_or(*here);
      const double dt_s = (after.stamp - before.stamp).to_s();
      if (dt_s <= 0) continue;
      const Eigen::Matrix3d R_map_ego = T_map_ego[static_cast<std::size_t>(frame)]->linear();
      const Eigen::Vector3d v_ego_mps = R_map_ego.transpose() * (after.p_map - before.p_map) / dt_s;
      object.vx_mps = v_ego_mps.x();
      object.vy_mps = v_ego_mps.y();
      object.has_velocity = true;
    }
  }
}

}  // namespace hangil::recording
