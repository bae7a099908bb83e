// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messages/box3.hpp"
#include "messages/header.hpp"
#include "messages/object_class.hpp"

namespace hangil::messages {

struct FutureState {
  static constexpr std::string_view kType = "hangil_msgs/msg/FutureState";
  double x_m = 0, y_m = 0, yaw_rad = 0, speed_mps = 0;
  double sigma_m = 0;  // standard deviation of the position, along its worst axis

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("x_m", self.x_m);
    visit("y_m", self.y_m);
    visit("yaw_rad", self.yaw_rad);
    visit("speed_mps", self.speed_mps);
    visit("sigma_m", self.sigma_m);
  }
};

// One way an object may move on.
struct Future {
  static constexpr std::string_view kType = "hangil_msgs/msg/Future";
  float probability = 0;
  std::string manoeuvre;            // "constant_velocity", "constant_turn", "stop", ...
  std::vector<FutureState> states;  // at step, 2 * step, ... after the header's stamp

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("probability", self.probability);
    visit("manoeuvre", self.manoeuvre);
    visit("states", self.states);
  }
};

struct PredictedObject {
  static constexpr std::string_view kType = "hangil_msgs/msg/PredictedObject";
  std::uint32_t track_id = 0;
  ObjectClass object_class = ObjectClass::kUnknown;
  float existence_probability = 0;
  Box3 box;                     // now
  std::vector<Future> futures;  // most probable first; probabilities sum to 1

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("track_id", self.track_id);
    visit("object_class", self.object_class);
    visit("existence_probability", self.existence_probability);
    visit("box", self.box);
    visit("futures", self.futures);
  }
};

struct Predictions {
  static constexpr std::string_view kType = "hangil_msgs/msg/Predictions";
  Header header;  // same frame and stamp as the tracks
  base::Duration step;
  std::vector<PredictedObject> objects;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("header", self.header);
    visit("step", self.step);
    visit("objects", self.objects);
  }
};

}  // namespace hangil::messages
