// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "base/result.hpp"

// A network as plain values: layers in the order they run, each naming the layers it reads. network_builder.hpp makes
// one from weights; torch_network.hpp runs it.
namespace hangil::model {

enum class LayerKind {
  kInput,
  kConvolution,
  kDeconvolution,  // 2x2 windows side by side
  kMaxPool,
  kAveragePool,  // zeros around the map count
  kConcatenate,  // channels of all inputs
  kSlice,        // `channels` channels from first_channel on
  kShuffle,      // channel i of group g becomes channel i * groups + g
  kUpsample,     // twice the size, bilinear between pixel centres
  kAdd,
  kScale,           // weights * x + bias, a channel
  kClassAttention,  // inputs: features, class maps
};

struct Window {
  int size = 1, stride = 1, pad = 0, dilation = 1;
};

// Class-aware attention (CAAM of TwinLiteNet+, arXiv:2403.16958) over rows x columns bins of the map. Matrices are
// [out][in]; `channels` in and out of the class maps and the features are equal.
struct ClassAttention {
  int rows = 0, columns = 0, inner_channels = 0;
  std::vector<float> node_mix, node_slopes;          // between bins
  std::vector<float> channel_mix;                    // between channels
  std::vector<float> fuse, fuse_bias, global_slope;  // of the bins to one
  std::vector<float> query, query_bias, key, key_bias, value, value_bias;
};

struct Layer {
  LayerKind kind = LayerKind::kInput;
  std::vector<int> inputs;
  int channels = 0;  // it puts out
  Window window = {};
  int groups = 1;
  int first_channel = 0;
  std::vector<float> weights;  // convolution [out][in/groups][y][x], deconvolution [in][out][y][x], scale [channel]
  std::vector<float> bias;     // [out]; empty: zero
  std::vector<float> slopes;   // of negative values afterwards, one or one a channel; empty: values stay
  std::shared_ptr<const ClassAttention> attention = nullptr;
};

struct Network {
  std::vector<Layer> layers;  // the first is the only input
  std::vector<int> outputs;
};

struct MapSize {
  int height = 0, width = 0;
};

// Size of every layer's map for an input of that size, and multiplications plus additions of a run.
std::vector<MapSize> map_sizes(const Network& network, MapSize input);
double operation_count(const Network& network, MapSize input);

enum class Precision { kFloat32, kBfloat16 };

struct RunOptions {
  MapSize input = {};
  int batch = 1;
  Precision precision = Precision::kFloat32;
  bool on_gpu = false;        // LibTorch only
  bool is_reference = false;  // LibTorch alone, without kernels of our own
};

// Runs a network once: `input` is batch x height x width x channels, outputs likewise, in the order of
// Network::outputs. Everything is allocated by the first run. An output that holds a value which is no finite number is
// an error, and so is an input of another length. One thread; the same bits every time on one instruction set.
using RunNetwork = std::function<base::Status(std::span<const float> input, std::vector<std::vector<float>>& outputs)>;

// The error of an output with NaN or infinity, or success.
base::Status check_finite(const std::vector<std::vector<float>>& outputs);

}  // namespace hangil::model
