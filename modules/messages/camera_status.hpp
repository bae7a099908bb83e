// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messages/header.hpp"

namespace hangil::messages {

enum class CameraState : std::uint8_t {
  kGood = 0,
  kUnreadable = 1,  // no picture in the bytes
  kWrongSize = 2,   // another size than CameraInfo says
  kBlack = 3,
  kOverexposed = 4,
  kFrozen = 5,        // the same picture again and again
  kUncalibrated = 6,  // used as it comes: no CameraInfo, or one without intrinsics
};

// Whether a camera can be trusted now. Only good and uncalibrated pictures go on to who looks at them.
struct CameraStatus {
  static constexpr std::string_view kType = "hangil_msgs/msg/CameraStatus";
  Header header;
  CameraState state = CameraState::kGood;
  std::string reason;         // for a person; empty when good
  float mean_brightness = 0;  // 0 black to 255 white
  bool is_grey = false;       // three equal colours: class and lights by colour are not to be had

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("header", self.header);
    visit("state", self.state);
    visit("reason", self.reason);
    visit("mean_brightness", self.mean_brightness);
    visit("is_grey", self.is_grey);
  }
};

}  // namespace hangil::messages
