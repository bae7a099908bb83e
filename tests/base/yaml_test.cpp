// SPDX-License-Identifier: Apache-2.0
#include "base/yaml.hpp"

#include <filesystem>

#include <gtest/gtest.h>

namespace hangil::base {
namespace {

std::string refusal(const std::string& text) {
  const auto read = parse_yaml(text, "a.yaml");
  return read.ok() ? "accepted" : read.error().message;
}

TEST(Yaml, KeepsTextsOrderAndLines) {
  const auto read = parse_yaml("b: 010\na:\n  - yes\n  - {x: \"1\", y: ~}\n", "a.yaml");
  ASSERT_TRUE(read.ok()) << read.error().message;
  ASSERT_EQ(read->members.size(), 2u);
  EXPECT_EQ(read->members[0].key, "b");
  EXPECT_EQ(read->members[0].value.scalar, "010");
  const YamlNode& list = *read->find("a");
  EXPECT_EQ(list.items[0].scalar, "yes");
  EXPECT_EQ(list.items[1].find("x")->scalar, "1");
  EXPECT_EQ(list.items[1].find("y")->kind, YamlNode::Kind::kNull);
  EXPECT_EQ(list.items[1].find("y")->place.text(), "a.yaml:4");
  EXPECT_EQ(read->find("c"), nullptr);
}

TEST(Yaml, EmptyTextIsNull) {
  for (const char* text : {"", "\n", "# only a comment\n", "~"}) {
    const auto read = parse_yaml(text, "a.yaml");
    ASSERT_TRUE(read.ok()) << text;
    EXPECT_EQ(read->kind, YamlNode::Kind::kNull);
  }
}

TEST(Yaml, AliasBombIsRefusedAtItsFirstAnchor) {
  std::string bomb = "a: &a [x, x]\n";
  for (char name = 'b'; name <= 'z'; ++name) {
    bomb += std::string(1, name) + ": &" + name + " [*" + char(name - 1) + ", *" + char(name - 1) + "]\n";
  }
  EXPECT_EQ(refusal(bomb), "a.yaml:1: anchors (&name) are not allowed");
}

TEST(Yaml, AnchorsAliasesAndTagsAreRefusedWithTheirLine) {
  EXPECT_EQ(refusal("x: 1\na: &a\n  b: 2\n"), "a.yaml:2: anchors (&name) are not allowed");
  EXPECT_EQ(refusal("a: &a ~\n"), "a.yaml:1: anchors (&name) are not allowed");
  EXPECT_NE(refusal("&a [*a]").find("a.yaml:1: "), std::string::npos);
  EXPECT_NE(refusal("x: 1\na: *nobody\n").find("a.yaml:2: "), std::string::npos);
  EXPECT_EQ(refusal("x: 1\na: !!python/object:os.system {}\n"), "a.yaml:2: tags (!name) are not allowed");
  EXPECT_EQ(refusal("a: !own 3\n"), "a.yaml:1: tags (!name) are not allowed");
}

TEST(Yaml, KeysStandOnceAndAreTexts) {
  EXPECT_EQ(refusal("a: 1\nb: 2\na: 3\n"), "a.yaml:3: key 'a' stands twice in one map");
  EXPECT_EQ(refusal("a: {b: 1}\nb: {b: 2}\n"), "accepted");
  EXPECT_EQ(refusal("x: 1\n[1, 2]: 3\n"), "a.yaml:2: a key must be a plain text");
  EXPECT_EQ(refusal("{1: 2}: 3\n"), "a.yaml:1: a key must be a plain text");
}

TEST(Yaml, DepthIsCappedAt64) {
  const auto nested = [](int depth) {
    return std::string(static_cast<std::size_t>(depth), '[') + std::string(static_cast<std::size_t>(depth), ']');
  };
  EXPECT_EQ(refusal(nested(64)), "accepted");
  EXPECT_EQ(refusal(nested(65)), "a.yaml:1: nested deeper than 64 levels");
  EXPECT_NE(refusal(nested(400'000)), "accepted");
  EXPECT_NE(refusal(std::string(400'000, '{')), "accepted");
}

TEST(Yaml, SizeIsCappedAtOneMebibyte) {
  EXPECT_EQ(refusal("a: " + std::string((1 << 20) - 3, 'x')), "accepted");
  EXPECT_NE(refusal("a: " + std::string((1 << 20) - 2, 'x')).find("larger than 1 MiB"), std::string::npos);
}

TEST(Yaml, ManyKeysAreReadWithoutComparingEachWithEach) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "k" + std::to_string(i) + ":\n";
  const auto read = parse_yaml(text, "a.yaml");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->members.size(), 100'000u);
}

TEST(Yaml, SecondDocumentIsRefused) {
  EXPECT_NE(refusal("a: 1\n---\nb: 2\n").find("second document"), std::string::npos);
}

TEST(Yaml, SyntaxErrorNamesFileAndLine) {
  EXPECT_EQ(refusal("a: 1\nb: [1, 2\n").find("a.yaml:"), 0u);
  EXPECT_EQ(refusal("a: 1\n\tb: 2\n").find("a.yaml:2: "), 0u);
}

TEST(Yaml, UnreadableFilesAreErrorsThatNameThem) {
  EXPECT_EQ(load_yaml("/nowhere/a.yaml").error().message, "/nowhere/a.yaml: cannot be opened for reading");
  const auto folder = load_yaml(std::filesystem::temp_directory_path().string());
  ASSERT_FALSE(folder.ok());
  EXPECT_NE(folder.error().message.find("cannot be"), std::string::npos);
}

TEST(Yaml, AtOrMakeTurnsNullIntoAMap) {
  YamlNode node;
  node.at_or_make("a").at_or_make("b").scalar = "1";
  ASSERT_TRUE(node.is_map());
  EXPECT_EQ(node.find("a")->find("b")->scalar, "1");
  EXPECT_EQ(&node.at_or_make("a"), node.find("a"));
}

}  // namespace
}  // namespace hangil::base
