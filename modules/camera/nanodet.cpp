// SPDX-License-Identifier: Apache-2.0
#include "camera/nanodet.hpp"

#include <algorithm>
#include <cmath>

#include "model/network_builder.hpp"

namespace hangil::camera {

namespace {

using model::NetworkBuilder;

constexpr float kSlope = 0.1F;
constexpr int kWidth = 96, kHalfWidth = 48, kBins = 8, kHeadChannels = kCocoClassCount + 4 * kBins;

// The weights name each convolution after its number in the authors' graph; they are taken in that order.
class NanodetBuilder {
 public:
  explicit NanodetBuilder(const model::Weights& weights) : builder_(weights) {
    for (const model::Tensor& tensor : weights.tensors()) {
      if (tensor.name.ends_with(".weight")) names_.push_back(tensor.name.substr(0, tensor.name.size() - 7));
    }
  }

  base::Result<model::Network> build() {
    int x = builder_.max_pool(active(convolution(builder_.input(3), 24, 3, 2)));
    const int c3 = x = stage(x, 58, 3);
    const int c4 = x = stage(x, 116, 7);
    const int c5 = stage(x, 232, 3);
    const int r3 = pointwise(c3, kWidth), r4 = pointwise(c4, kWidth), r5 = pointwise(c5, kWidth);
    const int t4 = ghost_block(builder_.concatenate({builder_.upsample(r5), r4}));
    const int p3 = ghost_block(builder_.concatenate({builder_.upsample(t4), r3}));
    const int p4 = ghost_block(builder_.concatenate({separable(p3, 2), t4}));
    const int p5 = ghost_block(builder_.concatenate({separable(p4, 2), r5}));
    const int from_reduced = separable(r5, 2);
    const int p6 = builder_.add(from_reduced, separable(p5, 2));
    std::vector<int> outputs;
    for (const int level : {p3, p4, p5, p6}) outputs.push_back(head(level));
    return builder_.finish(outputs);
  }

 private:
  int convolution(int from, int channels, int size, int stride = 1, int groups = 1) {
    const std::string name = next_ < names_.size() ? names_[next_++] : "(beyond the last)";
    return builder_.convolution(from, name, {channels, size, stride, 1, groups, true});
  }
  int active(int layer) { return builder_.leaky(layer, kSlope); }
  int pointwise(int from, int channels) { return active(convolution(from, channels, 1)); }
  int depthwise(int from, int channels, int size, int stride = 1) {
    return convolution(from, channels, size, stride, channels);
  }

  // ShuffleNetV2 (arXiv:1807.11164): a unit that halves the map and doubles the channels, then plain units.
  int stage(int from, int half, int plain_count) {
    const int in = half == 58 ? 24 : half;
    const int left = pointwise(depthwise(from, in, 3, 2), half);
    const int right = pointwise(depthwise(pointwise(from, half), half, 3, 2), half);
    int x = builder_.shuffle(builder_.concatenate({left, right}), 2);
    for (int i = 0; i < plain_count; ++i) {
      const int kept = builder_.slice(x, 0, half), changed = builder_.slice(x, half, half);
      const int branch = pointwise(depthwise(pointwise(changed, half), half, 3), half);
      x = builder_.shuffle(builder_.concatenate({kept, branch}), 2);
    }
    return x;
  }

  // GhostNet's bottleneck (arXiv:1911.11907): half of the channels cheaply made from the other half, twice.
  int ghost_block(int from) {
    const int first = pointwise(from, kHalfWidth);
    const int wide = builder_.concatenate({first, active(depthwise(first, kHalfWidth, 3))});
    const int second = convolution(wide, kHalfWidth, 1);
    const int result = builder_.concatenate({second, depthwise(second, kHalfWidth, 3)});
    const int shortcut = convolution(depthwise(from, 2 * kWidth, 5), kWidth, 1);
    return builder_.add(result, shortcut);
  }

  int separable(int from, int stride) { return pointwise(active(depthwise(from, kWidth, 5, stride)), kWidth); }

  int head(int level) { return convolution(separable(separable(level, 1), 1), kHeadChannels, 1); }

  NetworkBuilder builder_;
  std::vector<std::string> names_;
  std::size_t next_ = 0;
};

float logit(float probability) { return std::log(probability / (1 - probability)); }

float expected_bin(const float* bins) {
  const float most = *std::max_element(bins, bins + kBins);
  float sum = 0, weighted = 0;
  for (int i = 0; i < kBins; ++i) {
    const float weight = std::exp(bins[i] - most);
    sum += weight;
    weighted += weight * static_cast<float>(i);
  }
  return weighted / sum;
}

ImageBox decoded(const float* cell, int class_index, float x, float y, float stride) {
  float distance[4];
  for (int side = 0; side < 4; ++side) distance[side] = expected_bin(cell + kCocoClassCount + side * kBins) * stride;
  const float score = 1 / (1 + std::exp(-cell[class_index]));
  return {x - distance[0], y - distance[1], x + distance[2], y + distance[3], score, class_index};
}

void decode_level(const std::vector<float>& map, model::MapSize size, int stride, float least_logit,
                  std::vector<ImageBox>& boxes) {
  for (int row = 0; row < size.height; ++row) {
    for (int column = 0; column < size.width; ++column) {
      const float* cell = map.data() + static_cast<std::ptrdiff_t>(row * size.width + column) * kHeadChannels;
      const float* best = std::max_element(cell, cell + kCocoClassCount);
      if (*best < least_logit) continue;
      const auto step = static_cast<float>(stride);
      boxes.push_back(decoded(cell, static_cast<int>(best - cell), static_cast<float>(column) * step,
                              static_cast<float>(row) * step, step));
    }
  }
}

}  // namespace

base::Result<model::Network> nanodet_network(const model::Weights& weights) { return NanodetBuilder(weights).build(); }

std::vector<ImageBox> decode_nanodet(const std::vector<std::vector<float>>& outputs, model::MapSize input,
                                     float least_score) {
  std::vector<ImageBox> boxes;
  for (int level = 0; level < 4; ++level) {
    const int stride = 8 << level;
    const model::MapSize size{(input.height + stride - 1) / stride, (input.width + stride - 1) / stride};
    decode_level(outputs[static_cast<std::size_t>(level)], size, stride, logit(least_score), boxes);
  }
  sort_best_first(boxes);
  return boxes;
}

}  // namespace hangil::camera
