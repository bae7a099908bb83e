// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "lidar/kitti_scans.hpp"
#include "lidar/points.hpp"
#include "messages/objects.hpp"

namespace hangil::lidar::tests {

// Ground truth counts as Car, Van, Truck, Cyclist or Pedestrian within 40 m with enough points; a match is a BEV IoU of
// at least 0.3, or for pedestrians and cyclists a centre distance of at most 0.5 m, one to one. Recall ignores the
// class; precision counts boxes with a known class inside the image within 40 m that meet no label at all and no
// DontCare area as wrong.
struct BoxScore {
  int truth_count = 0, found_count = 0;
  int known_found_count = 0, known_wrong_count = 0;
  double recall() const { return truth_count > 0 ? double(found_count) / truth_count : 0; }
  double precision() const {
    const int all = known_found_count + known_wrong_count;
    return all > 0 ? double(known_found_count) / all : 0;
  }
};

// What became of each label and each object of one frame.
struct FrameMatch {
  std::vector<int> object_of_label;  // -1: none
  std::vector<int> label_of_object;  // -1: none
  std::vector<bool> label_counts, object_is_wrong;
  std::vector<int> label_points;
};

FrameMatch match_frame(const KittiFrame& frame, const KittiCalibration& calibration, const Points& ego_points,
                       const std::vector<messages::Object>& objects, int least_points);
void add_score(const FrameMatch& match, const std::vector<messages::Object>& objects, BoxScore& score);

}  // namespace hangil::lidar::tests
