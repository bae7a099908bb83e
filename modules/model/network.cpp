// SPDX-License-Identifier: Apache-2.0
#include "model/network.hpp"

#include <cmath>
#include <string>

#include "base/hot.hpp"

namespace hangil::model {

namespace {

MapSize windowed(MapSize from, const Window& window) {
  const int reach = window.dilation * (window.size - 1) + 1;
  const auto steps = [&](int length) { return (length + 2 * window.pad - reach) / window.stride + 1; };
  return {steps(from.height), steps(from.width)};
}

MapSize size_after(const Layer& layer, MapSize from) {
  switch (layer.kind) {
    case LayerKind::kConvolution:
    case LayerKind::kMaxPool:
    case LayerKind::kAveragePool:
      return windowed(from, layer.window);
    case LayerKind::kDeconvolution:
    case LayerKind::kUpsample:
      return {from.height * 2, from.width * 2};
    default:
      return from;
  }
}

// Zero exactly when every value is finite: an exponent of all ones turns x - x into NaN.
HANGIL_HOT float sum_of_differences(const float* values, std::size_t count) {
  float sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += values[i] - values[i];
  return sum;
}

}  // namespace

std::vector<MapSize> map_sizes(const Network& network, MapSize input) {
  std::vector<MapSize> sizes;
  for (const Layer& layer : network.layers) {
    const MapSize from = layer.inputs.empty() ? input : sizes[static_cast<std::size_t>(layer.inputs.front())];
    sizes.push_back(size_after(layer, from));
  }
  return sizes;
}

double operation_count(const Network& network, MapSize input) {
  const std::vector<MapSize> sizes = map_sizes(network, input);
  double count = 0;
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    const Layer& layer = network.layers[i];
    const bool is_deconvolution = layer.kind == LayerKind::kDeconvolution;
    const MapSize at = is_deconvolution ? sizes[static_cast<std::size_t>(layer.inputs.front())] : sizes[i];
    count += 2.0 * static_cast<double>(layer.weights.size()) * at.height * at.width;
  }
  return count;
}

base::Status check_finite(const std::vector<std::vector<float>>& outputs) {
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    if (sum_of_differences(outputs[i].data(), outputs[i].size()) == 0) continue;
    return base::Error{"network: output " + std::to_string(i) + " holds a value that is no finite number"};
  }
  return {};
}

}  // namespace hangil::model
