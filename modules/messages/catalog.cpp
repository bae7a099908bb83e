// SPDX-License-Identifier: Apache-2.0
#include "messages/catalog.hpp"

#include <array>

#include "messages/camera_info.hpp"
#include "messages/camera_status.hpp"
#include "messages/command.hpp"
#include "messages/compressed_image.hpp"
#include "messages/drivable_area.hpp"
#include "messages/drive_level.hpp"
#include "messages/driving_reasons.hpp"
#include "messages/image.hpp"
#include "messages/image_objects.hpp"
#include "messages/imu.hpp"
#include "messages/lane_lines.hpp"
#include "messages/lane_place.hpp"
#include "messages/mission.hpp"
#include "messages/nav_sat_fix.hpp"
#include "messages/objects.hpp"
#include "messages/obstacle_points.hpp"
#include "messages/odometry.hpp"
#include "messages/point_cloud2.hpp"
#include "messages/predictions.hpp"
#include "messages/safety_report.hpp"
#include "messages/scenario_event.hpp"
#include "messages/sensor_report.hpp"
#include "messages/signal_states.hpp"
#include "messages/tf_message.hpp"
#include "messages/tracks.hpp"
#include "messages/traffic_lights.hpp"
#include "messages/trajectory.hpp"
#include "messages/truth_objects.hpp"

namespace hangil::messages {

std::span<const base::MessageType* const> all_types() {
  using base::message_type;
  static const std::array kTypes = {
      &message_type<CameraInfo>(),      &message_type<CameraStatus>(),   &message_type<Command>(),
      &message_type<CompressedImage>(), &message_type<DrivableArea>(),   &message_type<DriveLevel>(),
      &message_type<Image>(),           &message_type<ImageObjects>(),   &message_type<Imu>(),
      &message_type<LaneLines>(),       &message_type<Mission>(),        &message_type<NavSatFix>(),
      &message_type<Objects>(),         &message_type<ObstaclePoints>(), &message_type<Odometry>(),
      &message_type<PointCloud2>(),     &message_type<Predictions>(),    &message_type<SafetyReport>(),
      &message_type<ScenarioEvent>(),   &message_type<SensorReport>(),   &message_type<TFMessage>(),
      &message_type<Tracks>(),          &message_type<TrafficLights>(),  &message_type<Trajectory>(),
      &message_type<TruthObjects>(),    &message_type<DrivingReasons>(), &message_type<SignalStates>(),
      &message_type<LanePlace>(),
  };
  return kTypes;
}

const base::MessageType* find_type(std::string_view name) {
  for (const base::MessageType* type : all_types()) {
    if (type->name == name) return type;
  }
  return nullptr;
}

}  // namespace hangil::messages
