// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "messages/header.hpp"

namespace hangil::messages {

// A painted line, in the picture and, where the camera is calibrated, on the flat ground.
struct LaneLine {
  static constexpr std::string_view kType = "hangil_msgs/msg/LaneLine";
  float existence_probability = 0;
  // x_px = sum of coefficients[i] * t^i with t = (y_px - y_max_px) / height_px of the picture, from y_min_px to
  // y_max_px.
  std::array<double, 4> image_coefficients{};
  float y_min_px = 0, y_max_px = 0;
  float residual_px = 0;  // root mean square distance of the pixels from the curve, along x
  // y_m = sum of coefficients[i] * x_m^i in the ego frame, from x_min_m to x_max_m, with its covariance, row-major.
  bool has_ground = false;
  std::array<double, 4> ground_coefficients{};
  std::array<double, 16> ground_covariance{};
  float x_min_m = 0, x_max_m = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("existence_probability", self.existence_probability);
    visit("image_coefficients", self.image_coefficients);
    visit("y_min_px", self.y_min_px);
    visit("y_max_px", self.y_max_px);
    visit("residual_px", self.residual_px);
    visit("has_ground", self.has_ground);
    visit("ground_coefficients", self.ground_coefficients);
    visit("ground_covariance", self.ground_covariance);
    visit("x_min_m", self.x_min_m);
    visit("x_max_m", self.x_max_m);
  }
};

// The lines one camera sees in one picture, from left to right at the picture's lower edge.
struct LaneLines {
  static constexpr std::string_view kType = "hangil_msgs/msg/LaneLines";
  Header header;                              // stamp of the picture, optical frame of the camera
  std::uint32_t width_px = 0, height_px = 0;  // of the rectified picture
  std::vector<LaneLine> lines;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("header", self.header);
    visit("width_px", self.width_px);
    visit("height_px", self.height_px);
    visit("lines", self.lines);
  }
};

}  // namespace hangil::messages
