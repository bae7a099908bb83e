// SPDX-License-Identifier: Apache-2.0
#include "cli/scenario_judging.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <map>

#include "messages/pose_sample.hpp"

namespace hangil::cli {

namespace {

constexpr double kGoalM = 2;  // from the end of ego's route

// The pose at each time of the truth; both come from one clock, so one of exactly that stamp is there.
std::vector<const messages::Odometry*> poses_at_truth(const ScenarioOutcome& outcome) {
  std::vector<const messages::Odometry*> poses;
  std::size_t next = 0;
  for (const messages::TruthObjects& truth : outcome.truth) {
    while (next < outcome.poses.size() && outcome.poses[next].header.stamp < truth.header.stamp) ++next;
    if (next == outcome.poses.size()) break;
    poses.push_back(&outcome.poses[next]);
  }
  return poses;
}

math::Pose2 planar_pose(const messages::Odometry& pose) { return math::planar(messages::pose_sample(pose)); }

verdict::EntityStep ego_step(const ScenarioOutcome& outcome, const messages::Odometry& pose) {
  const math::Pose2 rear = planar_pose(pose);
  const math::Point2 centre = rear * math::Point2{outcome.ego_centre_ahead_m, 0};
  return {{centre.x_m, centre.y_m, rear.yaw_rad}, pose.twist.twist.linear.x, 0, true};
}

verdict::EntityStep other_step(const messages::TruthObject& object, const math::Pose2& T_map_ego) {
  const math::Pose2 pose = T_map_ego * math::Pose2{object.box.x_m, object.box.y_m, object.box.yaw_rad};
  const double along_mps = object.vx_mps * std::cos(object.box.yaw_rad) + object.vy_mps * std::sin(object.box.yaw_rad);
  return {pose, along_mps, 0, true};
}

// What the speeds say, by difference to the step before.
void derive_accelerations(const std::vector<double>& times_s, std::vector<verdict::EntityStep>& steps) {
  for (std::size_t k = 1; k < steps.size(); ++k) {
    if (!steps[k].is_present || !steps[k - 1].is_present) continue;
    steps[k].acceleration_mps2 = (steps[k].speed_mps - steps[k - 1].speed_mps) / (times_s[k] - times_s[k - 1]);
  }
}

std::vector<verdict::TracedEntity> others_of(const ScenarioOutcome& outcome,
                                             const std::vector<const messages::Odometry*>& poses) {
  std::map<std::int32_t, verdict::TracedEntity> by_id;
  const verdict::EntityStep absent{.is_present = false};
  for (std::size_t k = 0; k < poses.size(); ++k) {
    const math::Pose2 T_map_ego = planar_pose(*poses[k]);
    for (const messages::TruthObject& object : outcome.truth[k].objects) {
      verdict::TracedEntity& entity = by_id[object.id];
      entity.id = object.label;
      entity.entity_class = std::string(messages::class_name(object.object_class));
      entity.length_m = object.box.length_m, entity.width_m = object.box.width_m;
      entity.steps.resize(poses.size(), absent);
      entity.steps[k] = other_step(object, T_map_ego);
    }
  }
  std::vector<verdict::TracedEntity> others;
  for (auto& [id, entity] : by_id) others.push_back(std::move(entity));
  return others;
}

verdict::LaneStep lane_step(const messages::LanePlace& place) {
  verdict::LaneStep step;
  if (!place.is_on_road) return step;
  step.lane_id = place.lane_id;
  step.centre_offset_m = place.centre_offset_m;
  step.tyre_to_marking_m = place.tyre_to_marking_m;
  step.lane_width_m = place.lane_width_m;
  if (place.speed_limit_mps > 0) step.speed_limit_mps = place.speed_limit_mps;
  return step;
}

// Lanes and goal, where the world has told them with every truth.
void add_places(const ScenarioOutcome& outcome, verdict::ScenarioTrace& trace) {
  if (outcome.places.size() < trace.times_s.size()) return;
  double least_left_m = std::numeric_limits<double>::infinity();
  for (std::size_t k = 0; k < trace.times_s.size(); ++k) {
    trace.entities.front().lanes.push_back(lane_step(outcome.places[k]));
    if (outcome.places[k].has_route) least_left_m = std::min(least_left_m, outcome.places[k].route_left_m);
  }
  if (std::isfinite(least_left_m)) {
    trace.goal = least_left_m <= kGoalM ? verdict::GoalState::kReached : verdict::GoalState::kMissed;
  }
}

void add_events(const ScenarioOutcome& outcome, verdict::ScenarioTrace& trace) {
  for (const messages::ScenarioEvent& event : outcome.events) {
    const double time_s = (event.header.stamp - outcome.start).to_s();
    if (event.kind == "collision") trace.collisions.push_back({time_s, event.subject, event.detail});
    if (event.detail == "start") trace.events.push_back({time_s, event.subject});
  }
  trace.has_timed_out = outcome.end_reason == "time limit";
}

}  // namespace

verdict::ScenarioTrace trace_of(const ScenarioOutcome& outcome) {
  const auto poses = poses_at_truth(outcome);
  verdict::ScenarioTrace trace;
  for (const messages::Odometry* pose : poses) trace.times_s.push_back((pose->header.stamp - outcome.start).to_s());
  verdict::TracedEntity ego{outcome.ego_name, "car", outcome.ego_length_m, outcome.ego_width_m, true, {}, {}};
  for (const messages::Odometry* pose : poses) ego.steps.push_back(ego_step(outcome, *pose));
  trace.entities.push_back(std::move(ego));
  for (verdict::TracedEntity& other : others_of(outcome, poses)) trace.entities.push_back(std::move(other));
  for (verdict::TracedEntity& entity : trace.entities) derive_accelerations(trace.times_s, entity.steps);
  add_places(outcome, trace);
  add_events(outcome, trace);
  return trace;
}

base::Result<verdict::Expectations> expectations_of(const std::string& scenario_file) {
  const auto path = std::filesystem::path(scenario_file).parent_path() / "expectations.yaml";
  if (!std::filesystem::exists(path)) return verdict::Expectations{};
  return verdict::load_expectations(path.string());
}

}  // namespace hangil::cli
