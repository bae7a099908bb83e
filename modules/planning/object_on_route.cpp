// SPDX-License-Identifier: Apache-2.0
#include "planning/object_on_route.hpp"

#include <cmath>

namespace hangil::planning {

namespace {

constexpr double kStandingObjectMps = 0.5;
constexpr double kPassingSpareM = 0.3;  // beside the margin, on each side of a passed object

double half_extent_m(double along, double across, const messages::Box3& box) {
  return (std::abs(along) * box.length_m + std::abs(across) * box.width_m) / 2;
}

}  // namespace

ObjectOnRoute object_on_route(const Route& route, double start_s_m, double ahead_m,
                              const messages::PredictedObject& object, base::Duration step) {
  const messages::Box3& box = object.box;
  const double s = route.path.project({box.x_m, box.y_m}, start_s_m - 5, start_s_m + ahead_m);
  const math::PathSample reference = route.path.at(s);
  const double dx = box.x_m - reference.point.x_m, dy = box.y_m - reference.point.y_m;
  const double off = box.yaw_rad - reference.yaw_rad(), c = std::cos(off), sn = std::sin(off);
  ObjectOnRoute on{s, dy * reference.tangent_x - dx * reference.tangent_y, half_extent_m(c, sn, box),
                   half_extent_m(sn, c, box), 0};
  if (object.futures.empty() || object.futures.front().states.empty()) return on;
  const messages::FutureState& next = object.futures.front().states.front();
  const double vx = (next.x_m - box.x_m) / step.to_s(), vy = (next.y_m - box.y_m) / step.to_s();
  on.along_mps = vx * reference.tangent_x + vy * reference.tangent_y;
  return on;
}

bool is_in_the_way(const ObjectOnRoute& object, const PlannerConfig& config) {
  const double half = config.vehicle.width_m / 2;
  if (std::abs(object.d_m) > half + object.half_across_m + config.margin_m) return false;
  if (object.along_mps > kStandingObjectMps) return true;
  const double beside = std::abs(object.d_m) - object.half_across_m;  // of the reference, on the emptier side
  return config.corridor_half_width_m + beside < 2 * half + config.margin_m + kPassingSpareM;
}

}  // namespace hangil::planning
