// SPDX-License-Identifier: Apache-2.0
#include "model/network_builder.hpp"

#include <algorithm>
#include <cmath>

namespace hangil::model {

namespace {

// Multiplies the weights of output channel `channel` by `factor`.
void scale_channel(Layer& layer, std::size_t channel, float factor) {
  const auto channels = static_cast<std::size_t>(layer.channels);
  if (layer.kind == LayerKind::kConvolution) {
    const std::size_t each = layer.weights.size() / channels;
    for (std::size_t i = 0; i < each; ++i) layer.weights[channel * each + i] *= factor;
    return;
  }
  const std::size_t area = static_cast<std::size_t>(layer.window.size) * static_cast<std::size_t>(layer.window.size);
  for (std::size_t at = channel * area; at < layer.weights.size(); at += channels * area) {
    for (std::size_t i = 0; i < area; ++i) layer.weights[at + i] *= factor;
  }
}

bool is_convolution(const Layer& layer) {
  return layer.kind == LayerKind::kConvolution || layer.kind == LayerKind::kDeconvolution;
}

}  // namespace

int NetworkBuilder::add_layer(Layer layer) {
  network_.layers.push_back(std::move(layer));
  return static_cast<int>(network_.layers.size()) - 1;
}

int NetworkBuilder::channels_of(int layer) const { return network_.layers[static_cast<std::size_t>(layer)].channels; }

void NetworkBuilder::keep(const std::string& what) {
  if (problem_.empty()) problem_ = what;
}

std::vector<float> NetworkBuilder::read(const std::string& name, const Shape& shape) {
  const auto tensor = weights_.tensor(name, shape);
  if (tensor) return {tensor->values.begin(), tensor->values.end()};
  keep(tensor.error().message);
  return std::vector<float>(static_cast<std::size_t>(element_count(shape).value_or(0)));
}

int NetworkBuilder::input(int channels) { return add_layer({.kind = LayerKind::kInput, .channels = channels}); }

int NetworkBuilder::convolution(int from, const std::string& name, const Convolution& shape) {
  const int in = channels_of(from);
  if (in % shape.groups != 0) keep(name + ": " + std::to_string(in) + " channels do not part into its groups");
  Layer layer{.kind = LayerKind::kConvolution, .inputs = {from}, .channels = shape.channels};
  const int pad = shape.pad < 0 ? shape.dilation * (shape.size - 1) / 2 : shape.pad;
  layer.window = {shape.size, shape.stride, pad, shape.dilation};
  layer.groups = shape.groups;
  layer.weights = read(name + ".weight", {shape.channels, in / shape.groups, shape.size, shape.size});
  if (shape.has_bias) layer.bias = read(name + ".bias", {shape.channels});
  return add_layer(std::move(layer));
}

int NetworkBuilder::deconvolution(int from, const std::string& name, int channels) {
  Layer layer{.kind = LayerKind::kDeconvolution, .inputs = {from}, .channels = channels, .window = {2, 2, 0, 1}};
  layer.weights = read(name + ".weight", {channels_of(from), channels, 2, 2});
  return add_layer(std::move(layer));
}

int NetworkBuilder::max_pool(int from, int pad) {
  return add_layer({LayerKind::kMaxPool, {from}, channels_of(from), {3, 2, pad, 1}});
}

int NetworkBuilder::average_pool(int from) {
  return add_layer({LayerKind::kAveragePool, {from}, channels_of(from), {3, 2, 1, 1}});
}

int NetworkBuilder::concatenate(const std::vector<int>& from) {
  int channels = 0;
  for (const int layer : from) channels += channels_of(layer);
  return add_layer({.kind = LayerKind::kConcatenate, .inputs = from, .channels = channels});
}

int NetworkBuilder::slice(int from, int first_channel, int channels) {
  if (first_channel + channels > channels_of(from)) keep("a slice reaches beyond its layer's channels");
  Layer layer{.kind = LayerKind::kSlice, .inputs = {from}, .channels = channels};
  layer.first_channel = first_channel;
  return add_layer(std::move(layer));
}

int NetworkBuilder::shuffle(int from, int groups) {
  Layer layer{.kind = LayerKind::kShuffle, .inputs = {from}, .channels = channels_of(from)};
  layer.groups = groups;
  return add_layer(std::move(layer));
}

int NetworkBuilder::upsample(int from) {
  return add_layer({.kind = LayerKind::kUpsample, .inputs = {from}, .channels = channels_of(from)});
}

int NetworkBuilder::add(int left, int right) {
  if (channels_of(left) != channels_of(right)) keep("two layers that are added have different channels");
  return add_layer({.kind = LayerKind::kAdd, .inputs = {left, right}, .channels = channels_of(left)});
}

int NetworkBuilder::class_attention(int features, int class_maps, const std::string& name, int rows, int columns) {
  const int channels = channels_of(features), inner = channels / 2, bins = rows * columns;
  if (channels_of(class_maps) != channels) keep(name + ": as many class maps as channels are needed");
  auto attention = std::make_shared<ClassAttention>();
  *attention = {.rows = rows, .columns = columns, .inner_channels = inner};
  attention->node_mix = read(name + ".gcn.conv1.weight", {bins, bins, 1, 1});
  attention->node_slopes = read(name + ".gcn.relu.weight", {bins});
  attention->channel_mix = read(name + ".gcn.conv2.weight", {channels, channels});
  attention->fuse = read(name + ".fuse.weight", {1, bins, 1, 1});
  attention->fuse_bias = read(name + ".fuse.bias", {1});
  attention->global_slope = read(name + ".relu.weight", {1});
  attention->query = read(name + ".proj_query.weight", {inner, channels});
  attention->query_bias = read(name + ".proj_query.bias", {inner});
  attention->key = read(name + ".proj_key.weight", {inner, channels});
  attention->key_bias = read(name + ".proj_key.bias", {inner});
  attention->value = read(name + ".proj_value.weight", {inner, channels});
  attention->value_bias = read(name + ".proj_value.bias", {inner});
  Layer layer{.kind = LayerKind::kClassAttention, .inputs = {features, class_maps}, .channels = inner};
  layer.attention = std::move(attention);
  return add_layer(std::move(layer));
}

int NetworkBuilder::batch_norm(int index, const BatchNorm& norm) {
  const int channels = channels_of(index);
  const std::vector<float> gain = read(norm.name + ".weight", {channels}),
                           shift = read(norm.name + ".bias", {channels});
  const std::vector<float> mean = read(norm.name + ".running_mean", {channels});
  const std::vector<float> variance = read(norm.name + ".running_var", {channels});
  const bool folds = is_convolution(network_.layers.back()) && index + 1 == static_cast<int>(network_.layers.size());
  if (!folds) {
    Layer layer{.kind = LayerKind::kScale, .inputs = {index}, .channels = channels};
    layer.weights.assign(static_cast<std::size_t>(channels), 1);
    index = add_layer(std::move(layer));
  }
  Layer& layer = network_.layers[static_cast<std::size_t>(index)];
  layer.bias.resize(static_cast<std::size_t>(channels));
  for (std::size_t c = 0; c < layer.bias.size(); ++c) {
    const float factor = gain[c] / std::sqrt(variance[c] + norm.epsilon);
    if (!std::isfinite(factor)) keep(norm.name + ": a variance below zero");
    if (folds)
      scale_channel(layer, c, factor);
    else
      layer.weights[c] *= factor;
    layer.bias[c] = (layer.bias[c] - mean[c]) * factor + shift[c];
  }
  return index;
}

int NetworkBuilder::leaky(int layer, float slope) {
  network_.layers[static_cast<std::size_t>(layer)].slopes = {slope};
  return layer;
}

int NetworkBuilder::parametric(int layer, const std::string& name) {
  network_.layers[static_cast<std::size_t>(layer)].slopes = read(name + ".weight", {channels_of(layer)});
  return layer;
}

int NetworkBuilder::pointwise_after_scale(int from, const std::string& scale, const std::string& name, int channels) {
  const int in = channels_of(from);
  const std::vector<float> factors = read(scale + ".weight", {in, 1, 1, 1});
  const int index = convolution(from, name, {.channels = channels});
  std::vector<float>& weights = network_.layers[static_cast<std::size_t>(index)].weights;
  for (std::size_t i = 0; i < weights.size(); ++i) weights[i] *= factors[i % factors.size()];
  return index;
}

base::Result<Network> NetworkBuilder::finish(const std::vector<int>& outputs) {
  if (!problem_.empty()) return base::Error{problem_};
  network_.outputs = outputs;
  return std::move(network_);
}

}  // namespace hangil::model
