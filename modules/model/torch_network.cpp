// SPDX-License-Identifier: Apache-2.0
#include "model/torch_network.hpp"

#include <cstring>

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>

#include "model/channel_kernel.hpp"
#include "model/direct_convolution.hpp"

namespace hangil::model {

namespace {

using at::Tensor;

// One layer with its numbers as tensors on the device.
struct TorchLayer {
  Layer layer;  // its vectors are emptied
  Tensor weights = {}, bias = {}, slopes = {};
  std::vector<Tensor> attention = {};
  std::vector<int> last_read = {};  // inputs that nobody reads after this layer
  ChannelKernel kernel = {};        // of scales, shifts and slopes a channel
  OwnConvolution own = {};          // with bias and slopes
  MapSize size = {};                // of what it gives
};

struct TorchNetwork {
  std::vector<TorchLayer> layers;
  std::vector<int> outputs;
  RunOptions options;
  at::TensorOptions placed;
  int input_channels = 0;
};

Tensor tensor_of(const std::vector<float>& values, at::IntArrayRef shape, const at::TensorOptions& placed) {
  if (values.empty()) return {};
  return at::from_blob(const_cast<float*>(values.data()), shape, at::kFloat).clone().to(placed);
}

std::vector<std::int64_t> weight_shape(const Layer& layer, int in) {
  if (layer.kind == LayerKind::kScale) return {1, layer.channels, 1, 1};
  return {layer.channels, in / layer.groups, layer.window.size, layer.window.size};
}

std::vector<Tensor> attention_tensors(const ClassAttention& from, int channels, const at::TensorOptions& placed) {
  const int bins = from.rows * from.columns, inner = from.inner_channels;
  return {tensor_of(from.node_mix, {bins, bins, 1, 1}, placed),
          tensor_of(from.node_slopes, {bins}, placed),
          tensor_of(from.channel_mix, {channels, channels}, placed),
          tensor_of(from.fuse, {1, bins, 1, 1}, placed),
          tensor_of(from.fuse_bias, {1}, placed),
          tensor_of(from.global_slope, {1}, placed),
          tensor_of(from.query, {inner, channels}, placed),
          tensor_of(from.query_bias, {inner}, placed),
          tensor_of(from.key, {inner, channels}, placed),
          tensor_of(from.key_bias, {inner}, placed),
          tensor_of(from.value, {inner, channels}, placed),
          tensor_of(from.value_bias, {inner}, placed)};
}

// Windows of 2x2 side by side are four pointwise convolutions; channel o * 4 + y * 2 + x of them becomes pixel (x, y).
void unfold_deconvolution(TorchLayer& layer, int in, const at::TensorOptions& placed) {
  const int out = layer.layer.channels;
  const Tensor weights = tensor_of(layer.layer.weights, {in, out, 2, 2}, placed);
  layer.weights = weights.permute({1, 2, 3, 0}).reshape({out * 4, in, 1, 1});
  if (!layer.layer.bias.empty()) layer.bias = tensor_of(layer.layer.bias, {out}, placed).repeat_interleave(4);
}

TorchLayer placed_layer(const Network& network, const Layer& layer, const at::TensorOptions& placed) {
  const int in = layer.inputs.empty() ? 0 : network.layers[static_cast<std::size_t>(layer.inputs.front())].channels;
  TorchLayer result{.layer = layer};
  if (layer.kind != LayerKind::kDeconvolution)
    result.weights = tensor_of(layer.weights, weight_shape(layer, in), placed);
  if (result.weights.defined()) result.weights = result.weights.contiguous(at::MemoryFormat::ChannelsLast);
  const bool is_scale = layer.kind == LayerKind::kScale;
  result.bias = is_scale ? tensor_of(layer.bias, {1, layer.channels, 1, 1}, placed)
                         : tensor_of(layer.bias, {layer.channels}, placed);
  if (layer.kind == LayerKind::kDeconvolution) unfold_deconvolution(result, in, placed);
  if (layer.slopes.size() > 1) result.slopes = tensor_of(layer.slopes, {layer.channels}, placed);
  const bool is_whole = layer.slopes.size() > 1 || is_scale;
  if (is_whole) {
    const std::vector<float> none;
    result.kernel = ChannelKernel(static_cast<std::size_t>(layer.channels), is_scale ? layer.weights : none,
                                  is_scale ? layer.bias : none, layer.slopes);
  }
  if (placed.device().is_cpu() && placed.dtype() == at::kFloat) result.own = OwnConvolution(layer, in);
  if (layer.attention != nullptr) result.attention = attention_tensors(*layer.attention, in, placed);
  result.layer.weights.clear();
  result.layer.bias.clear();
  result.layer.attention = nullptr;
  return result;
}

// Which inputs each layer is the last to read; outputs of the network are kept.
void note_last_readers(std::vector<TorchLayer>& layers, const std::vector<int>& outputs) {
  std::vector<bool> is_kept(layers.size(), false);
  for (const int output : outputs) is_kept[static_cast<std::size_t>(output)] = true;
  for (std::size_t i = layers.size(); i-- > 0;) {
    for (const int input : layers[i].layer.inputs) {
      if (is_kept[static_cast<std::size_t>(input)]) continue;
      is_kept[static_cast<std::size_t>(input)] = true;
      layers[i].last_read.push_back(input);
    }
  }
}

Tensor shuffled(const Tensor& from, int groups) {
  const auto n = from.size(0), c = from.size(1), h = from.size(2), w = from.size(3);
  return from.permute({0, 2, 3, 1})
      .reshape({n, h, w, groups, c / groups})
      .transpose(3, 4)
      .reshape({n, h, w, c})
      .permute({0, 3, 1, 2});
}

// [batch, channels, height, width] as [batch, bin, pixel, channel], and back.
Tensor split_into_bins(const Tensor& map, int rows, int columns) {
  const auto n = map.size(0), c = map.size(1), h = map.size(2) / rows, w = map.size(3) / columns;
  return map.reshape({n, c, rows, h, columns, w}).permute({0, 2, 4, 3, 5, 1}).reshape({n, rows * columns, h * w, c});
}

Tensor join_bins(const Tensor& bins, int rows, int columns, std::int64_t height, std::int64_t width) {
  const auto n = bins.size(0), c = bins.size(3), h = height / rows, w = width / columns;
  return bins.reshape({n, rows, columns, h, w, c})
      .permute({0, 1, 3, 2, 4, 5})
      .reshape({n, height, width, c})
      .permute({0, 3, 1, 2});
}

Tensor attend(const TorchLayer& layer, const ClassAttention& size, const Tensor& features, const Tensor& class_maps) {
  const auto& w = layer.attention;
  const Tensor x = split_into_bins(features, size.rows, size.columns);
  const Tensor maps = split_into_bins(class_maps, size.rows, size.columns);
  const Tensor bin_confidence = maps.mean(2).sigmoid().unsqueeze(3);
  Tensor local = at::matmul(maps.softmax(2).transpose(2, 3), x) * bin_confidence;
  local = at::matmul(at::prelu(at::conv2d(local, w[0]) + local, w[1]), w[2].t());
  const Tensor global = at::prelu(at::conv2d(local, w[3], w[4]), w[5]);
  const Tensor query = at::linear(x, w[6], w[7]), key = at::linear(local, w[8], w[9]);
  const Tensor value = at::linear(global, w[10], w[11]);
  const Tensor result = at::matmul(at::matmul(query, key.transpose(2, 3)).softmax(3), value);
  return join_bins(result, size.rows, size.columns, features.size(2), features.size(3));
}

bool is_plain(const Tensor& map) {
  return map.is_cpu() && map.scalar_type() == at::kFloat && map.is_contiguous(at::MemoryFormat::ChannelsLast);
}

// Scale, shift and slopes in one pass where the map lies as the kernel wants it.
Tensor scaled(const TorchLayer& layer, const Tensor& in) {
  if (!is_plain(in)) return (in * layer.weights).add_(layer.bias);
  Tensor out = at::empty_like(in, at::MemoryFormat::ChannelsLast);
  layer.kernel.run(in.data_ptr<float>(), out.data_ptr<float>(), static_cast<std::size_t>(in.numel()));
  return out;
}

// With one thread and one picture at::conv2d would not go to oneDNN, which is ten times as quick.
Tensor convolved(const TorchLayer& layer, const Tensor& in) {
  const Window w = layer.layer.kind == LayerKind::kDeconvolution ? Window{} : layer.layer.window;
  if (in.is_cuda() || !at::globalContext().userEnabledMkldnn() || !at::hasMKLDNN()) {
    return at::conv2d(in, layer.weights, layer.bias, {w.stride, w.stride}, {w.pad, w.pad}, {w.dilation, w.dilation},
                      layer.layer.groups);
  }
  return at::mkldnn_convolution(in, layer.weights, layer.bias, {w.pad, w.pad}, {w.stride, w.stride},
                                {w.dilation, w.dilation}, layer.layer.groups);
}

Tensor run_own(const TorchLayer& layer, const Tensor& in) {
  const Tensor from = in.contiguous(at::MemoryFormat::ChannelsLast);
  const std::vector<std::int64_t> shape = {in.size(0), layer.layer.channels, layer.size.height, layer.size.width};
  Tensor out = at::empty(shape, in.options(), at::MemoryFormat::ChannelsLast);
  const MapSize in_size{static_cast<int>(in.size(2)), static_cast<int>(in.size(3))};
  layer.own.run(from.data_ptr<float>(), in_size, static_cast<int>(in.size(0)), out.data_ptr<float>());
  return out;
}

Tensor computed(const TorchLayer& layer, const ClassAttention* attention, const std::vector<Tensor>& in) {
  const Window& w = layer.layer.window;
  if (layer.own) return run_own(layer, in[0]);
  switch (layer.layer.kind) {
    case LayerKind::kConvolution:
      return convolved(layer, in[0]);
    case LayerKind::kDeconvolution:
      return at::pixel_shuffle(convolved(layer, in[0]), 2);
    case LayerKind::kMaxPool:
      return at::max_pool2d(in[0], {w.size, w.size}, {w.stride, w.stride}, {w.pad, w.pad});
    case LayerKind::kAveragePool:
      return at::avg_pool2d(in[0], {w.size, w.size}, {w.stride, w.stride}, {w.pad, w.pad});
    case LayerKind::kConcatenate:
      return at::cat(in, 1);
    case LayerKind::kSlice:
      return in[0].slice(1, layer.layer.first_channel, layer.layer.first_channel + layer.layer.channels);
    case LayerKind::kShuffle:
      return shuffled(in[0], layer.layer.groups);
    case LayerKind::kUpsample:
      return at::upsample_bilinear2d(in[0], {in[0].size(2) * 2, in[0].size(3) * 2}, false);
    case LayerKind::kAdd:
      return in[0] + in[1];
    case LayerKind::kScale:
      return scaled(layer, in[0]);
    case LayerKind::kClassAttention:
      return attend(layer, *attention, in[0], in[1]);
    case LayerKind::kInput:
      break;
  }
  return {};
}

Tensor activated(const TorchLayer& layer, Tensor values) {
  const auto& slopes = layer.layer.slopes;
  if (layer.own) return values;                                                  // already done
  if (layer.layer.kind == LayerKind::kScale && is_plain(values)) return values;  // already done
  if (slopes.size() > 1 && is_plain(values)) {
    layer.kernel.run(values.data_ptr<float>(), values.data_ptr<float>(), static_cast<std::size_t>(values.numel()));
    return values;
  }
  if (slopes.size() > 1) return at::prelu(values, layer.slopes);
  if (slopes.size() == 1) return at::leaky_relu_(values, slopes[0]);
  return values;
}

std::vector<Tensor> run_layers(const TorchNetwork& network,
                               const std::vector<std::shared_ptr<const ClassAttention>>& sizes, Tensor input) {
  std::vector<Tensor> values(network.layers.size());
  values[0] = std::move(input);
  std::vector<Tensor> in;
  for (std::size_t i = 1; i < values.size(); ++i) {
    const TorchLayer& layer = network.layers[i];
    in.clear();
    for (const int from : layer.layer.inputs) in.push_back(values[static_cast<std::size_t>(from)]);
    values[i] = activated(layer, computed(layer, sizes[i].get(), in));
    for (const int done : layer.last_read) values[static_cast<std::size_t>(done)].reset();
  }
  std::vector<Tensor> outputs;
  for (const int output : network.outputs) outputs.push_back(values[static_cast<std::size_t>(output)]);
  return outputs;
}

void copy_out(const Tensor& map, std::vector<float>& into) {
  const Tensor rows = map.permute({0, 2, 3, 1}).to(at::kCPU, at::kFloat).contiguous();
  into.resize(static_cast<std::size_t>(rows.numel()));
  std::memcpy(into.data(), rows.data_ptr<float>(), into.size() * sizeof(float));
}

base::Status run(const TorchNetwork& network, const std::vector<std::shared_ptr<const ClassAttention>>& sizes,
                 std::span<const float> input, std::vector<std::vector<float>>& outputs) {
  const RunOptions& options = network.options;
  const auto [height, width] = options.input;
  const std::int64_t count = std::int64_t{1} * options.batch * height * width * network.input_channels;
  if (static_cast<std::int64_t>(input.size()) != count) return base::Error{"network: the input has another length"};
  try {
    const c10::InferenceMode no_gradients;
    at::set_num_threads(1);
    const Tensor rows = at::from_blob(const_cast<float*>(input.data()),
                                      {options.batch, height, width, network.input_channels}, at::kFloat);
    const std::vector<Tensor> maps = run_layers(network, sizes, rows.permute({0, 3, 1, 2}).to(network.placed));
    outputs.resize(maps.size());
    for (std::size_t i = 0; i < maps.size(); ++i) copy_out(maps[i], outputs[i]);
  } catch (const c10::Error& error) {
    return base::Error{"LibTorch: " + error.msg()};
  } catch (const std::exception& exception) {
    return base::Error{std::string("LibTorch: ") + exception.what()};
  }
  return check_finite(outputs);
}

}  // namespace

base::Result<RunNetwork> torch_network(const Network& network, const RunOptions& options) {
  if (options.on_gpu && !at::hasCUDA()) return base::Error{"LibTorch finds no GPU here; use the processor"};
  try {
    const c10::InferenceMode no_gradients;
    auto shared = std::make_shared<TorchNetwork>();
    shared->placed = at::TensorOptions()
                         .device(options.on_gpu ? at::kCUDA : at::kCPU)
                         .dtype(options.precision == Precision::kBfloat16 ? at::kBFloat16 : at::kFloat);
    shared->options = options;
    shared->outputs = network.outputs;
    shared->input_channels = network.layers.front().channels;
    std::vector<std::shared_ptr<const ClassAttention>> sizes;
    const std::vector<MapSize> map_size = map_sizes(network, options.input);
    for (const Layer& layer : network.layers) {
      shared->layers.push_back(placed_layer(network, layer, shared->placed));
      if (options.is_reference) shared->layers.back().own = {};
      shared->layers.back().size = map_size[shared->layers.size() - 1];
      sizes.push_back(layer.attention);
    }
    note_last_readers(shared->layers, network.outputs);
    return RunNetwork([shared, sizes](std::span<const float> input, std::vector<std::vector<float>>& outputs) {
      return run(*shared, sizes, input, outputs);
    });
  } catch (const std::exception& exception) {
    return base::Error{std::string("LibTorch: ") + exception.what()};
  }
}

}  // namespace hangil::model
