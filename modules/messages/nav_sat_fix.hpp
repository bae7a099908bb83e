// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messages/header.hpp"

namespace hangil::messages {

struct NavSatStatus {
  static constexpr std::string_view kType = "sensor_msgs/msg/NavSatStatus";
  std::int8_t status = -1;    // -1 no fix, 0 fix, 1 satellite-based, 2 ground-based augmentation
  std::uint16_t service = 1;  // 1 GPS, 2 GLONASS, 4 Compass, 8 Galileo

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("status", self.status);
    visit("service", self.service);
  }
};

struct NavSatFix {
  static constexpr std::string_view kType = "sensor_msgs/msg/NavSatFix";
  Header header;
  NavSatStatus status;
  double latitude = 0, longitude = 0;           // degrees, WGS 84
  double altitude = 0;                          // m above the ellipsoid
  std::array<double, 9> position_covariance{};  // m2, east, north, up
  std::uint8_t position_covariance_type = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("header", self.header);
    visit("status", self.status);
    visit("latitude", self.latitude);
    visit("longitude", self.longitude);
    visit("altitude", self.altitude);
    visit("position_covariance", self.position_covariance);
    visit("position_covariance_type", self.position_covariance_type);
  }
};

}  // namespace hangil::messages
