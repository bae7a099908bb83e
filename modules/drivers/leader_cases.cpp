// SPDX-License-Identifier: Apache-2.0
#include "drivers/leader_cases.hpp"

#include <array>
#include <cmath>

#include "drivers/grid_timing.hpp"

namespace hangil::drivers {

namespace {

constexpr double kHumanHeadway_s = 2;
// FSM follows at the very edge of its safe distance, where the last bit of the gap would decide whether it begins to
// react one step sooner. The leader that brakes is this much nearer, so that the edge counts as unsafe at every speed.
constexpr double kInsideEdge_m = 1e-5;

double own_gap_m(const Rss& driver, double speed_mps) {
  const double rho = driver.config.response_s, b = driver.config.deceleration_mps2;
  return safe_distance_m(driver.config, speed_mps, std::max(0.0, speed_mps - rho * b)) + b * rho * rho / 2;
}

double own_gap_m(const Fsm& driver, double speed_mps) {
  const FsmConfig& config = driver.config;
  return speed_mps * config.response_s + speed_mps * speed_mps / (2 * config.comfortable_mps2) -
         speed_mps * speed_mps / (2 * config.leader_deceleration_mps2) + config.standstill_gap_m + config.margin_m;
}

double own_gap_m(const Idm& driver, double speed_mps) {
  return driver.config.standstill_gap_m + driver.config.time_headway_s * speed_mps;
}

template <class Other>
double own_gap_m(const Other&, double speed_mps) {
  return kHumanHeadway_s * speed_mps;
}

double gap_m(const GridCar& ego, const GridCar& leader) { return leader.position_m - ego.position_m - kGridLength_m; }

double demanded_mps2(Driver& driver, const GridCar& ego, std::span<const Neighbour> neighbours) {
  return step(driver, {ego.speed_mps, ego.acceleration_mps2, kGridLength_m, neighbours}, kGridStep_s).acceleration_mps2;
}

}  // namespace

double following_gap_m(const Driver& driver, double speed_mps) {
  return std::visit([&](const auto& one) { return own_gap_m(one, speed_mps); }, driver);
}

std::optional<double> drive_behind_braking_leader(Driver driver, const BrakingLeaderCase& point) {
  GridCar ego{.speed_mps = point.speed_mps}, leader{.speed_mps = point.speed_mps};
  leader.position_m = following_gap_m(driver, point.speed_mps) - kInsideEdge_m + kGridLength_m;
  for (int step = 0; step < kGridStepCount; ++step) {
    if (gap_m(ego, leader) < 0) return ego.speed_mps - leader.speed_mps;
    const double braking_mps2 = leader.speed_mps > 0 ? -point.deceleration_mps2 : 0;
    const Neighbour ahead = {.gap_m = gap_m(ego, leader),
                             .lateral_gap_m = -kGridWidth_m,
                             .speed_mps = leader.speed_mps,
                             .acceleration_mps2 = braking_mps2,
                             .length_m = kGridLength_m};
    ego.advance(demanded_mps2(driver, ego, {&ahead, 1}));
    leader.advance(braking_mps2);
  }
  return std::nullopt;
}

bool hits_after_cut_out(Driver driver, const CutOutCase& point) {
  GridCar ego{.speed_mps = point.speed_mps}, leader{.speed_mps = point.speed_mps}, standing;
  leader.position_m = following_gap_m(driver, point.speed_mps) + kGridLength_m;
  standing.position_m = leader.position_m + point.front_gap_m + kGridLength_m;
  for (int step = 0; step < kGridStepCount && ego.speed_mps > 0; ++step) {
    if (gap_m(ego, standing) < 0) return true;
    const double aside_m = std::max(0, step - 1) * point.lateral_mps * kGridStep_s;  // it moves from the second step on
    const std::array<Neighbour, 2> others = {
        {{.gap_m = gap_m(ego, leader),
          .lateral_gap_m = aside_m - kGridWidth_m,
          .speed_mps = leader.speed_mps,
          .lateral_speed_mps = -point.lateral_mps,
          .lane_deviation_m = aside_m,
          .length_m = kGridLength_m},
         {.gap_m = gap_m(ego, standing), .lateral_gap_m = -kGridWidth_m, .length_m = kGridLength_m}}};
    ego.advance(demanded_mps2(driver, ego, others));
    leader.advance(0);
  }
  return false;
}

}  // namespace hangil::drivers
