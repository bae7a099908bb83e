// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messages/box3.hpp"
#include "messages/header.hpp"
#include "messages/object_class.hpp"

namespace hangil::messages {

// One detection of one frame.
struct Object {
  static constexpr std::string_view kType = "hangil_msgs/msg/Object";
  ObjectClass object_class = ObjectClass::kUnknown;
  float existence_probability = 0;
  Box3 box;
  std::uint32_t point_count = 0;  // measured points inside

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("object_class", self.object_class);
    visit("existence_probability", self.existence_probability);
    visit("box", self.box);
    visit("point_count", self.point_count);
  }
};

// What one sensor (or the fusion of several) sees at one stamp.
struct Objects {
  static constexpr std::string_view kType = "hangil_msgs/msg/Objects";
  Header header;  // frame ego
  std::vector<Object> objects;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("header", self.header);
    visit("objects", self.objects);
  }
};

}  // namespace hangil::messages
