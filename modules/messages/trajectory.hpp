// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messages/header.hpp"

namespace hangil::messages {

struct TrajectoryPoint {
  static constexpr std::string_view kType = "hangil_msgs/msg/TrajectoryPoint";
  double time_s = 0;                     // since the header's stamp
  double x_m = 0, y_m = 0, yaw_rad = 0;  // rear axle
  double curvature_radpm = 0, speed_mps = 0, acceleration_mps2 = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("time_s", self.time_s);
    visit("x_m", self.x_m);
    visit("y_m", self.y_m);
    visit("yaw_rad", self.yaw_rad);
    visit("curvature_radpm", self.curvature_radpm);
    visit("speed_mps", self.speed_mps);
    visit("acceleration_mps2", self.acceleration_mps2);
  }
};

// A motion and, beside it, the way to stop.
struct Trajectory {
  static constexpr std::string_view kType = "hangil_msgs/msg/Trajectory";
  Header header;                             // frame map
  std::vector<TrajectoryPoint> points;       // the wanted motion
  std::vector<TrajectoryPoint> stop_points;  // always: how to come to rest from here, without colliding if possible
  std::string behaviour;                     // "follow", "stop", "no_free_candidate", ...
  std::uint32_t candidate_count = 0, collision_free_count = 0;
  double cost = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("header", self.header);
    visit("points", self.points);
    visit("stop_points", self.stop_points);
    visit("behaviour", self.behaviour);
    visit("candidate_count", self.candidate_count);
    visit("collision_free_count", self.collision_free_count);
    visit("cost", self.cost);
  }
};

}  // namespace hangil::messages
