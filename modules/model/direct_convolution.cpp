// SPDX-License-Identifier: Apache-2.0
#include "model/direct_convolution.hpp"

#include <algorithm>
#include <array>

#include "model/convolution_kernel.hpp"

namespace hangil::model {

namespace {

constexpr int kMostTaps = 64;

std::size_t panel_width(std::size_t outputs) { return outputs >= 32 ? 32 : outputs > 8 ? 16 : 8; }

float at_channel(const std::vector<float>& values, std::size_t channel, float otherwise) {
  if (values.empty()) return otherwise;
  return values.size() == 1 ? values[0] : values[channel];
}

// Weights [output][in][y][x] of outputs `first` and on, as a panel; output o belongs to channel o % channels.
DirectConvolution::Panel make_panel(const std::vector<float>& weights, const Layer& layer, std::size_t in_channels,
                                    std::size_t first, std::size_t outputs) {
  const std::size_t taps = weights.size() / outputs / in_channels;
  DirectConvolution::Panel panel;
  panel.width = panel_width(outputs - first);
  panel.first = first;
  panel.used = std::min(panel.width, outputs - first);
  panel.weights.assign(taps * in_channels * panel.width, 0);
  panel.bias.assign(panel.width, 0);
  panel.slopes.assign(panel.width, 1);
  for (std::size_t o = 0; o < panel.used; ++o) {
    const std::size_t output = first + o, channel = output % static_cast<std::size_t>(layer.channels);
    panel.bias[o] = at_channel(layer.bias, channel, 0);
    panel.slopes[o] = at_channel(layer.slopes, channel, 1);
    for (std::size_t k = 0; k < taps * in_channels; ++k) {
      const std::size_t tap = k / in_channels, in = k % in_channels;
      panel.weights[k * panel.width + o] = weights[(output * in_channels + in) * taps + tap];
    }
  }
  return panel;
}

// Windows of 2x2 side by side: for row y of each, [x * channels + channel][in] from [in][channel][y][x].
std::vector<float> window_row(const Layer& layer, std::size_t in_channels, std::size_t y) {
  const auto channels = static_cast<std::size_t>(layer.channels);
  std::vector<float> weights(2 * channels * in_channels);
  for (std::size_t o = 0; o < 2 * channels; ++o) {
    for (std::size_t in = 0; in < in_channels; ++in) {
      weights[o * in_channels + in] = layer.weights[((in * channels + o % channels) * 2 + y) * 2 + o / channels];
    }
  }
  return weights;
}

using Range = DirectConvolution::Range;

// Which of `size` taps at `first`, `first` + dilation ... lie inside 0 to length - 1.
Range taps_inside(int first, int length, const Window& window) {
  Range range{0, window.size};
  while (range.first < range.end && first + range.first * window.dilation < 0) ++range.first;
  while (range.end > range.first && first + (range.end - 1) * window.dilation >= length) --range.end;
  return range;
}

// Outputs of a row whose taps all lie inside.
Range whole_outputs(int in_length, int out_length, const Window& window) {
  const int reach = (window.size - 1) * window.dilation - window.pad;
  const int first = (window.pad + window.stride - 1) / window.stride;
  const int end = in_length - reach <= 0 ? 0 : (in_length - reach - 1) / window.stride + 1;
  return {std::min(first, out_length), std::clamp(end, std::min(first, out_length), out_length)};
}

int out_length(int in_length, const Window& window) {
  return (in_length + 2 * window.pad - (window.size - 1) * window.dilation - 1) / window.stride + 1;
}

}  // namespace

struct DirectConvolution::Maps {
  const float* in = nullptr;
  float* out = nullptr;  // of the row
  MapSize in_size, out_size;
  bool may_overrun = false;  // enough is written after this row
};

DirectConvolution::DirectConvolution(const Layer& layer, int in_channels)
    : window_(layer.window), in_channels_(static_cast<std::size_t>(in_channels)) {
  if (layer.kind != LayerKind::kDeconvolution) {
    add_pass(layer.weights, layer, static_cast<std::size_t>(layer.channels));
    return;
  }
  window_ = {};
  for (const std::size_t y : {0U, 1U}) {
    add_pass(window_row(layer, in_channels_, y), layer, static_cast<std::size_t>(layer.channels) * 2);
  }
}

void DirectConvolution::add_pass(const std::vector<float>& weights, const Layer& layer, std::size_t outputs) {
  Pass pass{.panels = {}, .outputs = outputs};
  for (std::size_t first = 0; first < outputs; first += pass.panels.back().width) {
    pass.panels.push_back(make_panel(weights, layer, in_channels_, first, outputs));
  }
  passes_.push_back(std::move(pass));
}

void DirectConvolution::run_pass(const Pass& pass, const Maps& maps, std::size_t row) const {
  const int top = static_cast<int>(row) * window_.stride - window_.pad;
  const Range rows = taps_inside(top, maps.in_size.height, window_);
  const Range whole = whole_outputs(maps.in_size.width, maps.out_size.width, window_);
  std::array<TapRun, kMostTaps> runs;
  for (const Panel& panel : pass.panels) {
    for (int x = 0, end = 0; x < maps.out_size.width; x = end) {
      end = x == whole.first && whole.end > x ? whole.end : x + 1;
      const int left = x * window_.stride - window_.pad;
      const Range columns = taps_inside(left, maps.in_size.width, window_);
      const std::size_t count = find_runs(panel, top, maps.in_size.width, rows, columns, runs);
      convolve_row({.runs = {runs.data(), count},
                    .in = maps.in + left * static_cast<std::ptrdiff_t>(in_channels_),
                    .in_step = static_cast<std::size_t>(window_.stride) * in_channels_,
                    .pixel_count = static_cast<std::size_t>(end - x),
                    .bias = panel.bias.data(),
                    .slopes = panel.slopes.data(),
                    .width = panel.width,
                    .used = panel.used,
                    .out = maps.out + static_cast<std::size_t>(x) * pass.outputs + panel.first,
                    .out_step = pass.outputs,
                    .may_overrun = pass.panels.size() == 1 && maps.may_overrun});
    }
  }
}

// Taps of a row that touch are one run.
std::size_t DirectConvolution::find_runs(const Panel& panel, int top, int in_width, Range rows, Range columns,
                                         std::span<TapRun> runs) const {
  std::size_t count = 0;
  const int wide = window_.dilation == 1 ? std::max(columns.end - columns.first, 1) : 1;
  for (int y = rows.first; y < rows.end; ++y) {
    for (int x = columns.first; x < columns.end; x += wide) {
      const auto tap = static_cast<std::size_t>(y * window_.size + x);
      const std::ptrdiff_t pixel = std::ptrdiff_t{top + y * window_.dilation} * in_width + x * window_.dilation;
      runs[count++] = {pixel * static_cast<std::ptrdiff_t>(in_channels_), static_cast<std::size_t>(wide) * in_channels_,
                       panel.weights.data() + tap * in_channels_ * panel.width};
    }
  }
  return count;
}

void DirectConvolution::run(const float* in, MapSize in_size, int batch, float* out) const {
  const MapSize out_size{out_length(in_size.height, window_), out_length(in_size.width, window_)};
  const auto height = static_cast<std::size_t>(out_size.height), width = static_cast<std::size_t>(out_size.width);
  const std::size_t in_count =
      static_cast<std::size_t>(in_size.height) * static_cast<std::size_t>(in_size.width) * in_channels_;
  std::size_t left = static_cast<std::size_t>(batch) * height * width * passes_.size() * passes_[0].outputs;
  for (int picture = 0; picture < batch; ++picture, in += in_count) {
    for (std::size_t row = 0; row < height; ++row) {
      for (const Pass& pass : passes_) {
        left -= width * pass.outputs;
        run_pass(pass, {in, out, in_size, out_size, left >= kWidestPanel}, row);
        out += width * pass.outputs;
      }
    }
  }
}

DepthwiseConvolution::DepthwiseConvolution(const Layer& layer)
    : window_(layer.window), channels_(static_cast<std::size_t>(layer.channels)), bias_(layer.bias) {
  constexpr std::size_t kPixels = 16;
  const auto taps = static_cast<std::size_t>(window_.size * window_.size);
  for (std::size_t tap = 0; tap < taps; ++tap) {
    std::vector<float> repeated(kPixels * channels_);
    for (std::size_t i = 0; i < repeated.size(); ++i) repeated[i] = layer.weights[i % channels_ * taps + tap];
    taps_.push_back(std::move(repeated));
  }
  has_slopes_ = !layer.slopes.empty();
  if (has_slopes_) slopes_ = ChannelKernel(channels_, {}, {}, layer.slopes);
}

void DepthwiseConvolution::run(const float* in, MapSize size, int batch, float* out) const {
  const std::size_t row_count = static_cast<std::size_t>(size.width) * channels_;
  for (int row = 0; row < batch * size.height; ++row) {
    float* const to = out + static_cast<std::size_t>(row) * row_count;
    for (std::size_t i = 0; i < row_count; ++i) to[i] = bias_.empty() ? 0 : bias_[i % channels_];
    const int y = row % size.height;
    for (std::size_t tap = 0; tap < taps_.size(); ++tap) {
      const int dy = static_cast<int>(tap) / window_.size * window_.dilation - window_.pad;
      const int dx = static_cast<int>(tap) % window_.size * window_.dilation - window_.pad;
      const int first = std::max(0, -dx), end = std::min(size.width, size.width - dx);
      if (y + dy < 0 || y + dy >= size.height || end <= first) continue;
      const auto channels = static_cast<std::ptrdiff_t>(channels_);
      const float* from = in + (row + dy) * static_cast<std::ptrdiff_t>(row_count) + (first + dx) * channels;
      add_products(from, taps_[tap].data(), taps_[tap].size(), static_cast<std::size_t>(end - first) * channels_,
                   to + first * channels);
    }
    if (has_slopes_) slopes_.run(to, to, row_count);
  }
}

OwnConvolution::OwnConvolution(const Layer& layer, int in_channels) {
  constexpr int kFew = 16;
  const bool is_few = layer.channels < kFew;
  if (layer.kind == LayerKind::kDeconvolution) form_ = DirectConvolution(layer, in_channels);
  if (layer.kind != LayerKind::kConvolution) return;
  if (layer.groups == 1 && (layer.window.size > 1 || is_few)) form_ = DirectConvolution(layer, in_channels);
  const bool is_depthwise = layer.groups == in_channels && layer.channels == in_channels && layer.window.stride == 1;
  if (is_depthwise && is_few && in_channels > 1) form_ = DepthwiseConvolution(layer);
}

void OwnConvolution::run(const float* in, MapSize in_size, int batch, float* out) const {
  if (const auto* direct = std::get_if<DirectConvolution>(&form_)) direct->run(in, in_size, batch, out);
  if (const auto* depthwise = std::get_if<DepthwiseConvolution>(&form_)) depthwise->run(in, in_size, batch, out);
}

}  // namespace hangil::model
