// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messages/box3.hpp"
#include "messages/header.hpp"
#include "messages/object_class.hpp"

namespace hangil::messages {

struct ImageBox {
  static constexpr std::string_view kType = "hangil_msgs/msg/ImageBox";
  float left_px = 0, top_px = 0, right_px = 0, bottom_px = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("left_px", self.left_px);
    visit("top_px", self.top_px);
    visit("right_px", self.right_px);
    visit("bottom_px", self.bottom_px);
  }
};

// One labelled or simulated object.
struct TruthObject {
  static constexpr std::string_view kType = "hangil_msgs/msg/TruthObject";
  std::int32_t id = -1;  // constant along a drive; -1: not tracked
  ObjectClass object_class = ObjectClass::kUnknown;
  std::string label;  // the source's own word
  Box3 box;
  double vx_mps = 0, vy_mps = 0;  // in the header's frame over ground; 0 when has_velocity is false
  bool has_velocity = false;
  std::uint32_t point_count = 0;  // LiDAR points inside the box
  float truncation_ratio = 0;     // 0 wholly in the image, 1 wholly outside
  std::uint8_t occlusion = 0;     // KITTI: 0 visible, 1 partly, 2 largely, 3 unknown
  bool is_in_image = false;
  ImageBox image_box;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("id", self.id);
    visit("object_class", self.object_class);
    visit("label", self.label);
    visit("box", self.box);
    visit("vx_mps", self.vx_mps);
    visit("vy_mps", self.vy_mps);
    visit("has_velocity", self.has_velocity);
    visit("point_count", self.point_count);
    visit("truncation_ratio", self.truncation_ratio);
    visit("occlusion", self.occlusion);
    visit("is_in_image", self.is_in_image);
    visit("image_box", self.image_box);
  }
};

// Ground truth of one frame.
struct TruthObjects {
  static constexpr std::string_view kType = "hangil_msgs/msg/TruthObjects";
  Header header;  // frame ego
  std::vector<TruthObject> objects;
  std::vector<ImageBox> ignore_regions;  // image areas nobody labelled ("DontCare")
  bool is_limited_to_image = false;      // labels exist only inside the camera's view

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("header", self.header);
    visit("objects", self.objects);
    visit("ignore_regions", self.ignore_regions);
    visit("is_limited_to_image", self.is_limited_to_image);
  }
};

}  // namespace hangil::messages
