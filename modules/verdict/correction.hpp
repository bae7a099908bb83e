// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace hangil::verdict {

// Adjusted p-values in the given order. Holm, "A simple sequentially rejective multiple test procedure", Scand. J.
// Statist. 6 (1979): bounds the chance of any false alarm.
std::vector<double> holm(const std::vector<double>& p_values);
// Benjamini and Hochberg, "Controlling the false discovery rate", J. R. Statist. Soc. B 57 (1995): bounds their share.
std::vector<double> benjamini_hochberg(const std::vector<double>& p_values);

struct Interval {
  double low = 0, high = 0;
};
// 95 % interval of the mean of these differences by the percentile bootstrap (Efron and Tibshirani 1993, section 13.3),
// 2,000 resamples; the seed alone decides them.
Interval bootstrap_mean(const std::vector<double>& differences, std::uint64_t seed);

// Two-sided p-value that the mean difference is zero, by flipping signs (Fisher 1935): exact up to 12 pairs, else 4,096
// draws. 1 for no pairs.
double sign_flip_p(const std::vector<double>& differences, std::uint64_t seed);

}  // namespace hangil::verdict
