// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fusion/fuse_objects.hpp"
#include "fusion/tracker.hpp"

namespace hangil::fusion {

// Boxes in space and a picture of the same moment: the boxes with what the picture says of them, then the picture's
// other boxes, through the tracker.
class CameraLidarTracker {
 public:
  explicit CameraLidarTracker(const TrackerConfig& config) : fusion_(config.camera), tracker_(config) {}

  // Returns false, having done nothing, where Tracker::step does.
  bool step(const messages::Objects& objects, const ImageView& view, const Eigen::Isometry3d& T_map_ego,
            messages::Tracks& tracks) {
    fusion_.fuse(objects, view, fused_);
    if (!tracker_.step(fused_.objects, T_map_ego, tracks)) return false;
    left_.clear();
    for (std::size_t i = 0; i < fused_.is_box_taken.size(); ++i) {
      if (!fused_.is_box_taken[i]) left_.push_back(view.seen->objects[i]);
    }
    return tracker_.see({objects.header.stamp, view.optics, view.T_camera_ego * T_map_ego.inverse(), left_}, tracks);
  }

 private:
  ObjectFusion fusion_;
  Tracker tracker_;
  FusedObjects fused_;
  std::vector<messages::ImageObject> left_;
};

}  // namespace hangil::fusion
