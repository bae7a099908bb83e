// SPDX-License-Identifier: Apache-2.0
#include "recording/ros2_topics.hpp"

#include <algorithm>
#include <array>

#include "messages/catalog.hpp"

namespace hangil::recording {

namespace {

constexpr std::string_view kCloudType = "sensor_msgs/msg/PointCloud2";
constexpr std::string_view kTransformType = "tf2_msgs/msg/TFMessage";
constexpr std::string_view kCloudTopic = "/lidar/top/points";

struct UsualName {
  std::string_view type, topic;
};
constexpr std::array<UsualName, 6> kUsualNames = {{{kCloudType, kCloudTopic},
                                                   {"nav_msgs/msg/Odometry", "/odometry"},
                                                   {"sensor_msgs/msg/Imu", "/imu"},
                                                   {"sensor_msgs/msg/NavSatFix", "/gnss"},
                                                   {"sensor_msgs/msg/CompressedImage", "/camera/front/image"},
                                                   {"sensor_msgs/msg/CameraInfo", "/camera/front/camera_info"}}};

bool is_taken(const TopicPlan& plan, int source) {
  return std::any_of(plan.choices.begin(), plan.choices.end(), [&](const auto& c) { return c.source == source; });
}

bool has_target(const TopicPlan& plan, std::string_view target) {
  return std::any_of(plan.choices.begin(), plan.choices.end(), [&](const auto& c) { return c.target == target; });
}

// Channels of a type that nobody asked for and that hold messages.
std::vector<int> candidates(const std::vector<DriveChannel>& channels, const TopicPlan& plan, std::string_view type) {
  std::vector<int> found;
  for (std::size_t i = 0; i < channels.size(); ++i) {
    const int index = static_cast<int>(i);
    const bool is_candidate = full_type_name(channels[i].type) == type && channels[i].message_count > 0;
    if (is_candidate && !is_taken(plan, index)) found.push_back(index);
  }
  return found;
}

std::string topic_list(const std::vector<DriveChannel>& channels, const std::vector<int>& indices) {
  std::string text;
  for (const int index : indices) text += (text.empty() ? "" : ", ") + channels[static_cast<std::size_t>(index)].topic;
  return text;
}

base::Status take_asked(const std::vector<DriveChannel>& channels,
                        const std::vector<std::pair<std::string, std::string>>& asked, TopicPlan& plan) {
  for (const auto& [from, to] : asked) {
    const auto found = std::find_if(channels.begin(), channels.end(), [&](const auto& c) { return c.topic == from; });
    if (found == channels.end()) return base::Error{"--map " + from + ":=" + to + ": the bag has no topic " + from};
    if (messages::find_type(full_type_name(found->type)) == nullptr) {
      return base::Error{"--map " + from + ":=" + to + ": its type " + found->type + " is not known here"};
    }
    if (to.size() < 2 || to[0] != '/') return base::Error{"--map " + from + ":=" + to + ": topics begin with /"};
    if (has_target(plan, to)) return base::Error{"--map " + from + ":=" + to + ": " + to + " is taken already"};
    plan.choices.push_back({static_cast<int>(found - channels.begin()), to});
  }
  return {};
}

base::Status take_usual(const std::vector<DriveChannel>& channels, const UsualName& usual, TopicPlan& plan) {
  if (has_target(plan, usual.topic)) return {};
  std::vector<int> found = candidates(channels, plan, usual.type);
  const auto same_name = std::find_if(found.begin(), found.end(), [&](int index) {
    return channels[static_cast<std::size_t>(index)].topic == usual.topic;
  });
  if (same_name != found.end()) found = {*same_name};
  if (found.size() == 1) {
    plan.choices.push_back({found[0], std::string(usual.topic)});
  } else if (found.size() > 1) {
    const std::string what = "several " + std::string(usual.type) + " channels: " + topic_list(channels, found) +
                             "; choose with --map TOPIC:=" + std::string(usual.topic);
    if (usual.type == kCloudType) return base::Error{what};
    plan.notes.push_back(what);
  }
  return {};
}

void take_transforms(const std::vector<DriveChannel>& channels, TopicPlan& plan) {
  for (const int index : candidates(channels, plan, kTransformType)) {
    const std::string& topic = channels[static_cast<std::size_t>(index)].topic;
    if (topic.ends_with("tf_static")) {
      plan.static_transforms.push_back(index);
    } else if (plan.transforms.empty() && !has_target(plan, "/source/tf")) {
      plan.transforms.push_back(index);
      plan.choices.push_back({index, "/source/tf"});
    }
  }
}

void take_own(const std::vector<DriveChannel>& channels, TopicPlan& plan) {
  for (std::size_t i = 0; i < channels.size(); ++i) {
    const DriveChannel& channel = channels[i];
    const int index = static_cast<int>(i);
    const bool is_own = channel.type.starts_with("hangil_msgs/") && messages::find_type(channel.type) != nullptr;
    if (is_own && !is_taken(plan, index) && !has_target(plan, channel.topic))
      plan.choices.push_back({index, channel.topic});
  }
}

void note_left_out(const std::vector<DriveChannel>& channels, TopicPlan& plan) {
  std::string text;
  for (std::size_t i = 0; i < channels.size(); ++i) {
    const int index = static_cast<int>(i);
    const auto& statics = plan.static_transforms;
    if (is_taken(plan, index) || std::find(statics.begin(), statics.end(), index) != statics.end()) continue;
    text += (text.empty() ? "" : ", ") + channels[i].topic + " (" + channels[i].type + ")";
  }
  if (!text.empty()) plan.notes.push_back("left out: " + text);
}

}  // namespace

std::string full_type_name(const std::string& type) {
  const std::size_t slash = type.find('/');
  if (slash == std::string::npos || type.find('/', slash + 1) != std::string::npos) return type;
  return type.substr(0, slash) + "/msg" + type.substr(slash);
}

base::Result<TopicPlan> plan_topics(const std::vector<DriveChannel>& channels,
                                    const std::vector<std::pair<std::string, std::string>>& asked) {
  TopicPlan plan;
  if (auto status = take_asked(channels, asked, plan); !status) return status.error();
  for (const UsualName& usual : kUsualNames) {
    if (auto status = take_usual(channels, usual, plan); !status) return status.error();
  }
  if (!has_target(plan, kCloudTopic)) return base::Error{"no channel holds sensor_msgs/msg/PointCloud2 messages"};
  take_transforms(channels, plan);
  take_own(channels, plan);
  note_left_out(channels, plan);
  for (const TopicChoice& choice : plan.choices) {
    const DriveChannel& channel = channels[static_cast<std::size_t>(choice.source)];
    if (channel.encoding == "cdr") continue;
    return base::Error{channel.topic + ": its messages are encoded as '" + channel.encoding +
                       "', not as CDR: not a ROS 2 bag"};
  }
  return plan;
}

}  // namespace hangil::recording
