// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messages/header.hpp"

namespace hangil::messages {

// Where the vehicle really is on the map (ground truth), and how far along its way.
struct LanePlace {
  static constexpr std::string_view kType = "hangil_msgs/msg/LanePlace";
  Header header;
  bool is_on_road = false;     // false: the rest of the lane says nothing
  std::string lane;            // of the map (LaneGraph), the mission's where the vehicle is in it
  std::int32_t lane_id = 0;    // within its road
  double centre_offset_m = 0;  // of the rear axle, left positive
  double lane_width_m = 0;
  double tyre_to_marking_m = 0;  // from the outermost tyre to the outer edge of the nearer marking; negative: across
  double speed_limit_mps = 0;    // 0: none
  double off_drivable_m = 0;     // of the vehicle's worst corner, from the nearest lane made for driving; 0: on it
  double progress_m = 0;         // along the mission
  bool has_route = false;
  double route_left_m = 0;  // to the end of its route

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("header", self.header);
    visit("is_on_road", self.is_on_road);
    visit("lane", self.lane);
    visit("lane_id", self.lane_id);
    visit("centre_offset_m", self.centre_offset_m);
    visit("lane_width_m", self.lane_width_m);
    visit("tyre_to_marking_m", self.tyre_to_marking_m);
    visit("speed_limit_mps", self.speed_limit_mps);
    visit("off_drivable_m", self.off_drivable_m);
    visit("progress_m", self.progress_m);
    visit("has_route", self.has_route);
    visit("route_left_m", self.route_left_m);
  }
};

}  // namespace hangil::messages
