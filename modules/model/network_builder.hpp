// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "model/network.hpp"
#include "model/weights.hpp"

namespace hangil::model {

// Makes a Network layer by layer from named weights; each call returns the index of the layer it adds. The first thing
// that does not fit (a tensor that is missing or has another shape, inputs of different widths) is kept and finish()
// returns it, so that a definition reads without error handling. Padding keeps the size of the map at stride 1, unless
// another is given.
class NetworkBuilder {
 public:
  explicit NetworkBuilder(const Weights& weights) : weights_(weights) {}

  struct Convolution {
    int channels = 0;
    int size = 1, stride = 1, dilation = 1, groups = 1;
    bool has_bias = false;
    int pad = -1;  // -1: what keeps the size
  };
  struct BatchNorm {
    std::string name;  // of its weight, bias, running_mean and running_var; folded into what stands before it
    float epsilon = 1e-5f;
  };

  int input(int channels);
  int convolution(int from, const std::string& name, const Convolution& shape);  // reads name.weight, name.bias
  int deconvolution(int from, const std::string& name, int channels);
  int max_pool(int from, int pad = 1);  // 3x3, stride 2
  int average_pool(int from);           // 3x3, stride 2
  int concatenate(const std::vector<int>& from);
  int slice(int from, int first_channel, int channels);
  int shuffle(int from, int groups);
  int upsample(int from);
  int add(int left, int right);
  int class_attention(int features, int class_maps, const std::string& name, int rows, int columns);

  // Folds into `layer` when that is a (de)convolution nothing else has read; else adds a layer that scales.
  int batch_norm(int layer, const BatchNorm& norm);
  // One slope for all, or the tensor name.weight (one or one a channel).
  int leaky(int layer, float slope);
  int parametric(int layer, const std::string& name);
  // Scales a 1x1 convolution's inputs by a depthwise 1x1 one: the two as one.
  int pointwise_after_scale(int from, const std::string& scale, const std::string& name, int channels);

  base::Result<Network> finish(const std::vector<int>& outputs);

 private:
  int add_layer(Layer layer);
  int channels_of(int layer) const;
  void keep(const std::string& what);
  std::vector<float> read(const std::string& name, const Shape& shape);

  const Weights& weights_;
  Network network_;
  std::string problem_;
};

}  // namespace hangil::model
