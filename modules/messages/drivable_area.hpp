// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messages/header.hpp"

namespace hangil::messages {

// Where in a picture one can drive: a grid of square cells from the upper left corner, row by row.
struct DrivableArea {
  static constexpr std::string_view kType = "hangil_msgs/msg/DrivableArea";
  Header header;                              // stamp of the picture, optical frame of the camera
  std::uint32_t width_px = 0, height_px = 0;  // of the rectified picture
  std::uint32_t column_count = 0, row_count = 0;
  float cell_px = 0;
  std::vector<std::uint8_t> probability;  // of a cell, 0 to 255

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("header", self.header);
    visit("width_px", self.width_px);
    visit("height_px", self.height_px);
    visit("column_count", self.column_count);
    visit("row_count", self.row_count);
    visit("cell_px", self.cell_px);
    visit("probability", self.probability);
  }
};

}  // namespace hangil::messages
