// SPDX-License-Identifier: Apache-2.0
#include "base/xml.hpp"

#include <gtest/gtest.h>

namespace hangil::base {
namespace {

XmlDocument parsed(const std::string& text) {
  auto document = XmlDocument::parse(text, "f.xml");
  if (!document) ADD_FAILURE() << document.error().message;
  return *document;
}

std::string xml_refusal(const std::string& text) {
  const auto document = XmlDocument::parse(text, "f.xml");
  return document ? "" : document.error().message;
}

TEST(Xml, ElementsSayTheirLineAndAttributes) {
  const XmlDocument document =
      parsed("<?xml version='1.0'?>\n<a x=' +1.5e1 '>\n<!-- c -->\n  <b n='7'>\n text </b><c/><b/>\n</a>");
  const XmlElement root = document.root();
  XmlProblems problems;
  EXPECT_EQ(root.place().text(), "f.xml:2");
  EXPECT_EQ(root.number("x", problems), 15);
  EXPECT_EQ(root.children().size(), 3u);
  EXPECT_EQ(root.children("b").size(), 2u);
  EXPECT_EQ(root.child("b").text(), "text");
  EXPECT_EQ(root.child("b").integer("n", problems), 7);
  EXPECT_EQ(root.child("b").place().line, 4);
  EXPECT_EQ(root.child("b").next_of_same_name().place().line, 5);
  EXPECT_EQ(root.number_or("y", 3, problems), 3);
  EXPECT_TRUE(problems.empty());
  EXPECT_FALSE(root.child("d"));
  EXPECT_EQ(root.child("d").child("e").attribute("f"), "");
}

TEST(Xml, EveryMalformedValueIsAProblemWithItsLine) {
  const XmlDocument document = parsed("<a x='nan' y='1,5'\n z='2.5'>\n<b t='inf'>1 2</b></a>");
  XmlProblems problems;
  EXPECT_EQ(document.root().number("x", problems), 0);
  EXPECT_EQ(document.root().number("y", problems), 0);
  EXPECT_EQ(document.root().integer("z", problems), 0);
  EXPECT_EQ(document.root().number("w", problems), 0);
  EXPECT_EQ(document.root().child("b").number_or("t", 4, problems), 4);
  EXPECT_EQ(document.root().child("b").text_number(problems), 0);
  EXPECT_EQ(document.root().required("id", problems), "");
  ASSERT_EQ(problems.size(), 7u);
  const std::string text = problems.error().message;
  EXPECT_NE(text.find("f.xml:1: <a> x 'nan' is not a number\n"), std::string::npos) << text;
  EXPECT_NE(text.find("f.xml:3: <b> t 'inf' is not a number"), std::string::npos) << text;
}

TEST(Xml, MalformedTextIsRefusedWithItsLine) {
  EXPECT_EQ(xml_refusal("<a>\n<b>\n</a>").substr(0, 9), "f.xml:3: ");
  EXPECT_NE(xml_refusal(""), "");
  EXPECT_NE(xml_refusal("only text"), "");
  EXPECT_NE(xml_refusal("<a").find("f.xml:1: malformed XML"), std::string::npos);
  EXPECT_NE(xml_refusal(std::string("\xff\xfe<\0a\0", 6)).find("UTF-16"), std::string::npos);
}

TEST(Xml, EntityBombsAreRefused) {
  const std::string bomb = "<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY b 'bb'><!ENTITY c '&b;&b;'>]>\n<a>&c;</a>";
  EXPECT_NE(xml_refusal(bomb).find("f.xml:2: document type"), std::string::npos) << xml_refusal(bomb);
}

TEST(Xml, DeepNestingIsRefusedAndBroadFilesAreRead) {
  std::string deep, broad = "<r>";
  for (int i = 0; i < 100'000; ++i) {
    deep += "<a>";
    broad += "<a/>";
  }
  for (int i = 0; i < 100'000; ++i) deep += "</a>";
  EXPECT_NE(xml_refusal(deep).find("deeper than 256"), std::string::npos);
  EXPECT_EQ(parsed(broad + "</r>").root().children().size(), 100'000u);
}

TEST(Xml, AByteOrderMarkIsSkipped) { EXPECT_EQ(parsed("\xef\xbb\xbf<a/>").root().name(), "a"); }

TEST(Xml, AMissingFileIsAnError) {
  const auto document = XmlDocument::load("/nowhere/a.xml");
  ASSERT_FALSE(document);
  EXPECT_NE(document.error().message.find("/nowhere/a.xml"), std::string::npos);
  EXPECT_FALSE(XmlDocument::load("/tmp"));
}

}  // namespace
}  // namespace hangil::base
