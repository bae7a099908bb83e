// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messages/geometry.hpp"

namespace hangil::messages {

struct Imu {
  static constexpr std::string_view kType = "sensor_msgs/msg/Imu";
  Header header;
  Quaternion orientation;
  std::array<double, 9> orientation_covariance{};  // first element -1: no orientation
  Vector3 angular_velocity;                        // rad/s
  std::array<double, 9> angular_velocity_covariance{};
  Vector3 linear_acceleration;  // m/s2, gravity included
  std::array<double, 9> linear_acceleration_covariance{};

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("header", self.header);
    visit("orientation", self.orientation);
    visit("orientation_covariance", self.orientation_covariance);
    visit("angular_velocity", self.angular_velocity);
    visit("angular_velocity_covariance", self.angular_velocity_covariance);
    visit("linear_acceleration", self.linear_acceleration);
    visit("linear_acceleration_covariance", self.linear_acceleration_covariance);
  }
};

}  // namespace hangil::messages
