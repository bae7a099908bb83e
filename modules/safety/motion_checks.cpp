// SPDX-License-Identifier: Apache-2.0
#include "safety/motion_checks.hpp"

#include <cmath>

namespace hangil::safety {

namespace {

using messages::TrajectoryPoint;
using Points = std::span<const TrajectoryPoint>;

// How far neighbours may disagree: above what sampling a smooth motion at 0.1 s gives.
constexpr double kWayToleranceM = 0.15;
constexpr double kSpeedToleranceMps = 0.4;
constexpr double kTurnToleranceRad = 0.06;
constexpr double kDirectionToleranceRad = 0.12;
constexpr double kDirectionLeastM = 0.3;  // shorter ways tell no direction
constexpr double kStartYawRad = 0.35;

bool is_finite(const TrajectoryPoint& p) {
  return std::isfinite(p.time_s) && std::isfinite(p.x_m) && std::isfinite(p.y_m) && std::isfinite(p.yaw_rad) &&
         std::isfinite(p.curvature_radpm) && std::isfinite(p.speed_mps) && std::isfinite(p.acceleration_mps2);
}

std::string at_time(double time_s) { return "at " + std::to_string(time_s).substr(0, 4) + " s"; }

// The worst excess of one quantity over all places.
struct Worst {
  double value = 0, time_s = 0;

  void look_at(double candidate, double at_time_s) {
    if (candidate > value) {
      value = candidate;
      time_s = at_time_s;
    }
  }
  void report(Findings& findings, const char* check, double limit, const char* unit) const {
    if (value > limit) findings.push_back(finding(check, value, limit, unit, at_time(time_s)));
  }
};

}  // namespace

Findings check_form(Points points) {
  if (points.size() < 2) {
    return {finding("points", static_cast<double>(points.size()), 2, "points", "in the trajectory")};
  }
  for (std::size_t i = 0; i < points.size(); ++i) {
    const std::string where = "at point " + std::to_string(i);
    if (!is_finite(points[i])) return {{"finite", "a number is not finite " + where, static_cast<double>(i), 0}};
    if (i == 0 && std::abs(points[i].time_s) > 1e-6) return {finding("time", points[i].time_s, 0, "s", where)};
    if (i > 0 && points[i].time_s <= points[i - 1].time_s) {
      return {finding("time", points[i].time_s, points[i - 1].time_s, "s", where + " does not follow the one before")};
    }
  }
  return {};
}

Findings check_limits(Points points, const MotionLimits& limits) {
  Worst speed, backwards, acceleration, braking, lateral, curvature, jerk;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const TrajectoryPoint& p = points[i];
    speed.look_at(p.speed_mps, p.time_s);
    backwards.look_at(-p.speed_mps, p.time_s);
    acceleration.look_at(p.acceleration_mps2, p.time_s);
    braking.look_at(-p.acceleration_mps2, p.time_s);
    lateral.look_at(std::abs(p.curvature_radpm) * p.speed_mps * p.speed_mps, p.time_s);
    curvature.look_at(std::abs(p.curvature_radpm), p.time_s);
    if (i == 0) continue;
    const double change = std::abs(p.acceleration_mps2 - points[i - 1].acceleration_mps2);
    jerk.look_at(change / (p.time_s - points[i - 1].time_s), p.time_s);
  }
  Findings findings;
  speed.report(findings, "speed", limits.speed_mps, "m/s");
  backwards.report(findings, "backwards", 0.01, "m/s");
  acceleration.report(findings, "acceleration", limits.acceleration_mps2, "m/s2");
  braking.report(findings, "braking", limits.braking_mps2, "m/s2");
  lateral.report(findings, "lateral_acceleration", limits.lateral_acceleration_mps2, "m/s2");
  curvature.report(findings, "curvature", limits.curvature_radpm, "rad/m");
  jerk.report(findings, "jerk", limits.jerk_mps3, "m/s3");
  return findings;
}

Findings check_continuity(Points points) {
  Worst way, speed, turn, direction;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const TrajectoryPoint &a = points[i - 1], &b = points[i];
    const double dt = b.time_s - a.time_s, dx = b.x_m - a.x_m, dy = b.y_m - a.y_m, moved = std::hypot(dx, dy);
    const double turned = math::angle_difference_rad(b.yaw_rad, a.yaw_rad);
    way.look_at(std::abs(moved - (a.speed_mps + b.speed_mps) / 2 * dt), b.time_s);
    turn.look_at(std::abs(turned - (a.curvature_radpm + b.curvature_radpm) / 2 * moved), b.time_s);
    const double speed_change = (a.acceleration_mps2 + b.acceleration_mps2) / 2 * dt;
    speed.look_at(std::abs(b.speed_mps - a.speed_mps - speed_change), b.time_s);
    if (moved < kDirectionLeastM) continue;
    direction.look_at(std::abs(math::angle_difference_rad(std::atan2(dy, dx), a.yaw_rad + turned / 2)), b.time_s);
  }
  Findings findings;
  way.report(findings, "continuity_way", kWayToleranceM, "m");
  speed.report(findings, "continuity_speed", kSpeedToleranceMps, "m/s");
  turn.report(findings, "continuity_turn", kTurnToleranceRad, "rad");
  direction.report(findings, "continuity_direction", kDirectionToleranceRad, "rad");
  return findings;
}

Findings check_start(Points points, const math::Pose2& ego, double ego_speed_mps, const MotionLimits& limits) {
  const TrajectoryPoint& start = points.front();
  const double away = std::hypot(start.x_m - ego.x_m, start.y_m - ego.y_m);
  const double turned = std::abs(math::angle_difference_rad(start.yaw_rad, ego.yaw_rad));
  const double faster = std::abs(start.speed_mps - ego_speed_mps);
  Findings findings;
  // Negated, so that an ego that is not finite fails.
  if (!(away <= limits.start_distance_m)) {
    findings.push_back(finding("start_distance", away, limits.start_distance_m, "m", "from the ego"));
  }
  if (!(turned <= kStartYawRad))
    findings.push_back(finding("start_yaw", turned, kStartYawRad, "rad", "from the ego's"));
  if (!(faster <= limits.start_speed_mps)) {
    findings.push_back(finding("start_speed", faster, limits.start_speed_mps, "m/s", "from the ego's"));
  }
  return findings;
}

}  // namespace hangil::safety
