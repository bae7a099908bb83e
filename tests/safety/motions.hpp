// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <string>

#include "messages/predictions.hpp"
#include "messages/trajectory.hpp"
#include "safety/finding.hpp"

// Sound motions for tests to spoil, and objects to meet.
namespace hangil::tests {

// A moment that long after the epoch.
inline base::Time at(double time_s) { return base::Time{} + base::Duration::seconds(time_s); }

using Points = std::vector<messages::TrajectoryPoint>;

// Along a circle (or straight) from the origin, every 0.1 s for 4 s, at steady acceleration; no slower than rest.
inline Points motion(double speed_mps, double curvature_radpm = 0, double acceleration_mps2 = 0) {
  Points points;
  double s = 0;
  for (int i = 0; i <= 40; ++i) {
    const double t = i * 0.1, rest_s = acceleration_mps2 < 0 ? speed_mps / -acceleration_mps2 : 1e9;
    const double moving_s = std::min(t, rest_s);
    s = speed_mps * moving_s + acceleration_mps2 * moving_s * moving_s / 2;
    const double yaw = curvature_radpm * s;
    const double x = curvature_radpm != 0 ? std::sin(yaw) / curvature_radpm : s;
    const double y = curvature_radpm != 0 ? (1 - std::cos(yaw)) / curvature_radpm : 0;
    const bool is_moving = t < rest_s - 1e-9;
    points.push_back({t, x, y, yaw, curvature_radpm, is_moving ? speed_mps + acceleration_mps2 * t : 0,
                      is_moving ? acceleration_mps2 : 0});
  }
  return points;
}

// One object with one future at steady velocity, states every 0.2 s for 6 s.
inline messages::Predictions one_object(const messages::Box3& box, double vx_mps, double vy_mps,
                                        float probability = 1) {
  messages::Predictions predictions;
  predictions.header.frame_id = "map";
  predictions.step = base::Duration::milliseconds(200);
  messages::PredictedObject object{42, messages::ObjectClass::kCar, 1, box, {{probability, "constant_velocity", {}}}};
  for (int i = 1; i <= 30; ++i) {
    const double t = 0.2 * i;
    object.futures[0].states.push_back(
        {box.x_m + vx_mps * t, box.y_m + vy_mps * t, box.yaw_rad, std::hypot(vx_mps, vy_mps), 0.2});
  }
  predictions.objects = {object};
  return predictions;
}

inline messages::Predictions nothing_around() {
  messages::Predictions predictions;
  predictions.header.frame_id = "map";
  predictions.step = base::Duration::milliseconds(200);
  return predictions;
}

inline bool has(const safety::Findings& findings, const std::string& check) {
  for (const auto& finding : findings) {
    if (finding.check == check) return true;
  }
  return false;
}

}  // namespace hangil::tests
