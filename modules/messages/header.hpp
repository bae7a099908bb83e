// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/fields.hpp"

namespace hangil::messages {

// When the world was measured, and the frame that coordinates are in.
struct Header {
  static constexpr std::string_view kType = "std_msgs/msg/Header";
  base::Time stamp;
  std::string frame_id;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("stamp", self.stamp);
    visit("frame_id", self.frame_id);
  }
};

}  // namespace hangil::messages
