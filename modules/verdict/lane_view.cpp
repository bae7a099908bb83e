// SPDX-License-Identifier: Apache-2.0
#include "verdict/lane_view.hpp"

#include <cmath>

namespace hangil::verdict {

namespace {

// An entity relative to a straight line through `origin`; `ahead_m` is how far ego's centre is along it.
drivers::Neighbour on_line(const TracedEntity& ego, const TracedEntity& other, std::size_t step,
                           const math::Pose2& origin, double ahead_m) {
  const EntityStep& at = other.steps[step];
  const math::Point2 place = inverse(origin) * math::Point2{at.pose.x_m, at.pose.y_m};
  const double turn_rad = at.pose.yaw_rad - origin.yaw_rad;
  const double c = std::abs(std::cos(turn_rad)), s = std::abs(std::sin(turn_rad));
  const double length_m = c * other.length_m + s * other.width_m, width_m = s * other.length_m + c * other.width_m;
  const double side = place.y_m >= 0 ? 1 : -1;
  const double offset_m = other.lanes.empty() ? kUnknown : other.lanes[step].centre_offset_m;
  return {.gap_m = place.x_m - ahead_m - (ego.length_m + length_m) / 2,
          .lateral_gap_m = std::abs(place.y_m) - (ego.width_m + width_m) / 2,
          .speed_mps = at.speed_mps * std::cos(turn_rad),
          .acceleration_mps2 = at.acceleration_mps2 * std::cos(turn_rad),
          .lateral_speed_mps = -side * at.speed_mps * std::sin(turn_rad),
          .lane_deviation_m = std::isnan(offset_m) ? std::abs(place.y_m) : std::abs(offset_m),
          .length_m = length_m};
}

}  // namespace

std::vector<drivers::Neighbour> neighbours_on_path(const ScenarioTrace& trace, std::size_t step,
                                                   const math::ReferencePath& path, double ego_s_m) {
  const TracedEntity& ego = ego_of(trace);
  std::vector<drivers::Neighbour> neighbours;
  for (const TracedEntity& other : trace.entities) {
    if (other.is_ego || !other.steps[step].is_present) continue;
    const double s_m = path.project({other.steps[step].pose.x_m, other.steps[step].pose.y_m});
    const math::PathSample foot = path.at(s_m);
    neighbours.push_back(on_line(ego, other, step, {foot.point.x_m, foot.point.y_m, foot.yaw_rad()}, ego_s_m - s_m));
  }
  return neighbours;
}

std::vector<drivers::Neighbour> neighbours_straight_ahead(const ScenarioTrace& trace, std::size_t step) {
  const TracedEntity& ego = ego_of(trace);
  std::vector<drivers::Neighbour> neighbours;
  for (const TracedEntity& other : trace.entities) {
    if (other.is_ego || !other.steps[step].is_present) continue;
    neighbours.push_back(on_line(ego, other, step, ego.steps[step].pose, 0));
  }
  return neighbours;
}

}  // namespace hangil::verdict
