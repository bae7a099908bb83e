// SPDX-License-Identifier: Apache-2.0
#include "model/direct_convolution.hpp"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

namespace hangil::model {

namespace {

// A convolution with its input, both from a seed.
struct Case {
  Layer layer;
  int in_channels = 1;
  MapSize in_size, out_size;
  int batch = 1;
  std::vector<float> input;
};

std::vector<float> numbers(std::size_t count, std::mt19937& random) {
  std::uniform_real_distribution<float> spread(-1, 1);
  std::vector<float> values(count);
  for (float& value : values) value = spread(random);
  return values;
}

int one_of(std::initializer_list<int> choices, std::mt19937& random) {
  return choices.begin()[random() % choices.size()];
}

void fill(Case& made, std::size_t weight_count, std::mt19937& random) {
  made.layer.inputs = {0};
  made.batch = one_of({1, 1, 2}, random);
  made.layer.weights = numbers(weight_count, random);
  if (random() % 2 == 0) made.layer.bias = numbers(static_cast<std::size_t>(made.layer.channels), random);
  const std::size_t slope_count = random() % 3;
  if (slope_count == 1) made.layer.slopes = numbers(1, random);
  if (slope_count == 2) made.layer.slopes = numbers(static_cast<std::size_t>(made.layer.channels), random);
  made.input = numbers(
      static_cast<std::size_t>(made.batch * made.in_size.height * made.in_size.width * made.in_channels), random);
}

Case made_convolution(unsigned seed, bool is_depthwise) {
  std::mt19937 random(seed);
  Case made;
  made.layer.kind = LayerKind::kConvolution;
  made.in_channels = one_of({1, 2, 3, 6, 8, 11, 19, 40}, random);
  made.layer.channels = is_depthwise ? made.in_channels : one_of({1, 2, 3, 6, 8, 12, 16, 30, 33, 67}, random);
  const int size = one_of({1, 3, 3, 5}, random), dilation = one_of({1, 1, 2, 4, 8}, random);
  const int stride = is_depthwise ? 1 : one_of({1, 1, 2, 3}, random);
  made.layer.window = {size, stride, dilation * (size / 2), dilation};
  made.layer.groups = is_depthwise ? made.in_channels : 1;
  made.in_size = {one_of({1, 2, 5, 12}, random), one_of({1, 2, 7, 17, 50}, random)};
  made.out_size = {(made.in_size.height + stride - 1) / stride, (made.in_size.width + stride - 1) / stride};
  fill(made, static_cast<std::size_t>(made.layer.channels * made.in_channels / made.layer.groups * size * size),
       random);
  return made;
}

Case made_deconvolution(unsigned seed) {
  std::mt19937 random(seed);
  Case made;
  made.layer.kind = LayerKind::kDeconvolution;
  made.in_channels = one_of({1, 4, 9, 16}, random), made.layer.channels = one_of({1, 2, 5, 8, 20}, random);
  made.in_size = {one_of({1, 3, 8}, random), one_of({1, 2, 21}, random)};
  made.out_size = {made.in_size.height * 2, made.in_size.width * 2};
  fill(made, static_cast<std::size_t>(made.layer.channels * made.in_channels * 4), random);
  return made;
}

double input_at(const Case& of, int picture, int y, int x, int channel) {
  if (y < 0 || x < 0 || y >= of.in_size.height || x >= of.in_size.width) return 0;
  const int at = ((picture * of.in_size.height + y) * of.in_size.width + x) * of.in_channels + channel;
  return static_cast<double>(of.input[static_cast<std::size_t>(at)]);
}

double weight(const Case& of, int index) {
  return static_cast<double>(of.layer.weights[static_cast<std::size_t>(index)]);
}

// Before bias and slope, by the definition.
double sum_at(const Case& of, int picture, int y, int x, int c) {
  const Window& w = of.layer.window;
  const int per_group = of.in_channels / of.layer.groups;
  double sum = 0;
  if (of.layer.kind == LayerKind::kDeconvolution) {
    for (int k = 0; k < of.in_channels; ++k) {
      sum += weight(of, ((k * of.layer.channels + c) * 2 + y % 2) * 2 + x % 2) * input_at(of, picture, y / 2, x / 2, k);
    }
    return sum;
  }
  for (int i = 0; i < per_group * w.size * w.size; ++i) {
    const int k = i / (w.size * w.size), dy = i / w.size % w.size, dx = i % w.size;
    const int from = of.layer.groups == 1 ? k : c;
    sum += weight(of, c * per_group * w.size * w.size + i) *
           input_at(of, picture, y * w.stride + dy * w.dilation - w.pad, x * w.stride + dx * w.dilation - w.pad, from);
  }
  return sum;
}

double value_at(const Case& of, int picture, int y, int x, int c) {
  const auto channel = static_cast<std::size_t>(c);
  double value = sum_at(of, picture, y, x, c);
  if (!of.layer.bias.empty()) value += static_cast<double>(of.layer.bias[channel]);
  const auto& slopes = of.layer.slopes;
  if (value < 0 && !slopes.empty()) value *= static_cast<double>(slopes[slopes.size() == 1 ? 0 : channel]);
  return value;
}

// Runs it into a buffer with a guard behind it.
template <class Convolution>
void expect_definition(const Case& of, const Convolution& convolution, unsigned seed) {
  const auto count = static_cast<std::size_t>(of.batch * of.out_size.height * of.out_size.width * of.layer.channels);
  std::vector<float> output(count + 64, 77.0F);
  convolution.run(of.input.data(), of.in_size, of.batch, output.data());
  std::size_t i = 0;
  for (int picture = 0; picture < of.batch; ++picture) {
    for (int y = 0; y < of.out_size.height; ++y) {
      for (int x = 0; x < of.out_size.width; ++x) {
        for (int c = 0; c < of.layer.channels; ++c, ++i) {
          ASSERT_NEAR(static_cast<double>(output[i]), value_at(of, picture, y, x, c), 2e-4)
              << "seed " << seed << ": picture " << picture << ", row " << y << ", column " << x << ", channel " << c;
        }
      }
    }
  }
  for (; i < output.size(); ++i) ASSERT_EQ(output[i], 77.0F) << "seed " << seed << ": wrote behind its end";
}

}  // namespace

TEST(DirectConvolution, IsTheDefinitionForAnyShape) {
  for (unsigned seed = 0; seed < 150; ++seed) {
    const Case made = made_convolution(seed, false);
    expect_definition(made, DirectConvolution(made.layer, made.in_channels), seed);
  }
}

TEST(DirectConvolution, DeconvolvesByTheDefinition) {
  for (unsigned seed = 0; seed < 50; ++seed) {
    const Case made = made_deconvolution(seed);
    expect_definition(made, DirectConvolution(made.layer, made.in_channels), seed);
  }
}

TEST(DepthwiseConvolution, IsTheDefinitionForAnyShape) {
  for (unsigned seed = 0; seed < 100; ++seed) {
    const Case made = made_convolution(seed, true);
    expect_definition(made, DepthwiseConvolution(made.layer), seed);
  }
}

}  // namespace hangil::model
