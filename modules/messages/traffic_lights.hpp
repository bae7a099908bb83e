// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messages/header.hpp"

namespace hangil::messages {

enum class LightState : std::uint8_t { kUnknown = 0, kRed = 1, kYellow = 2, kGreen = 3, kRedYellow = 4, kOff = 5 };

// One signal head and which of its bulbs are lit.
struct TrafficLight {
  static constexpr std::string_view kType = "hangil_msgs/msg/TrafficLight";
  LightState state = LightState::kUnknown;
  float state_probability = 0;
  float existence_probability = 0;
  float x_min_px = 0, y_min_px = 0, x_max_px = 0, y_max_px = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("state", self.state);
    visit("state_probability", self.state_probability);
    visit("existence_probability", self.existence_probability);
    visit("x_min_px", self.x_min_px);
    visit("y_min_px", self.y_min_px);
    visit("x_max_px", self.x_max_px);
    visit("y_max_px", self.y_max_px);
  }
};

// The signal heads one camera sees in one picture.
struct TrafficLights {
  static constexpr std::string_view kType = "hangil_msgs/msg/TrafficLights";
  Header header;                              // stamp of the picture, optical frame of the camera
  std::uint32_t width_px = 0, height_px = 0;  // of the rectified picture
  std::vector<TrafficLight> lights;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("header", self.header);
    visit("width_px", self.width_px);
    visit("height_px", self.height_px);
    visit("lights", self.lights);
  }
};

}  // namespace hangil::messages
