// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messages/box3.hpp"
#include "messages/header.hpp"
#include "messages/object_class.hpp"

namespace hangil::messages {

struct Track {
  static constexpr std::string_view kType = "hangil_msgs/msg/Track";
  std::uint32_t id = 0;  // from confirmation on constant, never reused in a run; 0 before
  ObjectClass object_class = ObjectClass::kUnknown;
  float existence_probability = 0;
  Box3 box;
  double vx_mps = 0, vy_mps = 0;  // over ground, in the header's frame
  double yaw_rate_radps = 0;
  double acceleration_mps2 = 0;         // along the heading of motion
  std::array<double, 16> covariance{};  // row-major over x, y, vx, vy
  base::Duration age;                   // since first seen
  base::Duration time_since_update;     // 0: seen in this frame
  bool is_confirmed = false;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("id", self.id);
    visit("object_class", self.object_class);
    visit("existence_probability", self.existence_probability);
    visit("box", self.box);
    visit("vx_mps", self.vx_mps);
    visit("vy_mps", self.vy_mps);
    visit("yaw_rate_radps", self.yaw_rate_radps);
    visit("acceleration_mps2", self.acceleration_mps2);
    visit("covariance", self.covariance);
    visit("age", self.age);
    visit("time_since_update", self.time_since_update);
    visit("is_confirmed", self.is_confirmed);
  }
};

// Everything followed at one stamp.
struct Tracks {
  static constexpr std::string_view kType = "hangil_msgs/msg/Tracks";
  Header header;  // frame map, or ego where the drive has no pose
  std::vector<Track> tracks;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("header", self.header);
    visit("tracks", self.tracks);
  }
};

}  // namespace hangil::messages
