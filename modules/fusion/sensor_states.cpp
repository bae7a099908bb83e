// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstdio>

#include "fusion/sensor_fusion.hpp"

// What the fusion tells of its sensors.
namespace hangil::fusion {

namespace {

std::string silence_text(double silence_ms) {
  char text[96];
  std::snprintf(text, sizeof text, "nothing has come from it for %.0f ms", silence_ms);
  return text;
}

std::string turn_text(const CalibrationError& error) {
  char text[160];
  std::snprintf(
      text, sizeof text,
      "pictures are turned by yaw %.1f, pitch %.1f, roll %.1f degrees against the calibration (%.0f %% agree)",
      error.yaw_deg, error.pitch_deg, error.roll_deg, 100 * error.agreement_ratio);
  return text;
}

std::string late_text(double lateness_ms) {
  char text[128];
  std::snprintf(text, sizeof text, "its boxes come %.0f ms after their pictures: tracks take them in at their stamp",
                std::round(lateness_ms / 10) * 10);
  return text;
}

}  // namespace

messages::SensorState SensorFusion::lidar_state(base::Time now) const {
  if (!is_lost(lidar_, now)) return {"lidar", "ok", ""};
  if (!lidar_.has_come) return {"lidar", "absent", "no boxes have come"};
  return {"lidar", "lost", silence_text((now - lidar_.last).to_ms())};
}

messages::SensorState SensorFusion::camera_state(base::Time now) const {
  if (!camera_link_.has_come) {
    return is_lost(camera_link_, now) ? messages::SensorState{"camera", "absent", "no boxes of pictures have come"}
                                      : messages::SensorState{"camera", "ok", ""};
  }
  if (is_lost(camera_link_, now)) return {"camera", "lost", silence_text((now - camera_link_.last).to_ms())};
  if (!camera_) return {"camera", "uncalibrated", why_uncalibrated_};
  if (is_miscalibrated_) return {"camera", "miscalibrated", turn_text(*error_)};
  // Boxes of the LiDAR take a part of the wait themselves.
  if (camera_link_.lateness_ms > 2 * config_.most_wait_ms)
    return {"camera", "late", late_text(camera_link_.lateness_ms)};
  return {"camera", "ok", ""};
}

void SensorFusion::report(base::Time now, SensorFusionOutput& output) {
  const std::vector<messages::SensorState> states = {lidar_state(now), camera_state(now)};
  std::vector<std::string> words;
  for (const auto& state : states) words.push_back(state.state);
  if (words == reported_) return;
  reported_ = std::move(words);
  output.report = messages::SensorReport{{now, ""}, states};
}

}  // namespace hangil::fusion
