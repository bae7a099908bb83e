// SPDX-License-Identifier: Apache-2.0
#include "simulation/truth.hpp"

#include <cmath>

namespace hangil::simulation {

namespace {

using Eigen::Isometry3d;
using Eigen::Vector3d;

messages::TruthObject truth_object(const Actor& actor, const ActorState& state, const Isometry3d& T_ego_actor) {
  const Vector3d middle = T_ego_actor * Vector3d(actor.centre_ahead_m, 0, actor.height_m / 2);
  const Vector3d heading = T_ego_actor.linear().col(0), left = T_ego_actor.linear().col(1);
  const double turn_rate_radps = state.speed_mps * state.curvature_radpm;
  const Vector3d velocity = state.speed_mps * heading + turn_rate_radps * actor.centre_ahead_m * left;
  messages::TruthObject object;
  object.id = actor.id;
  object.object_class = actor.object_class;
  object.label = std::string(messages::class_name(actor.object_class));
  object.box = {middle.x(),     middle.y(),    middle.z(),    std::atan2(heading.y(), heading.x()),
                actor.length_m, actor.width_m, actor.height_m};
  object.vx_mps = velocity.x(), object.vy_mps = velocity.y();
  object.has_velocity = true;
  object.occlusion = 3;  // unknown: there is no camera
  return object;
}

}  // namespace

messages::TruthObjects truth_objects(const World& world, const Snapshot& snapshot,
                                     std::span<const std::uint32_t> echo_counts, double max_range_m) {
  const Isometry3d T_ego_map = on_ground(world.ground, snapshot.ego.pose).inverse();
  messages::TruthObjects truth;
  truth.header = {snapshot.time, "ego"};
  for (std::size_t i = 0; i < world.actors.size(); ++i) {
    const ActorState& state = snapshot.actors[i];
    if (!state.is_present) continue;
    messages::TruthObject object =
        truth_object(world.actors[i], state, T_ego_map * on_ground(world.ground, state.pose));
    if (std::hypot(object.box.x_m, object.box.y_m) > max_range_m) continue;
    object.point_count = echo_counts[i];
    truth.objects.push_back(std::move(object));
  }
  return truth;
}

}  // namespace hangil::simulation
