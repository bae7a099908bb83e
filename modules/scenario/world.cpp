// SPDX-License-Identifier: Apache-2.0
#include "scenario/world.hpp"

#include <cmath>
#include <numbers>

#include "map/locate.hpp"
#include "math/angles.hpp"

namespace hangil::scenario {

namespace {

constexpr double kOffRoad_m = 10;  // farther from every lane than this, an entity is on no road

}  // namespace

LaneSpot spot_near(const map::Map& map, const math::Pose2& pose, double z_m, int preferred_road) {
  map::LocateHints hints;
  hints.heading_rad = pose.yaw_rad;
  hints.z_m = z_m;
  hints.road = preferred_road;
  hints.reach_m = kOffRoad_m;
  const auto found = map::locate(map, {pose.x_m, pose.y_m}, hints);
  LaneSpot spot;
  if (!found) return spot;
  spot.place = found->lane;
  const double turn_rad = math::angle_difference_rad(pose.yaw_rad, pose_of(map, spot).heading_rad);
  spot.direction = std::abs(turn_rad) <= std::numbers::pi / 2 ? 1 : -1;
  return spot;
}

bool is_off_road(const map::Map& map, const LaneSpot& spot) {
  if (!spot.is_on_road()) return true;
  const map::Road& road = map.road(spot.place.road);
  const map::LanePlace at = map::lane_place(road, {spot.place.road, spot.place.s_m, t_of(map, spot)});
  const map::Lane* lane = map::find_lane(map::section_at(road, at.s_m), at.lane_id);
  const bool is_nothing = lane == nullptr || lane->type == map::LaneType::kNone;
  return is_nothing || std::abs(at.offset_m) > map::lane_width_m(road, at.lane_id, at.s_m) / 2 + 1e-6;
}

math::Box2 footprint(const World& world, EntityIndex index) {
  const EntityState& state = world.entity(index);
  const BoundingBox& box = world.definition(index).box;
  const double c = std::cos(state.h_rad), s = std::sin(state.h_rad);
  return {{state.x_m + c * box.center_x_m - s * box.center_y_m, state.y_m + s * box.center_x_m + c * box.center_y_m,
           state.h_rad},
          box.length_m,
          box.width_m};
}

LaneSpot spot_of(World& world, EntityIndex index) {
  EntityState& state = world.entity(index);
  if (state.is_spot_current || !world.map || !state.is_present) return state.spot;
  state.is_spot_current = true;
  state.spot = spot_near(*world.map, {state.x_m, state.y_m, state.h_rad}, state.z_m, state.spot.place.road);
  if (state.spot.is_on_road()) {
    state.heading_in_lane_rad = math::angle_difference_rad(state.h_rad, pose_of(*world.map, state.spot).heading_rad);
  }
  return state.spot;
}

void place_at_spot(World& world, EntityIndex index, const LaneSpot& spot, double heading_in_lane_rad) {
  EntityState& state = world.entity(index);
  const map::RoadPose pose = pose_of(*world.map, spot);
  state.spot = spot;
  state.is_spot_current = true;
  state.heading_in_lane_rad = heading_in_lane_rad;
  state.x_m = pose.x_m;
  state.y_m = pose.y_m;
  state.z_m = pose.z_m;
  state.h_rad = math::wrap_angle_rad(pose.heading_rad + heading_in_lane_rad);
  state.p_rad = pose.pitch_rad;
  state.r_rad = pose.roll_rad;
}

}  // namespace hangil::scenario
