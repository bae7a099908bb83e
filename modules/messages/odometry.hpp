// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messages/geometry.hpp"

namespace hangil::messages {

// Pose of child_frame_id in header.frame_id; twist in child_frame_id (REP 105).
struct Odometry {
  static constexpr std::string_view kType = "nav_msgs/msg/Odometry";
  Header header;
  std::string child_frame_id;
  PoseWithCovariance pose;
  TwistWithCovariance twist;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("header", self.header);
    visit("child_frame_id", self.child_frame_id);
    visit("pose", self.pose);
    visit("twist", self.twist);
  }
};

}  // namespace hangil::messages
