// SPDX-License-Identifier: Apache-2.0
#include "runtime/time_histogram.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include <gtest/gtest.h>

namespace hangil::runtime {
namespace {

std::int64_t exact(const std::vector<std::int64_t>& sorted, double share) {
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size()) - 1e-9));
  return sorted[std::max<std::size_t>(rank, 1) - 1];
}

TEST(TimeHistogram, QuantilesAreWithinTheStatedResolutionOfExactOnes) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    std::mt19937_64 random(seed);
    std::lognormal_distribution<double> times(10 + static_cast<double>(seed % 10), 1.5);
    TimeHistogram histogram;
    std::vector<std::int64_t> sorted(1 + random() % 5000);
    for (std::int64_t& time : sorted) histogram.add(time = static_cast<std::int64_t>(times(random)));
    std::sort(sorted.begin(), sorted.end());
    for (const double share : {0.001, 0.1, 0.5, 0.9, 0.99, 0.999, 1.0}) {
      const auto wanted = static_cast<double>(exact(sorted, share));
      EXPECT_NEAR(static_cast<double>(histogram.quantile_ns(share)), wanted, 0.004 * wanted + 0.5) << seed;
    }
    EXPECT_EQ(histogram.max_ns(), sorted.back());
    EXPECT_EQ(histogram.count(), sorted.size());
  }
}

TEST(TimeHistogram, SmallTimesAreExactAndOnesOutOfRangeStayInIt) {
  TimeHistogram histogram;
  for (int ns = 0; ns < 256; ++ns) histogram.add(ns);
  EXPECT_EQ(histogram.quantile_ns(0.5), 127);
  histogram = {};
  histogram.add(-5);
  histogram.add(std::int64_t{1} << 60);
  EXPECT_EQ(histogram.quantile_ns(0.5), 0);
  EXPECT_EQ(histogram.quantile_ns(1), std::int64_t{1} << 60);
  EXPECT_EQ(TimeHistogram().quantile_ns(0.5), 0);
}

TEST(TimeHistogram, AddingTwoIsAddingAllTimesToOne) {
  TimeHistogram low, high, all;
  for (int k = 1; k < 2000; ++k) {
    (k % 3 == 0 ? low : high).add(k * 1000);
    all.add(k * 1000);
  }
  low.add(high);
  for (const double share : {0.01, 0.5, 0.999}) EXPECT_EQ(low.quantile_ns(share), all.quantile_ns(share));
  EXPECT_EQ(low.max_ns(), all.max_ns());
  EXPECT_DOUBLE_EQ(low.mean_ns(), all.mean_ns());
}

}  // namespace
}  // namespace hangil::runtime
