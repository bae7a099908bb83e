// SPDX-License-Identifier: Apache-2.0
#include "evaluation/plan_facts.hpp"

#include <algorithm>
#include <set>

#include "math/time_to_collision.hpp"

namespace hangil::evaluation {

using messages::Trajectory;
using messages::TrajectoryPoint;

namespace {

void add_comfort(const Trajectory& plan, PlanFacts& facts) {
  const auto raise = [](double& greatest, double value) { greatest = std::max(greatest, std::abs(value)); };
  for (std::size_t i = 0; i < plan.points.size(); ++i) {
    const TrajectoryPoint& p = plan.points[i];
    raise(facts.acceleration_mps2, p.acceleration_mps2);
    raise(facts.lateral_acceleration_mps2, p.speed_mps * p.speed_mps * p.curvature_radpm);
    if (i == 0) continue;
    const TrajectoryPoint& before = plan.points[i - 1];
    raise(facts.jerk_mps3, (p.acceleration_mps2 - before.acceleration_mps2) / (p.time_s - before.time_s));
  }
}

// Who comes from behind keeps the distance himself: recorded, he does not know of our plan.
bool is_behind(const math::Pose2& rear_axle, const ObjectState& object) {
  return (math::inverse(rear_axle) * math::Point2{object.box.pose.x_m, object.box.pose.y_m}).x_m < 0;
}

void add_clearance(const PlanningInput& input, const Trajectory& plan, PlanFacts& facts) {
  if (plan.header.frame_id != "map" || input.obstacles == nullptr) return;
  for (const TrajectoryPoint& p : plan.points) {
    const math::Pose2 ego_pose{p.x_m, p.y_m, p.yaw_rad};
    const math::Box2 ego = input.vehicle.at(ego_pose);
    const math::MovingBox moving{ego, p.speed_mps * std::cos(p.yaw_rad), p.speed_mps * std::sin(p.yaw_rad)};
    for (const ObjectState& object : input.obstacles->all_at(plan.header.stamp + base::Duration::seconds(p.time_s))) {
      if (is_behind(ego_pose, object)) continue;
      const double distance_m = math::distance_m(ego, object.box);
      facts.least_distance_m = std::min(facts.least_distance_m, distance_m);
      if (distance_m <= 0) facts.contact_s = std::min(facts.contact_s, p.time_s);
      const double ttc_s = math::time_to_collision_s(moving, {object.box, object.vx_mps, object.vy_mps});
      facts.time_to_collision_s = std::min(facts.time_to_collision_s, ttc_s);
    }
  }
}

std::set<base::Time> rejected_stamps(const PlanningInput& input) {
  std::set<base::Time> stamps;
  for (const auto& report : input.reports) {
    if (!report.value.is_accepted) stamps.insert(report.value.header.stamp);
  }
  return stamps;
}

}  // namespace

bool is_well_formed(const Trajectory& plan) {
  double last_s = -HUGE_VAL;
  for (const TrajectoryPoint& p : plan.points) {
    const double sum = p.x_m + p.y_m + p.yaw_rad + p.curvature_radpm + p.speed_mps + p.acceleration_mps2;
    if (!std::isfinite(sum + p.time_s) || p.time_s <= last_s) return false;
    last_s = p.time_s;
  }
  return plan.points.size() >= 2;
}

std::vector<PlanFacts> plan_facts(const PlanningInput& input) {
  const auto rejected = rejected_stamps(input);
  std::vector<PlanFacts> plans;
  for (const auto& message : input.trajectories) {
    const Trajectory& plan = message.value;
    PlanFacts& facts = plans.emplace_back();
    facts.stamp = plan.header.stamp;
    facts.is_rejected = rejected.contains(plan.header.stamp);
    facts.is_sound = is_well_formed(plan);
    if (!facts.is_sound) continue;
    add_comfort(plan, facts);
    add_clearance(input, plan, facts);
  }
  return plans;
}

}  // namespace hangil::evaluation
