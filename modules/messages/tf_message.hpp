// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messages/geometry.hpp"

namespace hangil::messages {

struct TFMessage {
  static constexpr std::string_view kType = "tf2_msgs/msg/TFMessage";
  std::vector<TransformStamped> transforms;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("transforms", self.transforms);
  }
};

}  // namespace hangil::messages
