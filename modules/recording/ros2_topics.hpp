// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "recording/drive_channel.hpp"

namespace hangil::recording {

// One channel of a bag and the channel it becomes. /tf_static has none: it is resolved to /source/tf_static.
struct TopicChoice {
  int source = -1;  // index of the bag's channel
  std::string target;
};

struct TopicPlan {
  std::vector<TopicChoice> choices;
  std::vector<int> static_transforms, transforms;  // the bag's channels of that kind
  std::vector<std::string> notes;                  // what is left out and why
};

// `asked` are pairs (from, to) of topics. Beyond them, the only channel of a type takes the usual name:
// PointCloud2 /lidar/top/points, Odometry /odometry, Imu /imu, NavSatFix /gnss, CompressedImage /camera/front/image,
// CameraInfo /camera/front/camera_info, TFMessage /source/tf; hangil_msgs keep their names. Error: no PointCloud2 or
// several, messages that are not CDR, a topic asked for that is not there, two channels that become one.
base::Result<TopicPlan> plan_topics(const std::vector<DriveChannel>& channels,
                                    const std::vector<std::pair<std::string, std::string>>& asked);

// "sensor_msgs/PointCloud2" and "sensor_msgs/msg/PointCloud2" are one type: the latter.
std::string full_type_name(const std::string& type);

}  // namespace hangil::recording
