// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <random>

#include "messages/tracks.hpp"
#include "planning/planner.hpp"
#include "prediction/predict.hpp"

// Roads and objects for tests and benchmarks of the planner.
namespace hangil::tests {

using messages::ObjectClass;

// A road that winds gently (radius 50 m at the tightest), `length_m` long.
inline planning::Route winding_road(double length_m, double desired_speed_mps = 12) {
  messages::Mission mission;
  mission.desired_speed_mps = desired_speed_mps;
  for (double x = 0; x <= length_m; x += 2) mission.path.push_back({x, 20 * std::sin(x / 32)});
  return *planning::route_of(mission);
}

inline planning::Route straight_road(double length_m, double desired_speed_mps = 12) {
  messages::Mission mission;
  mission.desired_speed_mps = desired_speed_mps;
  for (double x = 0; x <= length_m; x += 2) mission.path.push_back({x, 0});
  return *planning::route_of(mission);
}

inline messages::Track object_at(ObjectClass object_class, const math::Pose2& pose, double speed_mps,
                                 double heading_rad, double length_m, double width_m) {
  messages::Track track;
  track.object_class = object_class;
  track.existence_probability = 1;
  track.is_confirmed = true;
  track.box = {pose.x_m, pose.y_m, 0.8, pose.yaw_rad, length_m, width_m, 1.6};
  track.vx_mps = speed_mps * std::cos(heading_rad);
  track.vy_mps = speed_mps * std::sin(heading_rad);
  track.covariance[0] = track.covariance[5] = 0.01;
  track.covariance[10] = track.covariance[15] = 0.04;
  return track;
}

inline messages::Track car_at(const math::Pose2& pose, double speed_mps) {
  return object_at(ObjectClass::kCar, pose, speed_mps, pose.yaw_rad, 4.4, 1.8);
}

inline messages::Track pedestrian_at(double x_m, double y_m, double heading_rad, double speed_mps) {
  return object_at(ObjectClass::kPedestrian, {x_m, y_m, heading_rad}, speed_mps, heading_rad, 0.6, 0.6);
}

// An object `across_m` left of the road at arc length s, moving along it (backwards: oncoming).
inline messages::Track car_on(const planning::Route& road, double s_m, double across_m, double along_mps) {
  const math::PathSample place = road.path.at(s_m);
  const double yaw = place.yaw_rad() + (along_mps < 0 ? 3.14159265358979 : 0);
  return car_at({place.point.x_m - across_m * place.tangent_y, place.point.y_m + across_m * place.tangent_x, yaw},
                std::abs(along_mps));
}

inline messages::Predictions predictions_of(std::vector<messages::Track> tracks, base::Time stamp = {}) {
  messages::Tracks message;
  message.header = {stamp, "map"};
  for (std::size_t i = 0; i < tracks.size(); ++i) tracks[i].id = static_cast<std::uint32_t>(i + 1);
  message.tracks = std::move(tracks);
  auto predictions = prediction::predict(message, {});
  return predictions ? *std::move(predictions) : messages::Predictions{};
}

// 20 objects within 80 m: parked on both sides, oncoming, a leader, and people on the pavement.
inline std::vector<messages::Track> busy_street(const planning::Route& road, double from_s_m) {
  std::vector<messages::Track> tracks{car_on(road, from_s_m + 35, 0, 9), car_on(road, from_s_m - 15, 0, 10)};
  for (int i = 0; i < 4; ++i) tracks.push_back(car_on(road, from_s_m + 12 + 17 * i, 3.3, -8.0 - i));
  for (int i = 0; i < 8; ++i) tracks.push_back(car_on(road, from_s_m + 9 * i, -3.0, 0));
  for (int i = 0; i < 6; ++i) {
    tracks.push_back(car_on(road, from_s_m + 6 + 12 * i, 5.5, 1.2));
    tracks.back().object_class = ObjectClass::kPedestrian;
    tracks.back().box.length_m = tracks.back().box.width_m = 0.6;
  }
  return tracks;
}

// Tracks anywhere around a place, any class and motion.
inline std::vector<messages::Track> random_tracks(std::mt19937& random, int count, math::Point2 centre,
                                                  double reach_m) {
  const auto between = [&random](double least, double most) {
    return std::uniform_real_distribution<double>(least, most)(random);
  };
  std::vector<messages::Track> tracks;
  for (int i = 0; i < count; ++i) {
    const math::Pose2 pose{centre.x_m + between(-reach_m, reach_m), centre.y_m + between(-reach_m, reach_m),
                           between(-3.1, 3.1)};
    const bool is_person = random() % 3 == 0;
    tracks.push_back(is_person ? pedestrian_at(pose.x_m, pose.y_m, pose.yaw_rad, between(0, 2))
                               : car_at(pose, random() % 2 == 0 ? 0 : between(0, 15)));
    tracks.back().yaw_rate_radps = between(-0.3, 0.3);
  }
  return tracks;
}

// On the road at arc length s, driving along it.
inline math::MotionState driving_on(const planning::Route& road, double s_m, double speed_mps, double across_m = 0) {
  math::FrenetState state;
  state.s_m = s_m;
  state.s_mps = speed_mps;
  state.d_m = across_m;
  return math::to_motion(road.path, state);
}

}  // namespace hangil::tests
