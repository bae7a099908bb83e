// SPDX-License-Identifier: Apache-2.0
#include "verdict/correction.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace hangil::verdict {

namespace {

std::vector<std::size_t> ascending_order(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  return order;
}

double flipped_sum(const std::vector<double>& differences, std::uint64_t signs) {
  double sum = 0;
  for (std::size_t i = 0; i < differences.size(); ++i)
    sum += (signs >> (i % 64) & 1) != 0 ? differences[i] : -differences[i];
  return sum;
}

// As extreme as observed, but for rounding.
bool is_extreme(double sum, double observed) { return std::abs(sum) >= std::abs(observed) * (1 - 1e-12); }

double exact_p(const std::vector<double>& differences, double observed) {
  const std::uint64_t count = std::uint64_t{1} << differences.size();
  std::uint64_t extreme = 0;
  for (std::uint64_t signs = 0; signs < count; ++signs)
    extreme += is_extreme(flipped_sum(differences, signs), observed);
  return static_cast<double>(extreme) / static_cast<double>(count);
}

double drawn_p(const std::vector<double>& differences, double observed, std::uint64_t seed) {
  constexpr int kDraws = 4096;
  std::mt19937_64 random(seed);
  int extreme = 1;  // the observed signs are one of the draws
  for (int draw = 1; draw < kDraws; ++draw) {
    double sum = 0;
    std::uint64_t signs = 0;
    for (std::size_t i = 0; i < differences.size(); ++i) {
      if (i % 64 == 0) signs = random();
      sum += (signs >> (i % 64) & 1) != 0 ? differences[i] : -differences[i];
    }
    extreme += is_extreme(sum, observed);
  }
  return static_cast<double>(extreme) / kDraws;
}

}  // namespace

std::vector<double> holm(const std::vector<double>& p_values) {
  std::vector<double> adjusted(p_values.size());
  double most = 0;
  const auto order = ascending_order(p_values);
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    most = std::max(most, std::min(1.0, p_values[order[rank]] * static_cast<double>(order.size() - rank)));
    adjusted[order[rank]] = most;
  }
  return adjusted;
}

std::vector<double> benjamini_hochberg(const std::vector<double>& p_values) {
  std::vector<double> adjusted(p_values.size());
  double least = 1;
  const auto order = ascending_order(p_values);
  for (std::size_t rank = order.size(); rank-- > 0;) {
    const double share = static_cast<double>(order.size()) / static_cast<double>(rank + 1);
    least = std::min(least, p_values[order[rank]] * share);
    adjusted[order[rank]] = least;
  }
  return adjusted;
}

Interval bootstrap_mean(const std::vector<double>& differences, std::uint64_t seed) {
  if (differences.empty()) return {};
  constexpr int kResamples = 2000;
  std::mt19937_64 random(seed);
  std::vector<double> means(kResamples);
  for (double& mean : means) {
    double sum = 0;
    for (std::size_t i = 0; i < differences.size(); ++i) sum += differences[random() % differences.size()];
    mean = sum / static_cast<double>(differences.size());
  }
  std::sort(means.begin(), means.end());
  return {means[kResamples * 25 / 1000], means[kResamples * 975 / 1000 - 1]};
}

double sign_flip_p(const std::vector<double>& differences, std::uint64_t seed) {
  constexpr std::size_t kExact = 12;
  if (differences.empty()) return 1;
  const double observed = std::accumulate(differences.begin(), differences.end(), 0.0);
  return differences.size() <= kExact ? exact_p(differences, observed) : drawn_p(differences, observed, seed);
}

}  // namespace hangil::verdict
