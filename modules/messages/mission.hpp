// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messages/header.hpp"

namespace hangil::messages {

struct PathPoint {
  static constexpr std::string_view kType = "hangil_msgs/msg/PathPoint";
  double x_m = 0, y_m = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("x_m", self.x_m);
    visit("y_m", self.y_m);
  }
};

// Where to go: given once, never peeked at.
struct Mission {
  static constexpr std::string_view kType = "hangil_msgs/msg/Mission";
  Header header;                 // frame map
  std::vector<PathPoint> path;   // reference line, in driving order
  double desired_speed_mps = 0;  // 0: the planner's default
  bool has_goal = false;         // stop at the end of the path

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("header", self.header);
    visit("path", self.path);
    visit("desired_speed_mps", self.desired_speed_mps);
    visit("has_goal", self.has_goal);
  }
};

}  // namespace hangil::messages
