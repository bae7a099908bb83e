// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messages/header.hpp"

namespace hangil::messages {

// One thing that asks the vehicle to go slower than it would, or to stop.
struct DrivingReason {
  static constexpr std::string_view kType = "hangil_msgs/msg/DrivingReason";
  std::string reason;       // "red light 3", "speed limit", "bend", "leader 12", "crosswalk 1", ...
  bool is_stop = false;     // to stand before a place; else not to be faster than speed_mps from there on
  double ahead_m = 0;       // from the rear axle along the path
  double speed_mps = 0;     // of the place itself where it moves, or the limit
  bool is_binding = false;  // the one that asks for most now

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("reason", self.reason);
    visit("is_stop", self.is_stop);
    visit("ahead_m", self.ahead_m);
    visit("speed_mps", self.speed_mps);
    visit("is_binding", self.is_binding);
  }
};

// Why the vehicle drives as it does, beside each trajectory.
struct DrivingReasons {
  static constexpr std::string_view kType = "hangil_msgs/msg/DrivingReasons";
  Header header;
  std::vector<DrivingReason> reasons;
  std::string manoeuvre;  // "keep lane", "pass 3 on the left", "wait to pass 3"

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("header", self.header);
    visit("reasons", self.reasons);
    visit("manoeuvre", self.manoeuvre);
  }
};

}  // namespace hangil::messages
