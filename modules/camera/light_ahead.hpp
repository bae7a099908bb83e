// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "camera/picture.hpp"
#include "messages/traffic_lights.hpp"
#include "model/network.hpp"
#include "model/weights.hpp"

namespace hangil::camera {

// SqueezeNet 1.0 (Iandola et al., arXiv:1602.07360) with three classes, as trained for Nexar's challenge: the light
// that holds for the road ahead of a dashboard camera. The last layer's maps are left to LightAhead.
base::Result<model::Network> light_ahead_network(const model::Weights& weights);

// What a whole picture says of the light ahead: none, red (yellow counts as red), green.
class LightAhead {
 public:
  static base::Result<LightAhead> make(const model::Weights& weights);

  struct Answer {
    std::array<float, 3> probability{};  // none, red, green
  };
  // Scales to 256 x 256 and takes the middle 227 x 227, as the network was trained.
  base::Result<Answer> look(const PictureView& picture);

 private:
  model::RunNetwork run_;
  std::array<float, 3> edge_{};  // of a class's map, where it is padded
  Picture scaled_;
  std::vector<float> input_;
  std::vector<std::vector<float>> outputs_;
};

// Heads without a reading take the network's, where it says red or green with `least_probability`.
void take_light_ahead(const LightAhead::Answer& answer, float least_probability, messages::TrafficLights& lights);

}  // namespace hangil::camera
