// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "model/channel_kernel.hpp"
#include "model/made_input.hpp"
#include "model/network_builder.hpp"
#include "model/torch_network.hpp"
#include "model/trial.hpp"

namespace hangil::model {

namespace {

Weights made_weights(const std::vector<std::pair<std::string, Shape>>& tensors, float offset = 0) {
  auto storage = std::make_shared<std::vector<float>>();
  std::vector<Tensor> list;
  for (const auto& [name, shape] : tensors)
    storage->resize(storage->size() + static_cast<std::size_t>(*element_count(shape)));
  const std::vector<float> values = made_input(storage->size());
  std::size_t at = 0;
  for (const auto& [name, shape] : tensors) {
    const auto count = static_cast<std::size_t>(*element_count(shape));
    for (std::size_t i = at; i < at + count; ++i) (*storage)[i] = values[i] + offset;
    list.push_back({name, shape, {storage->data() + at, count}});
    at += count;
  }
  return Weights(std::move(list), std::move(storage), "");
}

// A depthwise-then-pointwise network of every simple kind of layer.
Weights small_weights() {
  return made_weights({{"a.weight", {4, 3, 3, 3}},
                       {"a.bias", {4}},
                       {"b.weight", {4, 1, 3, 3}},
                       {"c.weight", {2, 8, 1, 1}},
                       {"d.weight", {2, 3, 2, 2}},
                       {"s.weight", {4}},
                       {"n.weight", {3}},
                       {"n.bias", {3}},
                       {"n.running_mean", {3}}});
}

base::Result<Network> small_network(const Weights& weights) {
  NetworkBuilder builder(weights);
  const int picture = builder.input(3);
  const int a = builder.parametric(builder.convolution(picture, "a", {4, 3, 2, 1, 1, true}), "s");
  const int b = builder.leaky(builder.convolution(a, "b", {4, 3, 1, 2, 4}), 0.1F);
  const int mixed = builder.shuffle(builder.concatenate({builder.add(a, b), a}), 2);
  const int c = builder.convolution(mixed, "c", {2});
  return builder.finish({builder.deconvolution(c, "d", 3), builder.slice(mixed, 2, 3)});
}

// The same by plain loops, in double precision.
class Reference {
 public:
  using Map = std::vector<double>;  // row, column, channel
  Reference(const Network& network, MapSize input) : network_(network), sizes_(map_sizes(network, input)) {}

  std::vector<Map> run(const std::vector<float>& input) {
    maps_.resize(network_.layers.size());
    maps_[0] = Map(input.begin(), input.end());
    for (std::size_t i = 1; i < maps_.size(); ++i) {
      const Layer& layer = network_.layers[i];
      maps_[i].assign(static_cast<std::size_t>(sizes_[i].height * sizes_[i].width * layer.channels), 0);
      for (int y = 0; y < sizes_[i].height; ++y) {
        for (int x = 0; x < sizes_[i].width; ++x) {
          for (int c = 0; c < layer.channels; ++c) set(i, y, x, c, value(layer, y, x, c));
        }
      }
    }
    std::vector<Map> outputs;
    for (const int output : network_.outputs) outputs.push_back(maps_[static_cast<std::size_t>(output)]);
    return outputs;
  }

 private:
  double get(int layer, int y, int x, int c) const {
    const auto i = static_cast<std::size_t>(layer);
    if (y < 0 || x < 0 || y >= sizes_[i].height || x >= sizes_[i].width) return 0;
    return maps_[i][static_cast<std::size_t>((y * sizes_[i].width + x) * network_.layers[i].channels + c)];
  }
  void set(std::size_t i, int y, int x, int c, double value) {
    const Layer& layer = network_.layers[i];
    if (value < 0 && !layer.slopes.empty()) {
      value *= static_cast<double>(layer.slopes[layer.slopes.size() == 1 ? 0 : static_cast<std::size_t>(c)]);
    }
    maps_[i][static_cast<std::size_t>((y * sizes_[i].width + x) * layer.channels + c)] = value;
  }
  int channels(int layer) const { return network_.layers[static_cast<std::size_t>(layer)].channels; }

  double value(const Layer& layer, int y, int x, int c) const {
    const int from = layer.inputs[0];
    switch (layer.kind) {
      case LayerKind::kConvolution:
        return convolved(layer, y, x, c);
      case LayerKind::kDeconvolution:
        return deconvolved(layer, y, x, c);
      case LayerKind::kAdd:
        return get(from, y, x, c) + get(layer.inputs[1], y, x, c);
      case LayerKind::kSlice:
        return get(from, y, x, layer.first_channel + c);
      case LayerKind::kShuffle:
        return get(from, y, x, c % layer.groups * (layer.channels / layer.groups) + c / layer.groups);
      case LayerKind::kConcatenate:
        return c < channels(from) ? get(from, y, x, c) : get(layer.inputs[1], y, x, c - channels(from));
      default:
        return 0;
    }
  }
  double convolved(const Layer& layer, int y, int x, int c) const {
    const int from = layer.inputs[0], in = channels(from) / layer.groups, size = layer.window.size;
    const int group = c / (layer.channels / layer.groups);
    double sum = layer.bias.empty() ? 0 : static_cast<double>(layer.bias[static_cast<std::size_t>(c)]);
    for (int i = 0; i < in * size * size; ++i) {
      const int k = i / (size * size), dy = i / size % size, dx = i % size;
      const double weight = static_cast<double>(layer.weights[static_cast<std::size_t>(c * in * size * size + i)]);
      sum += weight * get(from, y * layer.window.stride + dy * layer.window.dilation - layer.window.pad,
                          x * layer.window.stride + dx * layer.window.dilation - layer.window.pad, group * in + k);
    }
    return sum;
  }
  double deconvolved(const Layer& layer, int y, int x, int c) const {
    double sum = 0;
    for (int k = 0; k < channels(layer.inputs[0]); ++k) {
      const int at = (k * layer.channels + c) * 4 + y % 2 * 2 + x % 2;
      sum += static_cast<double>(layer.weights[static_cast<std::size_t>(at)]) * get(layer.inputs[0], y / 2, x / 2, k);
    }
    return sum;
  }

  const Network& network_;
  std::vector<MapSize> sizes_;
  std::vector<Map> maps_;
};

#define NEEDS_NETWORKS(result)                                                        \
  if (!(result) && (result).error().message.find("no LibTorch") != std::string::npos) \
  GTEST_SKIP() << (result).error().message

}  // namespace

// With kernels of our own, and with LibTorch alone, which is their reference.
class TorchNetworkForms : public testing::TestWithParam<bool> {};
INSTANTIATE_TEST_SUITE_P(TorchNetwork, TorchNetworkForms, testing::Bool());

TEST_P(TorchNetworkForms, AgreesWithPlainLoops) {
  const auto network = small_network(small_weights());
  ASSERT_TRUE(network) << network.error().message;
  const MapSize size{12, 20};
  const auto run = torch_network(*network, {.input = size, .is_reference = GetParam()});
  NEEDS_NETWORKS(run);
  const auto input = made_input(12 * 20 * 3);
  std::vector<std::vector<float>> outputs, again;
  ASSERT_TRUE((*run)(input, outputs));
  ASSERT_TRUE((*run)(input, again));
  EXPECT_EQ(outputs, again);
  const auto expected = Reference(*network, size).run(input);
  ASSERT_EQ(outputs.size(), expected.size());
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    ASSERT_EQ(outputs[i].size(), expected[i].size());
    for (std::size_t k = 0; k < outputs[i].size(); ++k)
      ASSERT_NEAR(outputs[i][k], expected[i][k], 2e-5) << i << " " << k;
  }
}

TEST(TorchNetwork, InputsOfAnotherLengthAndOutputsThatAreNoNumbersAreErrors) {
  const auto network = small_network(small_weights());
  const auto run = torch_network(*network, {.input = {8, 8}});
  NEEDS_NETWORKS(run);
  std::vector<std::vector<float>> outputs;
  EXPECT_NE((*run)(made_input(7), outputs).error().message.find("another length"), std::string::npos);
  auto input = made_input(8 * 8 * 3);
  input[5] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_NE((*run)(input, outputs).error().message.find("no finite number"), std::string::npos);
}

TEST(NetworkBuilder, FoldedBatchNormIsTheOneAfterwards) {
  auto tensors = std::vector<std::pair<std::string, Shape>>{
      {"c.weight", {3, 2, 1, 1}}, {"n.weight", {3}}, {"n.bias", {3}}, {"n.running_mean", {3}}, {"n.running_var", {3}}};
  const Weights weights = made_weights(tensors, 1.5F);
  NetworkBuilder folded(weights), apart(weights);
  const int c = folded.convolution(folded.input(2), "c", {3});
  const auto first = folded.finish({folded.batch_norm(c, {"n"})});
  const int d = apart.convolution(apart.input(2), "c", {3});
  const int wide = apart.slice(apart.concatenate({d, d}), 0, 3);
  const auto second = apart.finish({apart.batch_norm(wide, {"n"})});
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->layers.size(), 2u);
  EXPECT_EQ(second->layers.back().kind, LayerKind::kScale);
  const auto run_first = torch_network(*first, {.input = {2, 2}}),
             run_second = torch_network(*second, {.input = {2, 2}});
  NEEDS_NETWORKS(run_first);
  std::vector<std::vector<float>> one, two;
  ASSERT_TRUE((*run_first)(made_input(8), one) && (*run_second)(made_input(8), two));
  for (std::size_t i = 0; i < one[0].size(); ++i) EXPECT_NEAR(one[0][i], two[0][i], 1e-5);
}

TEST(NetworkBuilder, TheFirstThingThatDoesNotFitIsNamed) {
  const Weights weights = small_weights();
  NetworkBuilder missing(weights), wrong(weights), uneven(weights);
  missing.convolution(missing.input(3), "aa", {4, 3});
  EXPECT_NE(missing.finish({0}).error().message.find("no tensor 'aa.weight'; did you mean 'a.weight'?"),
            std::string::npos);
  wrong.convolution(wrong.input(3), "a", {5, 3});
  EXPECT_NE(wrong.finish({0}).error().message.find("is 4x3x3x3, the network needs 5x3x3x3"), std::string::npos);
  const int a = uneven.input(3);
  uneven.add(a, uneven.concatenate({a, a}));
  EXPECT_NE(uneven.finish({0}).error().message.find("different channels"), std::string::npos);
}

TEST(CheckShapes, ACardThatLiesIsRefused) {
  const auto network = small_network(small_weights());
  Card card;
  card.inputs = {{.name = "picture", .shape = "1x3x12x20"}};
  card.outputs = {{.name = "up", .shape = "1x3x12x20"}, {.name = "part", .shape = "1x3x6x10"}};
  EXPECT_TRUE(check_shapes(card, *network)) << check_shapes(card, *network).error().message;
  card.outputs[1].shape = "1x3x6x11";
  EXPECT_NE(
      check_shapes(card, *network).error().message.find("'part' is said to be 1x3x6x11, the network's is 1x3x6x10"),
      std::string::npos);
  card.outputs.pop_back();
  EXPECT_FALSE(check_shapes(card, *network));
  card.inputs[0].shape = "1x4x12x20";
  EXPECT_FALSE(check_shapes(card, *network));
  card.inputs[0].shape = "3x12x20";
  EXPECT_FALSE(check_shapes(card, *network));
}

TEST(KnownAnswers, OtherOutputsAreRefused) {
  Card card;
  card.known_answers = {{"a", 2, 5, 1e-3}};
  EXPECT_TRUE(check_known_answers(card, {{1, 3}}));
  EXPECT_FALSE(check_known_answers(card, {{1, 3.1F}}));
  EXPECT_FALSE(check_known_answers(card, {{1, std::nanf("")}}));
  EXPECT_FALSE(check_known_answers(card, {}));
}

TEST(ChannelKernel, ScalesShiftsAndBendsEachChannel) {
  for (const std::size_t channels : {1u, 2u, 7u, 67u}) {
    const auto scales = made_input(channels), shifts = made_input(2 * channels);
    const ChannelKernel kernel(channels, scales, shifts, {std::vector<float>(channels, 0.25F)});
    const auto in = made_input(channels * 35);
    std::vector<float> out(in.size());
    kernel.run(in.data(), out.data(), in.size());
    for (std::size_t i = 0; i < in.size(); ++i) {
      const float value = in[i] * scales[i % channels] + shifts[i % channels];
      ASSERT_EQ(out[i], value < 0 ? value * 0.25F : value) << channels << " " << i;
    }
  }
}

}  // namespace hangil::model
