// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lidar/point_gnn.hpp"
#include "lidar/sensor_pose.hpp"
#include "messages/objects.hpp"

namespace hangil::lidar {

// A box and how sure the network is of it: sums of probabilities after merging, so more than 1 is possible.
struct ScoredBox {
  messages::Box3 box;
  double score = 0;
};

// Boxes of the keypoints where a car class has at least `score_least`, in ego; those with numbers that are not finite
// or sizes beyond reason (0.2 to 30 m) are left out. The network gives the middle of a box's underside from its
// keypoint in units of a typical car, logarithms of its sizes, and its heading in quarters of pi, modulo half a turn.
void decode_boxes(const GnnAnswer& answer, const Points& keypoints, const SensorPose& T_ego_camera, double score_least,
                  std::vector<ScoredBox>& boxes);

// Boxes that overlap (IoU in 3D above `overlap_most`) become one: from the surest on, the median of all that overlap
// with it, whose scores count as far as they overlap with that median (Shi and Rajkumar, section 3.4, algorithm 1).
// Headings are taken within a quarter of a turn of the surest one. Sorted by score; of equal ones the first comes
// first.
std::vector<ScoredBox> merge_boxes(std::vector<ScoredBox> boxes, double overlap_most);

}  // namespace hangil::lidar
