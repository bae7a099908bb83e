// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <Eigen/Geometry>

#include "messages/truth_objects.hpp"

namespace hangil::recording {

// One line of a KITTI label file; boxes in the rectified reference camera frame.
struct KittiLabel {
  int frame = 0;  // 0 in object files
  int id = -1;    // -1 in object files
  std::string type;
  double truncation_ratio = 0;
  int occlusion = 0;
  messages::ImageBox image_box;
  double height_m = 0, width_m = 0, length_m = 0;
  Eigen::Vector3d bottom_m = Eigen::Vector3d::Zero();  // centre of the box's bottom
  double rotation_y_rad = 0;

  bool has_id = false;  // of a tracking file

  // Where nobody labelled, or something that is not part of the benchmark.
  bool is_ignored() const { return type == "DontCare" || (has_id && id < 0); }
};

// Bad lines are left out and told to `warning` with file and line.
std::vector<KittiLabel> parse_kitti_tracking_labels(std::string_view text, const std::string& file,
                                                    const std::function<void(const std::string&)>& warning);
std::vector<KittiLabel> parse_kitti_object_labels(std::string_view text, const std::string& file,
                                                  const std::function<void(const std::string&)>& warning);

// Upright boxes in the ego frame, without point counts and velocities; regions to ignore apart.
messages::TruthObjects kitti_truth(const std::vector<KittiLabel>& labels, const Eigen::Isometry3d& T_ego_label,
                                   base::Time stamp);

}  // namespace hangil::recording
