// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "base/digest.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace hangil::base {
namespace {

TEST(Duration, SecondsRoundToTheNearestNanosecondOnBothSidesOfZero) {
  EXPECT_EQ(Duration::seconds(1e-9 * 0.6).ns, 1);
  EXPECT_EQ(Duration::seconds(-1e-9 * 0.6).ns, -1);
  EXPECT_EQ(Duration::milliseconds(2.5).ns, 2'500'000);
  EXPECT_EQ(Duration::seconds(0.1).ns, 100'000'000);
}

TEST(Time, DifferencesAndSumsAreExact) {
  const Time start{1'700'000'000'123'456'789};
  EXPECT_EQ((start + Duration{1}) - start, Duration{1});
  EXPECT_EQ(start - Duration{5} + Duration{5}, start);
  EXPECT_LT(start, start + Duration{1});
  EXPECT_EQ(Duration{3} * 4, Duration{12});
}

TEST(Digest, IsXxh3) {
  EXPECT_EQ(digest_text(digest_bytes({})), "2d06800538d394c2");
  const std::uint8_t letter[] = {'a'};
  EXPECT_EQ(digest_text(digest_bytes(letter)), "e6c632b61e964e1f");
  EXPECT_NE(digest_bytes(letter, 1), digest_bytes(letter));
}

TEST(Digest, TextIsSixteenDigits) {
  EXPECT_EQ(digest_text(0), "0000000000000000");
  EXPECT_EQ(digest_text(0x0123456789abcdefULL), "0123456789abcdef");
}

TEST(Mix, OrderAndEveryBitOfBothMatter) {
  EXPECT_NE(mix(mix(0, 1), 2), mix(mix(0, 2), 1));
  std::mt19937_64 random(2);
  for (int round = 0; round < 100; ++round) {
    const std::uint64_t chain = random(), word = random();
    std::set<std::uint64_t> of_word{mix(chain, word)}, of_chain{mix(chain, word)};
    for (int bit = 0; bit < 64; ++bit) {
      of_word.insert(mix(chain, word ^ (1ULL << bit)));
      of_chain.insert(mix(chain ^ (1ULL << bit), word));
    }
    EXPECT_EQ(of_word.size(), 65u);
    EXPECT_EQ(of_chain.size(), 65u);
  }
}

TEST(Result, HoldsAValueOrAnError) {
  Result<std::string> good(std::string("x")), bad(Error{"a.yaml:3: no"});
  ASSERT_TRUE(good.ok());
  EXPECT_EQ(*good, "x");
  EXPECT_EQ(good->size(), 1u);
  EXPECT_FALSE(bad);
  EXPECT_EQ(bad.error().message, "a.yaml:3: no");
  EXPECT_TRUE(Status());
  EXPECT_FALSE(Status(Error{"x"}).ok());
}

TEST(Result, MovesOnlyWhatCanOnlyBeMoved) {
  Result<std::unique_ptr<int>> result(std::make_unique<int>(3));
  const std::unique_ptr<int> taken = *std::move(result);
  EXPECT_EQ(*taken, 3);
}

}  // namespace
}  // namespace hangil::base
