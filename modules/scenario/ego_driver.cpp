// SPDX-License-Identifier: Apache-2.0
#include "scenario/ego_driver.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "math/angles.hpp"
#include "scenario/activation.hpp"
#include "scenario/measure.hpp"

namespace hangil::scenario {

namespace {

constexpr double kLookAhead_m = 300;

double lane_deviation_m(World& world, EntityIndex entity) {
  const LaneSpot spot = spot_of(world, entity);
  if (!spot.is_on_road()) return 0;
  const map::Road& road = world.map->road(spot.place.road);
  return std::abs(map::lane_place(road, {spot.place.road, spot.place.s_m, t_of(*world.map, spot)}).offset_m);
}

std::optional<drivers::Neighbour> neighbour_of(World& world, EntityIndex ego, EntityIndex other) {
  const CoordinateSystem frame =
      world.map && spot_of(world, ego).is_on_road() ? CoordinateSystem::kLane : CoordinateSystem::kEntity;
  auto ahead_m = signed_distance_m(world, ego, other, DistanceType::kLongitudinal, frame);
  auto left_m = signed_distance_m(world, ego, other, DistanceType::kLateral, frame);
  if (!ahead_m || !left_m) {
    ahead_m = signed_distance_m(world, ego, other, DistanceType::kLongitudinal, CoordinateSystem::kEntity);
    left_m = signed_distance_m(world, ego, other, DistanceType::kLateral, CoordinateSystem::kEntity);
  }
  if (!ahead_m || !left_m || std::abs(*ahead_m) > kLookAhead_m) return std::nullopt;
  const EntityState &self = world.entity(ego), &state = world.entity(other);
  // The direction of ego's lane where the other is.
  double along_rad = self.h_rad;
  if (frame == CoordinateSystem::kLane && spot_of(world, other).is_on_road()) {
    const LaneSpot spot = spot_of(world, other);
    along_rad = pose_of(*world.map, spot).heading_rad;
    if (spot.direction != spot_of(world, ego).direction) along_rad += std::numbers::pi;
  }
  drivers::Neighbour neighbour;
  neighbour.gap_m = *ahead_m - box_share_m(world, ego, other, self.h_rad, true);
  const double side_rad = self.h_rad + std::numbers::pi / 2;
  neighbour.lateral_gap_m = std::abs(*left_m) - box_share_m(world, ego, other, side_rad, *left_m >= 0);
  neighbour.speed_mps = state.vx_mps * std::cos(along_rad) + state.vy_mps * std::sin(along_rad);
  neighbour.acceleration_mps2 = state.ax_mps2 * std::cos(along_rad) + state.ay_mps2 * std::sin(along_rad);
  const double leftwards_mps = -state.vx_mps * std::sin(along_rad) + state.vy_mps * std::cos(along_rad);
  neighbour.lateral_speed_mps = *left_m >= 0 ? -leftwards_mps : leftwards_mps;
  neighbour.lane_deviation_m = lane_deviation_m(world, other);
  neighbour.length_m = world.definition(other).box.length_m;
  return neighbour;
}

}  // namespace

base::Result<EgoDriver> EgoDriver::make(const ScenarioRun& run, std::string_view name, std::string_view ego) {
  auto driver = drivers::make_driver(name);
  if (!driver) return driver.error();
  const auto entity = run.entity_named(ego);
  if (!entity) return base::Error{run.world().scenario->file + ": no entity '" + std::string(ego) + "' to drive"};
  EgoDriver made;
  made.driver_ = std::move(*driver);
  made.ego_ = *entity;
  made.waits_for_activation_ = will_be_activated(*run.world().scenario, *entity);
  return made;
}

OutsideControl EgoDriver::control(ScenarioRun& run) {
  World& world = run.world();
  if (!has_taken_over_) {
    const auto& switched = run.log().controllers;
    has_taken_over_ =
        !waits_for_activation_ || std::any_of(switched.begin(), switched.end(), [&](const ControllerEvent& event) {
          return event.entity == ego_ && event.longitudinal.value_or(false);
        });
    if (has_taken_over_) drivers::set_desired_speed(driver_, world.entity(ego_).speed_mps);
  }
  if (!has_taken_over_ || !world.entity(ego_).is_present) return {};
  look_around(world);
  const EntityState& self = world.entity(ego_);
  const drivers::Scene scene{self.speed_mps, self.acceleration_mps2, world.definition(ego_).box.length_m, neighbours_};
  return {std::nullopt,
          OutsideAcceleration{ego_, drivers::step(driver_, scene, run.options().step.to_s()).acceleration_mps2}};
}

void EgoDriver::look_around(World& world) {
  neighbours_.clear();
  for (EntityIndex other = 0; other < static_cast<EntityIndex>(world.entities.size()); ++other) {
    if (other == ego_ || !world.entity(other).is_present) continue;
    if (const auto neighbour = neighbour_of(world, ego_, other)) neighbours_.push_back(*neighbour);
  }
}

}  // namespace hangil::scenario
