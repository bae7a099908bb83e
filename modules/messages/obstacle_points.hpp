// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messages/header.hpp"

namespace hangil::messages {

// What is left of a scan without ground, ego vehicle and points out of range; structure of arrays.
struct ObstaclePoints {
  static constexpr std::string_view kType = "hangil_msgs/msg/ObstaclePoints";
  Header header;                                         // frame ego
  std::vector<float> x_m, y_m, z_m, intensity;           // one length: points that are not ground
  std::vector<float> height_m;                           // above the ground below each
  float sensor_x_m = 0, sensor_y_m = 0, sensor_z_m = 0;  // where the scan was seen from
  std::uint32_t input_count = 0, ground_count = 0, cropped_count = 0, invalid_count = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("header", self.header);
    visit("x_m", self.x_m);
    visit("y_m", self.y_m);
    visit("z_m", self.z_m);
    visit("intensity", self.intensity);
    visit("height_m", self.height_m);
    visit("sensor_x_m", self.sensor_x_m);
    visit("sensor_y_m", self.sensor_y_m);
    visit("sensor_z_m", self.sensor_z_m);
    visit("input_count", self.input_count);
    visit("ground_count", self.ground_count);
    visit("cropped_count", self.cropped_count);
    visit("invalid_count", self.invalid_count);
  }
};

}  // namespace hangil::messages
