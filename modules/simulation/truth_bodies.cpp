// SPDX-License-Identifier: Apache-2.0
#include "simulation/truth_bodies.hpp"

#include "math/isometry.hpp"
#include "simulation/bodies.hpp"

namespace hangil::simulation {

namespace {

using Eigen::Isometry3d;
using Eigen::Vector3d;

// Black to white cars, the same for one id at all times.
double paint_of(std::int32_t id) { return 0.1 + 0.12 * static_cast<double>(static_cast<std::uint32_t>(id) % 6); }

// The figure's origin (rear axle, foot) where the box's middle is at `box`.
Isometry3d T_ego_figure(const messages::Box3& box, const Actor& figure) {
  Isometry3d T = Isometry3d::Identity();
  T.translate(Vector3d(box.x_m, box.y_m, box.z_m - box.height_m / 2));
  T.rotate(Eigen::AngleAxisd(box.yaw_rad, Vector3d::UnitZ()));
  T.translate(Vector3d(-figure.centre_ahead_m, 0, 0));
  return T;
}

}  // namespace

TruthBodies::TruthBodies(const messages::TruthObjects& truth, const math::PoseSample& ego) {
  const Isometry3d T_map_ego = math::isometry(ego);
  actors_.reserve(truth.objects.size());
  for (const messages::TruthObject& object : truth.objects) {
    const messages::Box3& box = object.box;
    const Actor& figure = actors_.emplace_back(
        figure_of(object.id, object.object_class, {box.length_m, box.width_m, box.height_m}, paint_of(object.id)));
    const Vector3d velocity = object.has_velocity ? Vector3d(object.vx_mps, object.vy_mps, 0) : Vector3d::Zero();
    placed_.push_back({&figure.body, T_map_ego * T_ego_figure(box, figure), T_map_ego.linear() * velocity,
                       static_cast<int>(actors_.size()) - 1});
  }
}

}  // namespace hangil::simulation
