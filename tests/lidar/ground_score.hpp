// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "lidar/labelled_scans.hpp"

namespace hangil::lidar::tests {

// Labelled points told right and wrong, over all scans; points without a label do not count.
struct GroundScore {
  double right = 0, wrong = 0, missed = 0;  // points: ground found, other taken for ground, ground not found
  double precision() const { return right > 0 ? right / (right + wrong) : 0; }
  double recall() const { return right > 0 ? right / (right + missed) : 0; }
  double f1() const { return right > 0 ? 2 * right / (2 * right + wrong + missed) : 0; }
};

inline std::string labelled_scans_dir(const std::string& shared_dir) {
  return shared_dir + "/data/lidar_semantic_semantic_kitti";
}

// Tells of each point of a scan whether it is ground.
using GroundFinder = std::function<std::vector<bool>(const messages::PointCloud2& cloud)>;

// Over all 21 labelled scans; all zeros where one is missing or empty.
GroundScore score_ground(const std::string& folder, const GroundFinder& find_ground);

// Our own, without cropping: these scans have no ego vehicle in them.
std::vector<bool> found_ground(const messages::PointCloud2& cloud);

}  // namespace hangil::lidar::tests
