// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "lidar/point_gnn.hpp"

namespace hangil::lidar::tests {

// Ground truth counts as Car, Van, Truck, Cyclist or Pedestrian within 40 m with at least 10 points; a match is a BEV
// IoU of at least 0.3, or for pedestrians and cyclists a centre distance of at most 0.5 m, one to one. Recall ignores
// the class; precision counts boxes with a known class inside the image within 40 m that meet no label at all and no
// DontCare area as wrong.
struct BoxScore {
  int truth_count = 0, found_count = 0;
  int known_found_count = 0, known_wrong_count = 0;
  int dense_count = 0, dense_found_count = 0;  // labels with at least 20 points at any distance; BEV IoU only
  double recall() const { return truth_count > 0 ? double(found_count) / truth_count : 0; }
  double precision() const {
    const int all = known_found_count + known_wrong_count;
    return all > 0 ? double(known_found_count) / all : 0;
  }
  double share_from_20_points() const { return dense_count > 0 ? double(dense_found_count) / dense_count : 0; }
};

// Over all frames of a sequence of the tracking layout, with the default configuration.
BoxScore score_boxes(const std::string& training_dir, const std::string& sequence);

// The same of clusters merged with the network's cars (voxels of 0.8 m), over every `step`th frame.
BoxScore score_merged_boxes(const std::string& training_dir, const std::string& sequence, const PointGnn& network,
                            std::size_t step);

}  // namespace hangil::lidar::tests
