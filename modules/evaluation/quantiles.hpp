// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "evaluation/score.hpp"

namespace hangil::evaluation {

// The spread of a set of numbers. Quantiles are values that occurred (nearest rank); null when there is none.
struct Quantiles {
  static constexpr std::string_view kType = "hangil_msgs/msg/Quantiles";
  std::uint64_t sample_count = 0;
  double mean = kNoValue, p50 = kNoValue, p95 = kNoValue, p99 = kNoValue;
  double p999 = kNoValue;  // from 1,000 samples on: with fewer it would only repeat the maximum
  double max = kNoValue;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("sample_count", self.sample_count);
    visit("mean", self.mean);
    visit("p50", self.p50);
    visit("p95", self.p95);
    visit("p99", self.p99);
    visit("p999", self.p999);
    visit("max", self.max);
  }
};

// Numbers that are not finite are left out. The order of `values` does not matter.
Quantiles quantiles(std::vector<double> values);

}  // namespace hangil::evaluation
