// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "fusion/image_match.hpp"
#include "messages/objects.hpp"

namespace hangil::fusion {

// What a camera saw of a frame of boxes: its picture's boxes, and the way from the boxes' frame at their stamp to the
// camera at the picture's.
struct ImageView {
  math::Pinhole optics;
  Eigen::Isometry3d T_camera_ego = Eigen::Isometry3d::Identity();
  const messages::ImageObjects* seen = nullptr;
};

struct FusedObjects {
  messages::Objects objects;       // as they came, with existence and class of both sensors
  std::vector<int> box_of_object;  // the picture's box of each, or kUnassigned
  std::vector<char> is_box_taken;  // of the picture's boxes, in their order
  std::vector<Sight> sights;       // of the objects
};

// Takes what a picture says into boxes of another sensor: those that it shows gain existence, those that it should show
// and does not lose some; a class is the one with the most log-odds of both. Boxes do not move. `fused` is overwritten
// and keeps its memory.
class ObjectFusion {
 public:
  explicit ObjectFusion(const CameraModel& model) : model_(model) {}

  void set_model(const CameraModel& model) { model_ = model; }

  void fuse(const messages::Objects& objects, const ImageView& view, FusedObjects& fused);

 private:
  CameraModel model_;
  ImageMatch match_;
};

// The silhouette of an object of a view's frame.
Sight sight_of(const ImageView& view, const messages::Box3& box, messages::ObjectClass object_class);

}  // namespace hangil::fusion
