// SPDX-License-Identifier: Apache-2.0
#include "model/caffe_weights.hpp"

#include <cstring>
#include <limits>
#include <random>

#include <gtest/gtest.h>

namespace hangil::model {
namespace {

using Bytes = std::vector<std::uint8_t>;

void put_varint(Bytes& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<std::uint8_t>(value | 0x80));
  out.push_back(static_cast<std::uint8_t>(value));
}

void put_field(Bytes& out, std::uint64_t number, const Bytes& bytes) {
  put_varint(out, number << 3 | 2);
  put_varint(out, bytes.size());
  out.insert(out.end(), bytes.begin(), bytes.end());
}

Bytes text(const std::string& word) { return {word.begin(), word.end()}; }

Bytes blob(const std::vector<std::uint64_t>& lengths, const std::vector<float>& values) {
  Bytes shape, packed, out, data(values.size() * sizeof(float));
  for (const std::uint64_t length : lengths) put_varint(packed, length);
  put_field(shape, 1, packed);
  if (!values.empty()) std::memcpy(data.data(), values.data(), data.size());
  put_field(out, 7, shape);
  put_field(out, 5, data);
  return out;
}

Bytes layer(const std::string& name, const std::vector<Bytes>& blobs) {
  Bytes out, net;
  put_field(out, 1, text(name));
  put_field(out, 2, text("Convolution"));
  for (const Bytes& one : blobs) put_field(out, 7, one);
  put_field(net, 100, out);
  return net;
}

Bytes operator+(Bytes left, const Bytes& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

std::string refusal(const Bytes& bytes) {
  const auto weights = parse_caffe_weights(bytes, "made");
  return weights.ok() ? "" : weights.error().message;
}

TEST(CaffeWeights, LayersBlobsBecomeNamedTensors) {
  const Bytes net = layer("conv/1", {blob({2, 1, 1, 2}, {1, 2, 3, 4}), blob({2}, {5, 6})}) + layer("relu", {}) +
                    layer("conv2", {blob({1, 2}, {7, 8})});
  const auto weights = parse_caffe_weights(net, "made");
  ASSERT_TRUE(weights.ok()) << weights.error().message;
  ASSERT_EQ(weights->tensors().size(), 3u);
  const auto filter = weights->tensor("conv/1.weight", {2, 1, 1, 2});
  ASSERT_TRUE(filter.ok()) << filter.error().message;
  EXPECT_EQ(filter->values[3], 4);
  EXPECT_EQ(weights->tensor("conv/1.bias", {2})->values[1], 6);
  EXPECT_EQ(weights->tensor("conv2.weight", {1, 2})->values[0], 7);
}

TEST(CaffeWeights, WhatLiesIsRefusedByLayer) {
  EXPECT_NE(refusal(layer("a", {blob({3}, {1, 2})})).find("made: layer 'a': a blob of 3 holds 2 numbers"),
            std::string::npos);
  EXPECT_NE(refusal(layer("a", {blob({1}, {std::numeric_limits<float>::infinity()})})).find("no finite number"),
            std::string::npos);
  EXPECT_NE(refusal(layer("a", {blob({1}, {1})}) + layer("a", {blob({1}, {1})})).find("stands twice"),
            std::string::npos);
  EXPECT_NE(refusal(layer("a", {})).find("no layer with weights"), std::string::npos);
  EXPECT_NE(refusal(text("no protocol buffer at all")), "");
  EXPECT_NE(refusal({}), "");
}

TEST(CaffeWeights, CutOrChangedBytesAreReadOrRefusedButNeverCrash) {
  const Bytes net = layer("conv", {blob({2, 2}, {1, 2, 3, 4}), blob({2}, {5, 6})});
  for (std::size_t size = 0; size < net.size(); ++size)
    EXPECT_NE(refusal({net.begin(), net.begin() + static_cast<std::ptrdiff_t>(size)}), "") << size;
  std::mt19937 random(3);
  int refused = 0;
  for (int round = 0; round < 2000; ++round) {
    Bytes changed = net;
    for (int k = 0; k < 3; ++k) changed[random() % changed.size()] = static_cast<std::uint8_t>(random());
    refused += refusal(changed).empty() ? 0 : 1;
  }
  EXPECT_GT(refused, 500);
}

}  // namespace
}  // namespace hangil::model
