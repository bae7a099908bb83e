// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <random>

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

namespace hangil::tests {

// Every type of messages::all_types(), which a test holds it to.
template <class Visit>
void for_each_message_type(Visit&& visit) {
  const auto visit_all = [&](auto... sample) { (visit(sample), ...); };
  visit_all(messages::CameraInfo{}, messages::CameraStatus{}, messages::Command{}, messages::CompressedImage{},
            messages::DrivableArea{}, messages::DriveLevel{}, messages::DrivingReasons{}, messages::Image{},
            messages::ImageObjects{}, messages::Imu{}, messages::LaneLines{}, messages::LanePlace{},
            messages::Mission{}, messages::NavSatFix{}, messages::Objects{}, messages::ObstaclePoints{},
            messages::Odometry{}, messages::PointCloud2{}, messages::Predictions{}, messages::SafetyReport{},
            messages::ScenarioEvent{}, messages::SensorReport{}, messages::SignalStates{}, messages::TFMessage{},
            messages::Tracks{}, messages::TrafficLights{}, messages::Trajectory{}, messages::TruthObjects{});
}

// Fills every member of a value struct with finite numbers that JSON can hold exactly.
class RandomFill {
 public:
  explicit RandomFill(unsigned seed) : random_(seed) {}

  template <class T>
  void operator()(std::string_view, T& value) {
    fill(value);
  }

  template <class T>
  void fill(T& value) {
    if constexpr (base::FieldStruct<T>) {
      T::fields(value, *this);
    } else if constexpr (std::is_same_v<T, base::Time> || std::is_same_v<T, base::Duration>) {
      value.ns = static_cast<std::int64_t>(random_() % 1'000'000'000) * 3 + 7;
    } else if constexpr (std::is_enum_v<T>) {
      value = static_cast<T>(random_() % 4);
    } else if constexpr (std::is_same_v<T, bool>) {
      value = random_() % 2 == 0;
    } else if constexpr (std::is_floating_point_v<T>) {
      value = static_cast<T>(static_cast<double>(static_cast<std::int32_t>(random_())) / 1024.0);
    } else if constexpr (std::is_integral_v<T>) {
      value = static_cast<T>(random_());
    } else if constexpr (std::is_same_v<T, std::string>) {
      value = std::string(random_() % 9, 'a') + "\"\\";
    } else {
      if constexpr (base::kIsVector<T>) value.resize(random_() % 4);
      for (auto& element : value) fill(element);
    }
  }

 private:
  std::mt19937 random_;
};

}  // namespace hangil::tests
