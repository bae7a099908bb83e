// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messages/header.hpp"
#include "messages/object_class.hpp"

namespace hangil::messages {

// One object in a picture: an upright box, clipped to the picture.
struct ImageObject {
  static constexpr std::string_view kType = "hangil_msgs/msg/ImageObject";
  ObjectClass object_class = ObjectClass::kUnknown;
  float existence_probability = 0;
  float x_min_px = 0, y_min_px = 0, x_max_px = 0, y_max_px = 0;  // x right, y down, pixel centres at .5

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("object_class", self.object_class);
    visit("existence_probability", self.existence_probability);
    visit("x_min_px", self.x_min_px);
    visit("y_min_px", self.y_min_px);
    visit("x_max_px", self.x_max_px);
    visit("y_max_px", self.y_max_px);
  }
};

// What one camera sees in one picture, in pixels of the rectified picture (CameraInfo's p).
struct ImageObjects {
  static constexpr std::string_view kType = "hangil_msgs/msg/ImageObjects";
  Header header;                              // stamp of the picture, optical frame of the camera
  std::uint32_t width_px = 0, height_px = 0;  // of the rectified picture
  std::vector<ImageObject> objects;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("header", self.header);
    visit("width_px", self.width_px);
    visit("height_px", self.height_px);
    visit("objects", self.objects);
  }
};

}  // namespace hangil::messages
