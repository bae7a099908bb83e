// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "evaluation/frame_change.hpp"
#include "messages/camera_info.hpp"
#include "messages/command.hpp"
#include "messages/mission.hpp"
#include "messages/objects.hpp"
#include "messages/predictions.hpp"
#include "messages/safety_report.hpp"
#include "messages/tf_message.hpp"
#include "messages/tracks.hpp"
#include "messages/trajectory.hpp"
#include "messages/truth_objects.hpp"
#include "runtime/latency.hpp"

namespace hangil::evaluation {

// Everything of a driven recording but points and pictures, decoded. Channels that are absent are empty.
struct DrivenRecording {
  std::string path, damage;  // damage: what the file has lost; empty: nothing
  std::vector<recording::DriveChannel> channels;
  base::Time start, end;

  Channel<messages::TruthObjects> truth;
  Channel<messages::Objects> objects;
  Channel<messages::Tracks> tracks;
  Channel<messages::Predictions> predictions;
  Channel<messages::Trajectory> trajectories, safe_trajectories;
  Channel<messages::SafetyReport> safety_reports, command_reports;
  Channel<messages::Command> commands;
  Channel<messages::Odometry> localization, odometry;
  Channel<messages::Mission> mission;
  Channel<messages::CameraInfo> camera_info;
  Channel<messages::TFMessage> static_transforms;

  std::string frame_topic;               // a frame is one message here
  std::vector<base::Time> frame_stamps;  // by frame number, the first being 1
  std::optional<runtime::RunInfo> info;  // nothing: the recording was never driven
  std::optional<runtime::RunSummary> summary;
  std::vector<runtime::ActivationRecord> activations;
  std::vector<runtime::DropRecord> drops;
  std::vector<runtime::EventRecord> events;
  std::uint64_t unusable_record_count = 0;  // activations that name what the run does not have, left out

  // From localization where it ran, else the recorded odometry.
  const Channel<messages::Odometry>& poses() const { return localization.empty() ? odometry : localization; }
};

inline constexpr std::string_view kTruthTopic = "/truth/objects";
inline constexpr std::string_view kObjectsTopic = "/lidar/objects";
inline constexpr std::string_view kTracksTopic = "/tracks";
inline constexpr std::string_view kPredictionsTopic = "/predictions";
inline constexpr std::string_view kTrajectoryTopic = "/trajectory";
inline constexpr std::string_view kSafeTrajectoryTopic = "/safe_trajectory";
inline constexpr std::string_view kSafetyReportTopic = "/safety/report";
inline constexpr std::string_view kCommandReportTopic = "/safety/command_report";
inline constexpr std::string_view kCommandTopic = "/command";
inline constexpr std::string_view kPoseTopic = "/localization/pose";
inline constexpr std::string_view kOdometryTopic = "/odometry";
inline constexpr std::string_view kMissionTopic = "/mission";
inline constexpr std::string_view kCameraInfoTopic = "/camera/front/camera_info";
inline constexpr std::string_view kImageTopic = "/camera/front/image";
inline constexpr std::string_view kPointsTopic = "/lidar/top/points";
inline constexpr std::string_view kObstaclesTopic = "/lidar/top/obstacles";
inline constexpr std::string_view kStaticTransformTopic = "/source/tf_static";

// Reads the file twice, front to back. Error: it cannot be opened, a channel above has another type, or a message
// cannot be decoded (with topic and byte offset).
base::Result<DrivenRecording> read_driven(const std::string& path);

}  // namespace hangil::evaluation
