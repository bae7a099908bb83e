// SPDX-License-Identifier: Apache-2.0
#include "camera/light_ahead.hpp"

#include <algorithm>
#include <cmath>

#include "camera/imaging.hpp"
#include "camera/letterbox.hpp"
#include "model/network_builder.hpp"
#include "model/torch_network.hpp"

namespace hangil::camera {

namespace {

constexpr int kScaled_px = 256, kInput_px = 227, kMap = 13;  // kMap: of the last layer, without its padding of one

class SqueezeBuilder {
 public:
  explicit SqueezeBuilder(const model::Weights& weights) : builder_(weights) {}

  base::Result<model::Network> build() {
    int layer = convolution(builder_.input(3), "conv1", {.channels = 96, .size = 7, .stride = 2});
    layer = builder_.max_pool(layer, 0);
    layer = fire(fire(layer, "fire2", 16, 64), "fire3", 16, 64);
    layer = builder_.max_pool(fire(layer, "fire4", 32, 128), 0);
    layer = fire(fire(layer, "fire5", 32, 128), "fire6", 48, 192);
    layer = fire(fire(layer, "fire7", 48, 192), "fire8", 64, 256);
    layer = fire(builder_.max_pool(layer, 0), "fire9", 64, 256);
    return builder_.finish({convolution(layer, "conv10_nexar", {.channels = 3})});
  }

 private:
  int convolution(int from, const std::string& name, model::NetworkBuilder::Convolution shape, int pad = 0) {
    shape.has_bias = true, shape.pad = pad;
    return builder_.leaky(builder_.convolution(from, name, shape), 0);
  }

  int fire(int from, const std::string& name, int narrow, int wide) {
    const int squeezed = convolution(from, name + "/squeeze1x1", {.channels = narrow});
    return builder_.concatenate({convolution(squeezed, name + "/expand1x1", {.channels = wide}),
                                 convolution(squeezed, name + "/expand3x3", {.channels = wide, .size = 3}, 1)});
  }

  model::NetworkBuilder builder_;
};

// Blue, green, red less the means of the training pictures, from the middle of the scaled picture.
void middle_values(const Picture& scaled, std::vector<float>& into) {
  constexpr std::array<float, 3> kMean = {104, 117, 123};
  constexpr int kEdge = (kScaled_px - kInput_px) / 2;
  into.resize(std::size_t{kInput_px} * kInput_px * 3);
  for (int y = 0; y < kInput_px; ++y) {
    const std::uint8_t* from = scaled.bgr.data() + std::size_t(3) * (std::size_t(y + kEdge) * kScaled_px + kEdge);
    float* to = into.data() + std::size_t(3) * std::size_t(y) * kInput_px;
    for (std::size_t i = 0; i < std::size_t{kInput_px} * 3; ++i) to[i] = static_cast<float>(from[i]) - kMean[i % 3];
  }
}

}  // namespace

base::Result<model::Network> light_ahead_network(const model::Weights& weights) {
  return SqueezeBuilder(weights).build();
}

base::Result<LightAhead> LightAhead::make(const model::Weights& weights) {
  const auto network = light_ahead_network(weights);
  if (!network) return network.error();
  LightAhead ahead;
  // The last convolution is 1x1 and padded by one: there its map is its bias.
  for (std::size_t c = 0; c < 3; ++c) ahead.edge_[c] = std::max(0.0F, network->layers.back().bias[c]);
  auto run = model::torch_network(*network, {.input = {kInput_px, kInput_px}});
  if (!run) return run.error();
  ahead.run_ = *std::move(run);
  return ahead;
}

base::Result<LightAhead::Answer> LightAhead::look(const PictureView& picture) {
  if (const auto status = resize_picture(picture, kScaled_px, kScaled_px, scaled_); !status) return status.error();
  middle_values(scaled_, input_);
  if (const auto status = run_(input_, outputs_); !status) return status.error();
  constexpr float kInside = kMap * kMap, kAll = (kMap + 2) * (kMap + 2);
  Answer answer;
  for (std::size_t c = 0; c < 3; ++c) {
    float sum = edge_[c] * (kAll - kInside);
    for (std::size_t i = c; i < outputs_[0].size(); i += 3) sum += outputs_[0][i];
    answer.probability[c] = sum / kAll;
  }
  const float most = *std::max_element(answer.probability.begin(), answer.probability.end());
  float total = 0;
  for (float& p : answer.probability) total += p = std::exp(p - most);
  for (float& p : answer.probability) p /= total;
  return answer;
}

void take_light_ahead(const LightAhead::Answer& answer, float least_probability, messages::TrafficLights& lights) {
  using messages::LightState;
  const bool is_red = answer.probability[1] > answer.probability[2];
  const float probability = answer.probability[is_red ? 1 : 2];
  if (!(probability >= least_probability)) return;
  for (messages::TrafficLight& light : lights.lights) {
    if (light.state != LightState::kUnknown) continue;
    light.state = is_red ? LightState::kRed : LightState::kGreen, light.state_probability = probability;
  }
}

}  // namespace hangil::camera
