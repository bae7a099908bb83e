// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messages/header.hpp"

namespace hangil::messages {

// How much of the drive is left; the trajectory validator's word.
struct DriveLevel {
  static constexpr std::string_view kType = "hangil_msgs/msg/DriveLevel";
  Header header;
  std::string level;   // "full", "reduced", "hold_last", "stop"
  std::string reason;  // for a person; empty at "full"

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("header", self.header);
    visit("level", self.level);
    visit("reason", self.reason);
  }
};

}  // namespace hangil::messages
