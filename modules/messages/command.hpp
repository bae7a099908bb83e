// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messages/header.hpp"

namespace hangil::messages {

// What the vehicle is asked to do until the next command.
struct Command {
  static constexpr std::string_view kType = "hangil_msgs/msg/Command";
  Header header;
  double steering_angle_rad = 0;  // mean angle of the front wheels, positive left
  double acceleration_mps2 = 0;   // along x, negative brakes
  double target_speed_mps = 0;
  bool is_stopping = false;  // follows the stop trajectory

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("header", self.header);
    visit("steering_angle_rad", self.steering_angle_rad);
    visit("acceleration_mps2", self.acceleration_mps2);
    visit("target_speed_mps", self.target_speed_mps);
    visit("is_stopping", self.is_stopping);
  }
};

}  // namespace hangil::messages
