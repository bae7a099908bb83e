// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messages/mission.hpp"
#include "messages/odometry.hpp"
#include "recording/bag_files.hpp"
#include "recording/ros2_import.hpp"
#include "recording/ros2_topics.hpp"
#include "recording/transform_tree.hpp"

namespace hangil::recording {

// How odometry messages of the bag become map -> ego.
struct EgoMotion {
  Eigen::Isometry3d T_child_ego = Eigen::Isometry3d::Identity();
  std::optional<Eigen::Isometry3d> T_map_odom;  // from the first message on; map is level

  messages::Odometry convert(const messages::Odometry& odometry);
};

// What the first pass over a bag finds out.
struct BagSurvey {
  std::vector<std::string> files;
  std::vector<DriveChannel> channels;
  TopicPlan plan;
  std::string ego_frame;
  std::map<std::string, std::string> sensor_frames;  // by target topic: the bag's frame
  messages::TFMessage static_transforms;             // ego -> our frames; stamps unset
  messages::Mission mission;                         // path empty: no odometry
  EgoMotion motion;                                  // before the first message
  base::Time first_published;                        // of the channels that are taken
  std::vector<std::string> notes, warnings;
};

// Our frame for a channel: lidar_top, camera_front, imu, gnss; empty for other channels.
std::string frame_of_topic(const std::string& target);

base::Result<BagSurvey> survey_bag(const Ros2Options& options);

}  // namespace hangil::recording
