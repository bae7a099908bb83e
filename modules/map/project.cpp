// SPDX-License-Identifier: Apache-2.0
#include "map/project.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace hangil::map {

namespace {

constexpr int kIterationsMax = 20;
constexpr double kStepMax_m = 20, kConverged_m = 1e-7;  // the error after a step is of the order of its square
constexpr double kLeastStretch = 0.2;

}  // namespace

Foot project(const Road& road, math::Point2 point, double guess_s_m) {
  Foot foot{std::clamp(guess_s_m, 0.0, road.length_m)};
  for (int i = 0; i < kIterationsMax; ++i) {
    const PlanFrame at = road.plan.frame_at(foot.s_m, road.plan.piece_at(foot.s_m));
    const double dx = point.x_m - at.x_m, dy = point.y_m - at.y_m, c = at.direction_x, s = at.direction_y;
    foot.along_m = c * dx + s * dy;
    foot.left_m = c * dy - s * dx;
    const double stretch = std::max(1 - at.curvature_radpm * foot.left_m, kLeastStretch);
    const double step = std::clamp(foot.along_m / stretch, -kStepMax_m, kStepMax_m);
    const double next = std::clamp(foot.s_m + step, 0.0, road.length_m);
    const double moved = std::abs(next - foot.s_m);
    if (moved == 0) break;
    const double at_s_m = std::exchange(foot.s_m, next);
    if (moved < kConverged_m) {
      foot.along_m -= (next - at_s_m) * stretch;
      if (std::abs(foot.along_m) < kConverged_m) foot.along_m = 0;
      break;
    }
  }
  return foot;
}

double t_of_left(const Road& road, double s_m, double left_m) {
  if (road.superelevation.pieces.empty()) return left_m;
  const double c = std::cos(road.superelevation.value(s_m));
  return left_m / std::max(std::abs(c), 1e-3);
}

}  // namespace hangil::map
