// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <variant>
#include <vector>

#include "model/channel_kernel.hpp"
#include "model/convolution_kernel.hpp"
#include "model/network.hpp"

namespace hangil::model {

// A convolution, or a deconvolution by 2x2 windows, of maps with channels innermost (float32), with its bias and the
// slopes of negative values in the same pass. Made for layers of few channels, where oneDNN pads channels to 16 or
// falls back to its reference code: sums stay in registers for up to 16 pixels and 32 channels. Values are added up in
// one order: the same bits every time on one instruction set.
class DirectConvolution {
 public:
  DirectConvolution() = default;
  DirectConvolution(const Layer& layer, int in_channels);

  // `out` has the layer's size for `in` of that size (map_sizes()).
  void run(const float* in, MapSize in_size, int batch, float* out) const;

  // Output channels side by side: 8, 16 or 32, the last of which may be of no use.
  struct Panel {
    std::size_t width = 0, used = 0, first = 0;  // first: where it starts in a pixel's output
    std::vector<float> weights;                  // [y][x][in][width]
    std::vector<float> bias, slopes;
  };
  struct Range {
    int first = 0, end = 0;
  };

 private:
  // Panels that write the same rows: of a deconvolution two, for even and odd rows.
  struct Pass {
    std::vector<Panel> panels;
    std::size_t outputs = 0;  // of a pixel
  };
  struct Maps;

  void add_pass(const std::vector<float>& weights, const Layer& layer, std::size_t outputs);
  void run_pass(const Pass& pass, const Maps& maps, std::size_t row) const;
  std::size_t find_runs(const Panel& panel, int top, int in_width, Range rows, Range columns,
                        std::span<TapRun> runs) const;

  Window window_;
  std::size_t in_channels_ = 0;
  std::vector<Pass> passes_;
};

// One channel in, one out (groups = channels), stride 1.
class DepthwiseConvolution {
 public:
  DepthwiseConvolution() = default;
  explicit DepthwiseConvolution(const Layer& layer);
  void run(const float* in, MapSize size, int batch, float* out) const;

 private:
  Window window_;
  std::size_t channels_ = 0;
  std::vector<std::vector<float>> taps_;  // weights of a tap, repeated over pixels
  std::vector<float> bias_;               // empty: zero
  ChannelKernel slopes_;
  bool has_slopes_ = false;
};

// Either of them, for layers where oneDNN is slower: few channels, and windows of more than one pixel that are not
// split into groups. Not set for all others.
class OwnConvolution {
 public:
  OwnConvolution() = default;
  OwnConvolution(const Layer& layer, int in_channels);
  explicit operator bool() const { return form_.index() != 0; }
  void run(const float* in, MapSize in_size, int batch, float* out) const;

 private:
  std::variant<std::monostate, DirectConvolution, DepthwiseConvolution> form_;
};

}  // namespace hangil::model
