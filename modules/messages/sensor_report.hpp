// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messages/header.hpp"

namespace hangil::messages {

struct SensorState {
  static constexpr std::string_view kType = "hangil_msgs/msg/SensorState";
  std::string sensor;  // "lidar", "camera"
  std::string state;   // "ok", "absent", "lost", "late", "uncalibrated", "miscalibrated"
  std::string reason;  // with numbers, for a person; empty when ok

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("sensor", self.sensor);
    visit("state", self.state);
    visit("reason", self.reason);
  }
};

// Which sensors the fused objects rest on, told whenever that changes.
struct SensorReport {
  static constexpr std::string_view kType = "hangil_msgs/msg/SensorReport";
  Header header;
  std::vector<SensorState> sensors;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("header", self.header);
    visit("sensors", self.sensors);
  }
};

}  // namespace hangil::messages
