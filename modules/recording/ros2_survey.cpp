// SPDX-License-Identifier: Apache-2.0
#include "recording/ros2_survey.hpp"

#include <algorithm>

#include "math/rotation.hpp"
#include "recording/mission.hpp"
#include "recording/transforms.hpp"

namespace hangil::recording {

namespace {

const DriveChannel& channel_at(const BagSurvey& survey, int index) {
  return survey.channels[static_cast<std::size_t>(index)];
}

// Frame and time of the first message of each chosen channel.
base::Status probe_channels(BagSurvey& survey) {
  bool is_first = true;
  for (const TopicChoice& choice : survey.plan.choices) {
    const DriveChannel& channel = channel_at(survey, choice.source);
    auto reader = BagReader::open(survey.files, {.topics = {channel.topic}});
    if (!reader) return reader.error();
    const auto message = reader->next();
    if (!message || !*message) continue;  // the second pass tells what is broken
    const base::Time published = (*message)->published;
    survey.first_published = is_first ? published : std::min(survey.first_published, published);
    is_first = false;
    if (frame_of_topic(choice.target).empty()) continue;
    const auto header = base::decode_cdr<messages::Header>(*(*message)->cdr);
    if (header) survey.sensor_frames[choice.target] = header->frame_id;
  }
  return {};
}

base::Status read_transforms(const BagSurvey& survey, const std::vector<int>& channels, TransformTree& tree) {
  if (channels.empty()) return {};
  ReadOptions options;
  for (const int index : channels) options.topics.push_back(channel_at(survey, index).topic);
  auto reader = BagReader::open(survey.files, options);
  if (!reader) return reader.error();
  while (true) {
    const auto message = reader->next();
    if (!message) continue;
    if (!*message) return {};
    const auto transforms = base::decode_cdr<messages::TFMessage>(*(*message)->cdr);
    if (!transforms) continue;
    for (const messages::TransformStamped& transform : transforms->transforms) tree.add(transform);
  }
}

std::string choose_ego_frame(const Ros2Options& options, const TransformTree& tree) {
  if (!options.ego_frame.empty()) return options.ego_frame;
  for (const char* name : {"base_footprint", "base_link", "ego"}) {
    if (tree.has_frame(name)) return name;
  }
  return "base_link";
}

void resolve_sensors(const TransformTree& tree, BagSurvey& survey) {
  for (const auto& [target, sensor_frame] : survey.sensor_frames) {
    const std::string frame = frame_of_topic(target);
    const auto T_ego_sensor = tree.find(survey.ego_frame, sensor_frame);
    const auto& known = survey.static_transforms.transforms;
    const bool is_known =
        std::any_of(known.begin(), known.end(), [&](const auto& t) { return t.child_frame_id == frame; });
    if (T_ego_sensor && !is_known) {
      survey.static_transforms.transforms.push_back(transform_message(*T_ego_sensor, {}, "ego", frame));
    } else if (!T_ego_sensor) {
      survey.warnings.push_back(target + ": no transform from " + survey.ego_frame + " to '" + sensor_frame +
                                "' in /tf_static or /tf; modules that need it will be left out");
    }
  }
}

base::Status read_path(BagSurvey& survey, const TransformTree& tree) {
  const auto& choices = survey.plan.choices;
  const auto choice =
      std::find_if(choices.begin(), choices.end(), [](const auto& c) { return c.target == "/odometry"; });
  if (choice == choices.end()) return {};
  auto reader = BagReader::open(survey.files, {.topics = {channel_at(survey, choice->source).topic}});
  if (!reader) return reader.error();
  MissionPath path;
  EgoMotion motion;
  while (true) {
    const auto message = reader->next();
    if (!message) continue;
    if (!*message) break;
    const auto odometry = base::decode_cdr<messages::Odometry>(*(*message)->cdr);
    if (!odometry) continue;
    if (path.empty()) {
      const auto T_child_ego = tree.find(odometry->child_frame_id, survey.ego_frame);
      if (!T_child_ego) {
        survey.warnings.push_back("/odometry: no transform from '" + odometry->child_frame_id + "' to " +
                                  survey.ego_frame + "; its poses are taken as those of the vehicle");
      }
      motion.T_child_ego = T_child_ego.value_or(Eigen::Isometry3d::Identity());
      survey.motion = motion;
    }
    const messages::Point p = motion.convert(*odometry).pose.pose.position;
    path.add(p.x, p.y);
  }
  survey.mission = path.mission("map", {});
  return {};
}

// T_map_odom that puts the first pose at the origin with yaw 0 and keeps map level.
Eigen::Isometry3d level_origin(const Eigen::Isometry3d& T_odom_ego) {
  const double yaw = math::yaw_rad(Eigen::Quaterniond(T_odom_ego.linear()));
  Eigen::Isometry3d T_odom_map(math::quaternion_of_yaw(yaw));
  T_odom_map.translation() = T_odom_ego.translation();
  return T_odom_map.inverse();
}

Eigen::Vector3d to_eigen(const messages::Vector3& v) { return {v.x, v.y, v.z}; }
messages::Vector3 to_message(const Eigen::Vector3d& v) { return {v.x(), v.y(), v.z()}; }

}  // namespace

messages::Odometry EgoMotion::convert(const messages::Odometry& odometry) {
  const auto& [position, rotation] = odometry.pose.pose;
  const Eigen::Isometry3d T_odom_child =
      to_isometry({{position.x, position.y, position.z}, {rotation.x, rotation.y, rotation.z, rotation.w}});
  const Eigen::Isometry3d T_odom_ego = T_odom_child * T_child_ego;
  if (!T_map_odom) T_map_odom = level_origin(T_odom_ego);
  messages::Odometry converted = odometry;
  converted.header.frame_id = "map";
  converted.child_frame_id = "ego";
  converted.pose.pose = pose_message(*T_map_odom * T_odom_ego);
  const Eigen::Vector3d omega = to_eigen(odometry.twist.twist.angular), lever_m = T_child_ego.translation();
  const Eigen::Matrix3d R_ego_child = T_child_ego.linear().transpose();
  converted.twist.twist.angular = to_message(R_ego_child * omega);
  converted.twist.twist.linear =
      to_message(R_ego_child * (to_eigen(odometry.twist.twist.linear) + omega.cross(lever_m)));
  return converted;
}

std::string frame_of_topic(const std::string& target) {
  if (target.starts_with("/lidar/top/")) return "lidar_top";
  if (target.starts_with("/camera/front/")) return "camera_front";
  if (target == "/imu") return "imu";
  if (target == "/gnss") return "gnss";
  return "";
}

base::Result<BagSurvey> survey_bag(const Ros2Options& options) {
  BagSurvey survey;
  auto files = find_bag_files(options.bag);
  if (!files) return files.error();
  survey.files = *std::move(files);
  auto reader = BagReader::open(survey.files);
  if (!reader) return reader.error();
  survey.channels = reader->channels();
  if (!reader->damage().empty()) survey.warnings.push_back(options.bag + ": " + reader->damage());
  auto plan = plan_topics(survey.channels, options.topics);
  if (!plan) return base::Error{options.bag + ": " + plan.error().message};
  survey.plan = *std::move(plan);
  survey.notes = survey.plan.notes;
  TransformTree tree;
  auto status = probe_channels(survey);
  if (status) status = read_transforms(survey, survey.plan.static_transforms, tree);
  if (status) status = read_transforms(survey, survey.plan.transforms, tree);
  if (!status) return status.error();
  survey.ego_frame = choose_ego_frame(options, tree);
  survey.notes.push_back("ego is '" + survey.ego_frame +
                         "', which should be the rear axle on the ground (--ego-frame)");
  resolve_sensors(tree, survey);
  if (status = read_path(survey, tree); !status) return status.error();
  if (survey.mission.path.empty()) {
    survey.notes.push_back("no odometry: no /odometry and no /mission, the reference is straight ahead");
  }
  return survey;
}

}  // namespace hangil::recording
