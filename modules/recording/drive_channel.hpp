// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace hangil::recording {

struct DriveChannel {
  std::string topic;
  std::string type;         // "sensor_msgs/msg/Imu"
  std::string schema_text;  // ros2msg
  // "cdr" and "ros2msg" in everything that Hangil writes.
  std::string encoding, schema_encoding;
  std::uint64_t message_count = 0;
  std::map<std::string, std::string> metadata;
};

}  // namespace hangil::recording
