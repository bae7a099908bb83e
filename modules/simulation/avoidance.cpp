// SPDX-License-Identifier: Apache-2.0
#include "simulation/avoidance.hpp"

#include <cmath>
#include <limits>

namespace hangil::simulation {

namespace {

constexpr double kSameSpeedMps = 1 / 3.6;
constexpr double kClosingMps = 2 * kSameSpeedMps;
constexpr double kSteadyMps2 = 0.1;

struct Ahead {
  int entity = -1;
  double way_m = std::numeric_limits<double>::infinity();
};

// The nearest whose box reaches into the strip that ego's width leaves straight ahead.
Ahead nearest_ahead(const scenario::World& world, scenario::EntityIndex ego) {
  const math::Box2 own = scenario::footprint(world, ego);
  Ahead nearest;
  for (scenario::EntityIndex i = 0; i < static_cast<scenario::EntityIndex>(world.entities.size()); ++i) {
    if (i == ego || !world.entity(i).is_present) continue;
    const math::Box2 other = scenario::footprint(world, i);
    const math::Point2 at = math::inverse(own.pose) * math::Point2{other.pose.x_m, other.pose.y_m};
    const double turn = other.pose.yaw_rad - own.pose.yaw_rad;
    const double across =
        (std::abs(std::sin(turn)) * other.length_m + std::abs(std::cos(turn)) * other.width_m + own.width_m) / 2;
    if (at.x_m > 0 && at.x_m < nearest.way_m && std::abs(at.y_m) < across) nearest = {i, at.x_m};
  }
  return nearest;
}

}  // namespace

double Avoidance::held_s(const scenario::World& world, scenario::EntityIndex ego, double step_s) {
  const Ahead ahead = nearest_ahead(world, ego);
  if (ahead.entity < 0) return held_s_ = 0;
  const scenario::EntityState& other = world.entity(ahead.entity);
  const double heading = world.entity(ego).h_rad;
  const double along_mps = other.vx_mps * std::cos(heading) + other.vy_mps * std::sin(heading);
  const double closing_mps = world.entity(ego).speed_mps - along_mps;
  if (closing_mps > kClosingMps) closed_in_on_ = ahead.entity;
  const bool is_so = closed_in_on_ == ahead.entity && closing_mps < kSameSpeedMps &&
                     std::hypot(other.ax_mps2, other.ay_mps2) < kSteadyMps2;
  return held_s_ = is_so ? held_s_ + step_s : 0;
}

}  // namespace hangil::simulation
