// SPDX-License-Identifier: Apache-2.0
#include "model/card.hpp"

#include <gtest/gtest.h>

namespace hangil::model {

namespace {

Card made_card() {
  Card card{.name = "made", .role = "camera boxes", .version = "1", .module = "camera_detector"};
  card.code_licence = "Apache-2.0";
  card.data_licence = "says \"nothing\":\n- really";
  card.sources = {"made here"};
  card.files = {{"weights.bin", std::string(64, 'a')}, {"manifest.json", std::string(64, '0')}};
  card.inputs = {{"image", "1x3x416x416", "", "", "BGR"}};
  card.outputs = {{"scores", "1xNx112", "", "", ""}};
  card.classes = {"person", "car"};
  card.published = {{"mAP", "COCO", "its README", 30.4}};
  card.operation_count = 1.5e9;
  card.known_answers = {{"scores", -0.25, 1e-3, 1e-4}};
  card.latency = {{"a processor", std::string(64, 'a'), 0, 12.5, 14.25, 200}};
  return card;
}

std::string refusal_of(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  const auto read = parse_card(text.replace(at, from.size(), to), "card.yaml");
  return read ? "" : read.error().message;
}

}  // namespace

TEST(Card, WhatIsWrittenIsReadBack) {
  const std::string text = card_text(made_card());
  const auto card = parse_card(text, "card.yaml");
  ASSERT_TRUE(card) << card.error().message << "\n" << text;
  EXPECT_EQ(card_text(*card), text);
  EXPECT_EQ(card->data_licence, made_card().data_licence);
  EXPECT_EQ(card->latency.at(0).p99_ms, 14.25);
  EXPECT_EQ(card->files.at(1).name, "manifest.json");
  EXPECT_EQ(card->known_answers.at(0).mean, -0.25);
}

TEST(Card, WhatIsWrongIsNamedWithItsLine) {
  const std::string text = card_text(made_card());
  EXPECT_NE(refusal_of(text, "role:", "rolle:").find("card.yaml:3: unknown parameter 'rolle'; did you mean 'role'?"),
            std::string::npos);
  EXPECT_NE(refusal_of(text, "p50_ms: 12.5", "p50_ms: soon").find("'p50_ms' must be a number"), std::string::npos);
  EXPECT_NE(refusal_of(text, "1x3x416x416", "1x3x0x416").find("shape '1x3x0x416' of 'image'"), std::string::npos);
  EXPECT_NE(refusal_of(text, "weights.bin", "../weights.bin").find("no plain file name"), std::string::npos);
  EXPECT_NE(refusal_of(text, "aaaa", "AAAA").find("64 lower-case"), std::string::npos);
  EXPECT_NE(refusal_of(text, "\"made\"", "\"a/b\"").find("'name' must be"), std::string::npos);
  EXPECT_NE(refusal_of(text, "\"Apache-2.0\"", "\"\"").find("'code_licence' is missing"), std::string::npos);
  EXPECT_NE(refusal_of(text, "[\"made here\"]", "made").find("must be a list of texts"), std::string::npos);
}

}  // namespace hangil::model
