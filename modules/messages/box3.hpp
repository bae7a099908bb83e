// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/fields.hpp"

namespace hangil::messages {

// An upright box in the frame of the message's header.
struct Box3 {
  static constexpr std::string_view kType = "hangil_msgs/msg/Box3";
  double x_m = 0, y_m = 0, z_m = 0;                // centre
  double yaw_rad = 0;                              // heading of the length axis about z
  double length_m = 0, width_m = 0, height_m = 0;  // full extents

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("x_m", self.x_m);
    visit("y_m", self.y_m);
    visit("z_m", self.z_m);
    visit("yaw_rad", self.yaw_rad);
    visit("length_m", self.length_m);
    visit("width_m", self.width_m);
    visit("height_m", self.height_m);
  }
};

}  // namespace hangil::messages
