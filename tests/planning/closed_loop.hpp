// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <limits>

#include "control/bicycle.hpp"
#include "control/follow.hpp"
#include "planning/street.hpp"
#include "safety/command_checks.hpp"
#include "safety/supervise.hpp"

// A vehicle that plans every 0.1 s and steers every 0.02 s among objects that follow a script; what it plans and
// commands passes the validators first.
namespace hangil::tests {

using Script = std::function<messages::Track(double time_s)>;

inline Script standing(const messages::Track& track) {
  return [track](double) { return track; };
}

// Straight on with its own velocity.
inline Script moving(const messages::Track& track) {
  return [track](double t) {
    messages::Track moved = track;
    moved.box.x_m += track.vx_mps * t;
    moved.box.y_m += track.vy_mps * t;
    return moved;
  };
}

struct Moment {
  double time_s = 0;
  control::BicycleState vehicle;
  messages::Trajectory trajectory;
  double left_m = 0;  // of the route
  double s_m = 0;
  double distance_m = 0;  // to the nearest object, box to box
  double corner_m = 0;    // farthest of the vehicle's corners from the route
  messages::SafetyReport report;
};

struct ClosedLoop {
  planning::PlannerConfig planner_config;
  control::BicycleModel model;
  control::BicycleState vehicle;
  std::vector<Script> scripts;
  std::vector<Moment> moments;
  int rejected_commands = 0;

  void run(const planning::Route& route, double duration_s) {
    planning::Planner planner(planner_config);
    control::ControllerState controller;
    safety::SupervisorState supervisor;
    std::optional<messages::Trajectory> safe;
    std::optional<messages::Command> last_command;
    const int steps = static_cast<int>(duration_s / 0.02);
    for (int i = 0; i < steps; ++i) {
      const base::Time now{i * 20'000'000LL};
      if (i % 5 == 0) {
        const messages::Predictions predictions = predictions_of(tracks_at(now.to_s()), now);
        const messages::Trajectory trajectory = plan(planner, route, predictions);
        safety::Verdict verdict = safety::supervise(
            trajectory, {now, &predictions, safety::EgoThen{vehicle.pose, vehicle.speed_mps}}, {}, supervisor);
        note(route, now, trajectory, verdict.report);
        if (verdict.safe) safe = std::move(verdict.safe);
      }
      const control::EgoState ego{now, vehicle.pose, vehicle.speed_mps};
      const messages::Command wanted = control::follow(safe ? &*safe : nullptr, ego, {}, controller);
      const safety::CommandVerdict command = safety::supervise(wanted, now, {}, last_command);
      rejected_commands += command.report.is_accepted ? 0 : 1;
      vehicle =
          control::advance(vehicle, {command.safe.steering_angle_rad, command.safe.acceleration_mps2}, model, 0.02);
    }
  }

  template <class Value>
  double most(Value value) const {
    double greatest = -std::numeric_limits<double>::infinity();
    for (const Moment& moment : moments) greatest = std::max(greatest, value(moment));
    return greatest;
  }
  double least_distance_m() const {
    return -most([](const Moment& m) { return -m.distance_m; });
  }
  int rejected_trajectories() const {
    int count = 0;
    for (const Moment& moment : moments) count += moment.report.is_accepted ? 0 : 1;
    return count;
  }
  bool ever(const std::string& word) const {
    for (const Moment& moment : moments) {
      if (moment.trajectory.behaviour.find(word) != std::string::npos) return true;
    }
    return false;
  }

 private:
  std::vector<messages::Track> tracks_at(double time_s) const {
    std::vector<messages::Track> tracks;
    for (const Script& script : scripts) tracks.push_back(script(time_s));
    return tracks;
  }

  messages::Trajectory plan(planning::Planner& planner, const planning::Route& route,
                            const messages::Predictions& predictions) {
    const math::MotionState ego{vehicle.pose, vehicle.curvature_radpm(model), vehicle.speed_mps,
                                vehicle.acceleration_mps2};
    return planner.plan({ego, &predictions, &route}, "map", 0);
  }

  void note(const planning::Route& route, base::Time now, const messages::Trajectory& trajectory,
            const messages::SafetyReport& report) {
    Moment moment{now.to_s(), vehicle, trajectory, 0, 0, 1e9, 0, report};
    const math::Box2 box = planner_config.vehicle.at(vehicle.pose);
    for (const messages::Track& track : tracks_at(moment.time_s)) {
      const math::Box2 other{{track.box.x_m, track.box.y_m, track.box.yaw_rad}, track.box.length_m, track.box.width_m};
      moment.distance_m = std::min(moment.distance_m, math::distance_m(box, other));
    }
    const double hint = moments.empty() ? 0 : moments.back().s_m;
    moment.s_m = route.path.project({vehicle.pose.x_m, vehicle.pose.y_m}, hint - 5, hint + 20);
    moment.left_m = off_route_m(route, {vehicle.pose.x_m, vehicle.pose.y_m}, moment.s_m);
    for (const math::Point2 corner : math::corners(box)) {
      moment.corner_m = std::max(moment.corner_m, off_route_m(route, corner, moment.s_m));
    }
    moments.push_back(std::move(moment));
  }

  static double off_route_m(const planning::Route& route, math::Point2 point, double s_m) {
    const math::Point2 p = route.path.at(route.path.project(point, s_m - 8, s_m + 8)).point;
    return std::hypot(point.x_m - p.x_m, point.y_m - p.y_m);
  }
};

}  // namespace hangil::tests
