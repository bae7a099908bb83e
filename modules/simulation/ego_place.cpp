// SPDX-License-Identifier: Apache-2.0
#include "simulation/ego_place.hpp"

#include <algorithm>
#include <cmath>

#include "map/locate.hpp"
#include "math/angles.hpp"

namespace hangil::simulation {

namespace {

constexpr double kInItsLaneM = 1.5;       // nearer to its way than this, its lane is the way's
constexpr std::size_t kSearchAhead = 40;  // segments
constexpr double kDrivableReachM = 30;

std::string lane_name(const map::Map& map, const map::LanePlace& place) {
  const map::Road& road = map.road(place.road);
  return road.id + "." + std::to_string(map::section_index_at(road, place.s_m)) + "." + std::to_string(place.lane_id);
}

double marking_width_m(const map::Road& road, const map::LanePlace& place) {
  const map::LaneSection& section = map::section_at(road, place.s_m);
  const map::Lane* lane = map::find_lane(section, place.lane_id);
  return lane == nullptr || lane->marks.empty() ? 0 : lane->marks.front().width_m;
}

// How far a point lies outside of the nearest lane made for driving.
double off_drivable_m(const map::Map& map, math::Point2 point, const map::LocateHints& hints) {
  const auto found = map::locate(map, point, hints);
  if (!found) return kDrivableReachM;
  const map::LaneEdges edges = map::lane_edges(map.road(found->lane.road), found->lane.lane_id, found->lane.s_m);
  return std::max({0.0, found->t_m - edges.left_t_m, edges.right_t_m - found->t_m, found->beside_m});
}

// Of the worst wheel: rear axle at the spot, front axle ahead of it by the heading in the lane.
double tyre_to_marking_m(const map::Map& map, const scenario::LaneSpot& spot, double heading_in_lane_rad,
                         const scenario::EntityDefinition& definition) {
  const map::Road& road = map.road(spot.place.road);
  const double half_lane_m = map::lane_width_m(road, spot.place.lane_id, spot.place.s_m) / 2;
  const double wheelbase_m = definition.front_axle.position_x_m - definition.rear_axle.position_x_m;
  const double rear_m = spot.place.offset_m;
  const double front_m = rear_m + spot.direction * std::sin(heading_in_lane_rad) * wheelbase_m;
  const double outermost_m = std::max(std::abs(rear_m), std::abs(front_m)) +
                             definition.box.width_m / 2 * std::abs(std::cos(heading_in_lane_rad));
  return half_lane_m + marking_width_m(road, spot.place) / 2 - outermost_m;
}

}  // namespace

void EgoPlace::take_way(scenario::Way way, double route_length_m) {
  before_m_ += along_m_;
  way_ = std::move(way);
  route_length_m_ = route_length_m;
  segment_ = 0, along_m_ = 0, left_m_ = 0;
}

// The nearest segment of those ahead.
void EgoPlace::move_on(math::Point2 point) {
  double nearest_m = 1e9;
  const std::size_t first = segment_ > 2 ? segment_ - 2 : 0;
  for (std::size_t i = first; i + 1 < way_.path.size() && i < first + kSearchAhead; ++i) {
    const messages::PathPoint &a = way_.path[i], &b = way_.path[i + 1];
    const double dx = b.x_m - a.x_m, dy = b.y_m - a.y_m, length_m = std::max(1e-6, std::hypot(dx, dy));
    const double px = point.x_m - a.x_m, py = point.y_m - a.y_m;
    const double along_m = std::clamp((px * dx + py * dy) / length_m, 0.0, length_m);
    const double across_m = (dx * py - dy * px) / length_m;
    const double off_m = std::hypot(px - along_m * dx / length_m, py - along_m * dy / length_m);
    if (off_m >= nearest_m) continue;
    nearest_m = off_m;
    segment_ = i;
    along_m_ = scenario::Way::kSpacingM * (static_cast<double>(i) + along_m / length_m);
    left_m_ = across_m;
  }
}

// The lane of the way where ego is in it, else the one nearest to it.
scenario::LaneSpot EgoPlace::reference_spot(scenario::World& world, scenario::EntityIndex ego) const {
  if (segment_ >= way_.spots.size() || std::abs(left_m_) > kInItsLaneM) return scenario::spot_of(world, ego);
  scenario::LaneSpot spot = way_.spots[segment_];
  const scenario::EntityState& state = world.entity(ego);
  const map::Located on = map::locate_on(*world.map, spot.place.road, {state.x_m, state.y_m});
  if (on.lane.lane_id != spot.place.lane_id && std::abs(left_m_) > 0.5) return scenario::spot_of(world, ego);
  spot.place.offset_m += spot.direction * left_m_;
  return spot;
}

messages::LanePlace EgoPlace::place(scenario::World& world, scenario::EntityIndex ego, base::Time stamp) {
  messages::LanePlace place;
  place.header = {stamp, "map"};
  const scenario::EntityState& state = world.entity(ego);
  move_on({state.x_m, state.y_m});
  place.progress_m = before_m_ + along_m_;
  place.has_route = route_length_m_ > 0;
  place.route_left_m = place.has_route ? std::max(0.0, route_length_m_ - along_m_) : 0;
  if (world.map == nullptr) return place;
  const scenario::LaneSpot spot = reference_spot(world, ego);
  place.is_on_road = spot.is_on_road();
  if (!place.is_on_road) return place;
  const map::Road& road = world.map->road(spot.place.road);
  place.lane = lane_name(*world.map, spot.place);
  place.lane_id = spot.place.lane_id;
  place.centre_offset_m = spot.direction * spot.place.offset_m;
  place.lane_width_m = map::lane_width_m(road, spot.place.lane_id, spot.place.s_m);
  const double heading_rad = math::angle_difference_rad(state.h_rad, scenario::pose_of(*world.map, spot).heading_rad);
  place.tyre_to_marking_m = tyre_to_marking_m(*world.map, spot, heading_rad, world.definition(ego));
  const double limit_mps = map::speed_limit_mps(road, spot.place.lane_id, spot.place.s_m);
  place.speed_limit_mps = std::isfinite(limit_mps) ? limit_mps : 0;
  map::LocateHints hints;
  hints.road = spot.place.road, hints.is_drivable_only = true, hints.reach_m = kDrivableReachM;
  for (const math::Point2 corner : math::corners(scenario::footprint(world, ego))) {
    place.off_drivable_m = std::max(place.off_drivable_m, off_drivable_m(*world.map, corner, hints));
  }
  return place;
}

}  // namespace hangil::simulation
