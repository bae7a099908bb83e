// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <limits>

#include "control/bicycle.hpp"
#include "control/follow.hpp"
#include "planning/street.hpp"

// A vehicle that plans every 0.1 s and steers every 0.02 s among objects that follow a script.
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
  double left_m = 0;       // of the route
  double s_m = 0;
  double distance_m = 0;   // to the nearest object, box to box
  double corner_m = 0;     // farthest of the vehicle's corners from the route
};

struct ClosedLoop {
  planning::PlannerConfig planner_config;
  control::BicycleModel model;
  control::BicycleState vehicle;
  std::vector<Script> scripts;
  std::vector<Moment> moments;

  void run(const planning::Route& route, double duration_s) {
    planning::Planner planner(planner_config);
    control::ControllerState controller;
    messages::Trajectory trajectory;
    const int steps = static_cast<int>(duration_s / 0.02);
    for (int i = 0; i < steps; ++i) {
      const base::Time now{i * 20'000'000LL};
      if (i % 5 == 0) {
        trajectory = plan(planner, route, now);
        note(route, now, trajectory);
      }
      const control::EgoState ego{now, vehicle.pose, vehicle.speed_mps};
      const messages::Command command = control::follow(&trajectory, ego, {}, controller);
      vehicle = control::advance(vehicle, {command.steering_angle_rad, command.acceleration_mps2}, model, 0.02);
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

  messages::Trajectory plan(planning::Planner& planner, const planning::Route& route, base::Time now) {
    const messages::Predictions predictions = predictions_of(tracks_at(now.to_s()), now);
    const math::MotionState ego{vehicle.pose, vehicle.curvature_radpm(model), vehicle.speed_mps,
                                vehicle.acceleration_mps2};
    return planner.plan({ego, &predictions, &route}, "map", 0);
  }

  void note(const planning::Route& route, base::Time now, const messages::Trajectory& trajectory) {
    Moment moment{now.to_s(), vehicle, trajectory, 0, 0, 1e9, 0};
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
