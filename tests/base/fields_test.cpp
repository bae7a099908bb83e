// SPDX-License-Identifier: Apache-2.0
#include "base/fields.hpp"

#include <cmath>
#include <limits>
#include <random>

#include <gtest/gtest.h>

#include "base/message_type.hpp"

namespace hangil::base {
namespace {

enum class Colour : std::uint8_t { kRed = 0, kGreen = 1 };

struct Inner {
  static constexpr std::string_view kType = "sample_msgs/msg/Inner";
  std::uint8_t byte = 0;
  double number = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("byte", self.byte);
    visit("number", self.number);
  }
};

struct Outer {
  static constexpr std::string_view kType = "sample_msgs/msg/Outer";
  bool flag = false;
  std::int16_t small = 0;
  std::uint64_t large = 0;
  float ratio = 0;
  Time stamp;
  Duration span;
  Colour colour = Colour::kRed;
  std::string text;
  std::array<float, 3> triple{};
  std::vector<std::uint16_t> shorts;
  std::vector<Inner> inners;
  std::vector<std::string> words;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("flag", self.flag);
    visit("small", self.small);
    visit("large", self.large);
    visit("ratio", self.ratio);
    visit("stamp", self.stamp);
    visit("span", self.span);
    visit("colour", self.colour);
    visit("text", self.text);
    visit("triple", self.triple);
    visit("shorts", self.shorts);
    visit("inners", self.inners);
    visit("words", self.words);
  }
};

Outer random_outer(std::uint32_t seed) {
  std::mt19937 random(seed);
  const auto below = [&](std::uint32_t end) { return random() % end; };
  Outer value{.flag = below(2) == 1, .small = static_cast<std::int16_t>(random()), .large = random() * 0x100000001ULL};
  value.ratio = static_cast<float>(random()) / 7;
  value.stamp.ns = static_cast<std::int64_t>(random()) * 1'000'003 - 2'000'000'000'000'000;
  value.span.ns = static_cast<std::int64_t>(random()) - 2'147'483'648;
  value.colour = static_cast<Colour>(below(2));
  value.text = std::string(below(20), 'x');
  for (float& number : value.triple) number = -static_cast<float>(below(1000)) / 3;
  value.shorts.resize(below(9));
  for (auto& number : value.shorts) number = static_cast<std::uint16_t>(random());
  value.inners.resize(below(5));
  for (Inner& inner : value.inners) inner = {static_cast<std::uint8_t>(random()), std::sin(random())};
  value.words.resize(below(4), "wörd");
  return value;
}

Bytes encoded(const Outer& value) {
  Bytes bytes;
  encode_cdr(value, bytes);
  return bytes;
}

TEST(Cdr, EveryRandomValueComesBackBitForBit) {
  for (std::uint32_t seed = 0; seed < 500; ++seed) {
    const Outer value = random_outer(seed);
    const auto read = decode_cdr<Outer>(encoded(value));
    ASSERT_TRUE(read.ok()) << seed << ": " << read.error().message;
    EXPECT_TRUE(diff(value, *read).empty()) << seed;
  }
}

TEST(Cdr, MembersAlignToTheirSizeFromBehindTheHeader) {
  Bytes bytes;
  encode_cdr(Inner{7, 1.0}, bytes);
  EXPECT_EQ(bytes, (Bytes{0, 1, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f}));
}

TEST(Cdr, BigEndianReadsTheSame) {
  const auto read = decode_cdr<Inner>(Bytes{0, 0, 0, 0, 7, 9, 9, 9, 9, 9, 9, 9, 0x3f, 0xf0, 0, 0, 0, 0, 0, 0});
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(read->byte, 7);
  EXPECT_EQ(read->number, 1.0);
}

TEST(Cdr, EveryTruncationNamesAByte) {
  const Bytes bytes = encoded(random_outer(3));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto read = decode_cdr<Outer>(std::span(bytes.data(), size));
    ASSERT_FALSE(read.ok()) << size;
    EXPECT_NE(read.error().message.find("sample_msgs/msg/Outer: byte "), std::string::npos);
  }
}

TEST(Cdr, RandomBytesNeverCrashAndNeverAllocateBeyondThemselves) {
  std::mt19937 random(11);
  for (int round = 0; round < 20'000; ++round) {
    Bytes bytes(random() % 200);
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random() % 3 == 0 ? random() : 0);
    if (bytes.size() > 1) bytes[0] = 0, bytes[1] = round % 2;
    const auto read = decode_cdr<Outer>(bytes);
    if (!read.ok()) continue;
    EXPECT_LE(read->shorts.capacity() + read->inners.capacity() + read->words.capacity(), 3 * bytes.size());
  }
}

TEST(Cdr, CountBombNamesTheMemberAndTheOffset) {
  Outer value;
  Bytes bytes = encoded(value);
  // From behind: words, inners and shorts are three counts of 4 bytes each.
  std::fill(bytes.end() - 12, bytes.end() - 8, 0xff);
  const auto read = decode_cdr<Outer>(bytes);
  ASSERT_FALSE(read.ok());
  EXPECT_NE(read.error().message.find("member 'shorts'"), std::string::npos) << read.error().message;
  EXPECT_NE(read.error().message.find("4294967295"), std::string::npos);
}

TEST(Cdr, ForeignEncapsulationAndOpenStringsAreRefused) {
  for (const Bytes& bytes : {Bytes{}, Bytes{0, 1}, Bytes{0, 3, 0, 0, 1, 2, 3, 4}, Bytes{1, 1, 0, 0, 1, 2, 3, 4}}) {
    EXPECT_FALSE(decode_cdr<Outer>(bytes).ok());
  }
  Outer value;
  value.text = "abc";
  Bytes bytes = encoded(value);
  const auto zero = std::find(bytes.begin(), bytes.end(), 'c') + 1;
  *zero = 'd';
  EXPECT_NE(decode_cdr<Outer>(bytes).error().message.find("closing zero"), std::string::npos);
}

TEST(Cdr, WriterReusesTheBufferFromItsStart) {
  Bytes bytes = encoded(random_outer(1));
  encode_cdr(Outer{}, bytes);
  EXPECT_EQ(bytes, encoded(Outer{}));
}

TEST(Schema, TextFollowsTheMembers) {
  const std::string text = schema_text<Outer>();
  EXPECT_EQ(text.substr(0, text.find('=')),
            "bool flag\nint16 small\nuint64 large\nfloat32 ratio\nbuiltin_interfaces/Time stamp\n"
            "builtin_interfaces/Duration span\nuint8 colour\nstring text\nfloat32[3] triple\nuint16[] shorts\n"
            "sample_msgs/Inner[] inners\nstring[] words\n");
  EXPECT_NE(text.find("MSG: sample_msgs/Inner\nuint8 byte\nfloat64 number\n"), std::string::npos);
  EXPECT_NE(text.find("MSG: builtin_interfaces/Duration\nint32 sec\nuint32 nanosec\n"), std::string::npos);
}

TEST(Json, PrintsWhatAReaderOfRosExpects) {
  Inner inner{200, 0.1};
  EXPECT_EQ(to_json(inner), R"({"byte":200,"number":0.1})");
  Outer value;
  value.stamp.ns = -1;
  value.text = "a\"b\\\n\x01";
  value.shorts = {1, 2, 3};
  const std::string text = to_json(value, 2);
  EXPECT_NE(text.find(R"("stamp":{"sec":-1,"nanosec":999999999})"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("text":"a\"b\\\u000a\u0001")"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("shorts":[1,2,"... 3 in all"])"), std::string::npos) << text;
}

TEST(Json, NumbersReadBackAsThemselvesAndNoNumberIsNull) {
  std::mt19937_64 random(5);
  for (int i = 0; i < 1000; ++i) {
    const double number = std::ldexp(static_cast<double>(random()), static_cast<int>(random() % 120) - 100);
    EXPECT_EQ(std::stod(json_number(number)), number);
    const auto single = static_cast<float>(number);
    EXPECT_EQ(std::stof(json_number(single)), single);
  }
  EXPECT_EQ(json_number(std::numeric_limits<double>::quiet_NaN()), "null");
  EXPECT_EQ(json_number(-std::numeric_limits<float>::infinity()), "null");
}

TEST(FieldDiff, ComparesBitsNotValues) {
  Inner left{0, 0.0}, right{0, -0.0};
  EXPECT_EQ(diff(left, right).size(), 1u);
  left.number = right.number = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(diff(left, right).empty());
}

TEST(FieldDiff, NamesSizesAndElementsUpToTheLimit) {
  Outer left = random_outer(8), right = left;
  right.inners.push_back({1, 2});
  right.words.push_back("more");
  right.triple[2] = 99;
  const auto found = diff(left, right);
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].path, "triple[2]");
  EXPECT_EQ(found[1].path, "inners.size");
  EXPECT_EQ(found[2].path, "words.size");
  EXPECT_EQ(diff(left, right, 2).size(), 2u);
}

TEST(FieldDiff, OneRandomChangeIsAlwaysFound) {
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    const Outer left = random_outer(seed);
    Outer right = left;
    right.large ^= 1ULL << (seed % 64);
    const auto found = diff(left, right);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].path, "large");
  }
}

}  // namespace
}  // namespace hangil::base
