// SPDX-License-Identifier: Apache-2.0
#include "evaluation/quantiles.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hangil::evaluation {

Quantiles quantiles(std::vector<double> values) {
  std::erase_if(values, [](double value) { return !std::isfinite(value); });
  std::sort(values.begin(), values.end());
  Quantiles result;
  result.sample_count = values.size();
  if (values.empty()) return result;
  const auto count = static_cast<double>(values.size());
  // The small subtraction keeps 0.99 * 100, which is 99.000000000000014, at rank 99.
  const auto at = [&](double q) {
    return values[static_cast<std::size_t>(std::max(std::ceil(q * count - 1e-9), 1.0)) - 1];
  };
  result.mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
  result.p50 = at(0.5), result.p95 = at(0.95), result.p99 = at(0.99);
  if (values.size() >= 1000) result.p999 = at(0.999);
  result.max = values.back();
  return result;
}

}  // namespace hangil::evaluation
