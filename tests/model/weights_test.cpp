// SPDX-License-Identifier: Apache-2.0
#include "model/weights.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "model/made_package.hpp"
#include "model/manifest.hpp"

namespace hangil::model {

namespace {

const std::vector<MadeTensor> kTensors = {{"conv.weight", {2, 1, 1, 2}, {1, 2, 3, 4}}, {"conv.bias", {2}, {-1, 0.5f}}};

std::string refusal(const TemporaryFolder& folder) {
  const auto read = read_weights(folder.text());
  return read ? "" : read.error().message;
}

std::string refusal_of_manifest(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  const auto read = parse_manifest(text.replace(at, from.size(), to), "m.json");
  return read ? "" : read.error().message;
}

}  // namespace

TEST(Sha256, AgreesWithThePublishedExamples) {
  const std::string abc = "abc";
  EXPECT_EQ(sha256_hex({reinterpret_cast<const std::uint8_t*>(abc.data()), abc.size()}),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex({}), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Shape, TextAndLengthsAreTheSame) {
  EXPECT_EQ(shape_text({1, 3, 416, 416}), "1x3x416x416");
  EXPECT_EQ(parse_shape("1x3x416x416"), (Shape{1, 3, 416, 416}));
  for (const char* bad : {"", "x", "1x", "0x2", "-1", "1x3 ", "9999999999", "2147483648x2147483648"}) {
    EXPECT_FALSE(parse_shape(bad)) << bad;
  }
}

TEST(Weights, TensorsAreReadByNameAndShape) {
  const TemporaryFolder folder;
  write_weights(folder, kTensors);
  const auto weights = read_weights(folder.text());
  ASSERT_TRUE(weights) << weights.error().message;
  const auto weight = weights->tensor("conv.weight", {2, 1, 1, 2});
  ASSERT_TRUE(weight);
  EXPECT_EQ(std::vector<float>(weight->values.begin(), weight->values.end()), kTensors[0].values);
  EXPECT_EQ(weights->find("conv.bias")->values[1], 0.5f);
  EXPECT_EQ(weights->find("conv"), nullptr);
  EXPECT_NE(weights->tensor("conv.bais", {2}).error().message.find("did you mean 'conv.bias'"), std::string::npos);
  EXPECT_NE(weights->tensor("conv.weight", {4}).error().message.find("2x1x1x2"), std::string::npos);
}

TEST(Weights, AnyFlippedBitIsRefused) {
  const TemporaryFolder folder;
  write_weights(folder, kTensors);
  const std::string bytes = bytes_text(kTensors);
  for (std::size_t bit = 0; bit < bytes.size() * 8; bit += 5) {
    std::string flipped = bytes;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    write_text(folder.file("weights.bin"), flipped);
    EXPECT_NE(refusal(folder).find("SHA-256"), std::string::npos) << "bit " << bit;
  }
}

TEST(Weights, NumbersThatAreNotFiniteAreRefused) {
  const TemporaryFolder folder;
  for (const float bad : {std::nanf(""), std::numeric_limits<float>::infinity()}) {
    write_weights(folder, {{"a", {2}, {1, bad}}});
    EXPECT_NE(refusal(folder).find("no finite number, at element 1"), std::string::npos) << refusal(folder);
  }
}

TEST(Weights, AFileOfAnotherSizeOrNoneIsRefused) {
  const TemporaryFolder folder;
  EXPECT_NE(refusal(folder).find("manifest.json: no such file"), std::string::npos) << refusal(folder);
  write_weights(folder, kTensors);
  write_text(folder.file("weights.bin"), "short");
  EXPECT_NE(refusal(folder).find("has 5 bytes"), std::string::npos) << refusal(folder);
}

TEST(Manifest, WhatLiesIsRefused) {
  const std::string text = manifest_text(kTensors, bytes_text(kTensors));
  EXPECT_EQ(refusal_of_manifest(text, "made here", "elsewhere"), "");
  EXPECT_NE(refusal_of_manifest(text, "[2,1,1,2]", "[2,1,1,3]").find("does not have 4 elements"), std::string::npos);
  EXPECT_NE(refusal_of_manifest(text, "\"offset\":16", "\"offset\":20").find("beyond"), std::string::npos);
  EXPECT_NE(refusal_of_manifest(text, "\"offset\":16", "\"offset\":-4").find("whole number"), std::string::npos);
  EXPECT_NE(refusal_of_manifest(text, "\"conv.bias\"", "\"conv.weight\"").find("stands twice"), std::string::npos);
  EXPECT_NE(refusal_of_manifest(text, "float32", "float16").find("float16"), std::string::npos);
  EXPECT_NE(refusal_of_manifest(text, "\"sha256\":\"", "\"sha256\":\"x").find("sha256"), std::string::npos);
  EXPECT_NE(refusal_of_manifest(text, "{", "[").find("no JSON object"), std::string::npos);
  EXPECT_NE(refusal_of_manifest(text, "\"shape\":[2]", "\"shape\":[9999999999,9999999999]").find("'shape'"),
            std::string::npos);
}

}  // namespace hangil::model
