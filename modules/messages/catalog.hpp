// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

#include "base/message_type.hpp"

namespace hangil::messages {

// Every message type that can stand on a channel of its own.
std::span<const base::MessageType* const> all_types();
// By full name ("sensor_msgs/msg/Imu"); null when unknown.
const base::MessageType* find_type(std::string_view name);

}  // namespace hangil::messages
