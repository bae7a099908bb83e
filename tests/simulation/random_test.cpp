// SPDX-License-Identifier: Apache-2.0
#include "simulation/random.hpp"

#include <gtest/gtest.h>

namespace hangil::simulation {
namespace {

// Known answers published with the generator (Random123, kat_vectors: philox 4x32, 10 rounds).
TEST(Philox, GivesThePublishedAnswers) {
  EXPECT_EQ(philox(0, {0, 0, 0, 0}), (RandomBlock{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox(0x299f31d0a4093822, {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}),
            (RandomBlock{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Draw, EveryPartOfTheCounterMatters) {
  const RandomBlock base = draw(1, RandomStream::kLidar, 5, 7);
  EXPECT_NE(base, draw(2, RandomStream::kLidar, 5, 7));
  EXPECT_NE(base, draw(1, RandomStream::kImu, 5, 7));
  EXPECT_NE(base, draw(1, RandomStream::kLidar, 6, 7));
  EXPECT_NE(base, draw(1, RandomStream::kLidar, 5 + (std::int64_t{1} << 32), 7));
  EXPECT_NE(base, draw(1, RandomStream::kLidar, 5, 8));
  EXPECT_EQ(base, draw(1, RandomStream::kLidar, 5, 7));
}

TEST(Normals, HaveMeanZeroVarianceOneAndNoCorrelation) {
  double sum = 0, squares = 0, product = 0;
  constexpr int kCount = 100'000;
  for (std::uint32_t i = 0; i < kCount; ++i) {
    const RandomBlock bits = draw(3, RandomStream::kScene, 0, i);
    const auto [a, b] = normals(bits[0], bits[1]);
    sum += a + b, squares += a * a + b * b, product += a * b;
  }
  EXPECT_NEAR(sum / (2 * kCount), 0, 0.01);
  EXPECT_NEAR(squares / (2 * kCount), 1, 0.01);
  EXPECT_NEAR(product / kCount, 0, 0.01);
}

TEST(Uniform, StaysInsideTheOpenInterval) {
  EXPECT_GT(uniform(0), 0);
  EXPECT_LT(uniform(0xffffffff), 1);
}

}  // namespace
}  // namespace hangil::simulation
