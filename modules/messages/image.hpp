// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messages/header.hpp"

namespace hangil::messages {

struct Image {
  static constexpr std::string_view kType = "sensor_msgs/msg/Image";
  Header header;
  std::uint32_t height = 0, width = 0;  // pixels
  std::string encoding;                 // "bgr8"
  std::uint8_t is_bigendian = 0;
  std::uint32_t step = 0;  // bytes a row
  std::vector<std::uint8_t> data;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("header", self.header);
    visit("height", self.height);
    visit("width", self.width);
    visit("encoding", self.encoding);
    visit("is_bigendian", self.is_bigendian);
    visit("step", self.step);
    visit("data", self.data);
  }
};

}  // namespace hangil::messages
