// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messages/header.hpp"

namespace hangil::messages {

struct CompressedImage {
  static constexpr std::string_view kType = "sensor_msgs/msg/CompressedImage";
  Header header;
  std::string format;  // "jpeg" or "png"
  std::vector<std::uint8_t> data;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("header", self.header);
    visit("format", self.format);
    visit("data", self.data);
  }
};

}  // namespace hangil::messages
