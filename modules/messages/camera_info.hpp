// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messages/header.hpp"

namespace hangil::messages {

struct RegionOfInterest {
  static constexpr std::string_view kType = "sensor_msgs/msg/RegionOfInterest";
  std::uint32_t x_offset = 0, y_offset = 0, height = 0, width = 0;
  bool do_rectify = false;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("x_offset", self.x_offset);
    visit("y_offset", self.y_offset);
    visit("height", self.height);
    visit("width", self.width);
    visit("do_rectify", self.do_rectify);
  }
};

// Optical frame: x right, y down, z forward (REP 103).
struct CameraInfo {
  static constexpr std::string_view kType = "sensor_msgs/msg/CameraInfo";
  Header header;
  std::uint32_t height = 0, width = 0;  // pixels
  std::string distortion_model;
  std::vector<double> d;
  std::array<double, 9> k{};   // 3x3 row-major intrinsics of the raw image
  std::array<double, 9> r{};   // 3x3 row-major rectification
  std::array<double, 12> p{};  // 3x4 row-major projection of the rectified image
  std::uint32_t binning_x = 0, binning_y = 0;
  RegionOfInterest roi;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("header", self.header);
    visit("height", self.height);
    visit("width", self.width);
    visit("distortion_model", self.distortion_model);
    visit("d", self.d);
    visit("k", self.k);
    visit("r", self.r);
    visit("p", self.p);
    visit("binning_x", self.binning_x);
    visit("binning_y", self.binning_y);
    visit("roi", self.roi);
  }
};

}  // namespace hangil::messages
