// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/config.hpp"
#include "camera/picture.hpp"
#include "messages/traffic_lights.hpp"

namespace hangil::camera {

struct LightConfig {
  double least_evidence = 4, least_second_ratio = 0.7;
  int least_height_px = 8;
  void visit(base::ConfigVisitor& visitor) {
    visitor.field("least_evidence", least_evidence, {0, 255}, "",
                  "of a lit bulb: colour where it belongs beyond that around");
    visitor.field("least_second_ratio", least_second_ratio, {0, 1}, "",
                  "red and yellow are both lit when the weaker has so much");
    visitor.field("least_height_px", least_height_px, {2, 1000}, "px", "smaller heads stay unknown");
  }
};

struct LightReading {
  messages::LightState state = messages::LightState::kUnknown;
  float probability = 0;
};

// Which bulbs of a signal head are lit. Each bulb is looked for where it belongs (red, yellow, green from the top, or
// from the left in a head wider than high) by its colour, less what the whole crop has of it, and by being brighter
// than the other two. No bulb with enough of either: off. A grey picture tells only by brightness, so its heads stay
// unknown.
LightReading read_light(const PictureView& picture, const messages::TrafficLight& head, const LightConfig& config);

}  // namespace hangil::camera
