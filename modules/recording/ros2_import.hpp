// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "recording/import.hpp"

namespace hangil::recording {

struct Ros2Options {
  std::string bag;                                          // an .mcap file or a bag folder
  std::vector<std::pair<std::string, std::string>> topics;  // from, to
  // The frame at the rear axle on the ground, x forward. Empty: the first of base_footprint, base_link, ego that the
  // transforms know.
  std::string ego_frame;
};

// Converts a ROS 2 bag: point clouds of any layout become ours (frame lidar_top), odometry becomes map -> ego with the
// first pose as map, static transforms from ego to each sensor go to /source/tf_static, recorded ones to /source/tf,
// the driven path to /mission. published is the bag's log time, stamp the header's. Reads the bag twice, once for
// transforms and path; memory stays bounded. Errors: see find_bag_files and plan_topics.
base::Result<ImportReport> import_ros2(const Ros2Options& options, const std::string& output,
                                       const WriteOptions& write_options, const ImportListener& listener = {});

}  // namespace hangil::recording
