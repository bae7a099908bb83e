// SPDX-License-Identifier: Apache-2.0
#include "sweep/sampling.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include "base/digest.hpp"

namespace hangil::sweep {

namespace {

// Numbers below a bound, each from a seed and a counter.
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : state_(base::mix(0, seed)) {}
  // By multiplication (Lemire 2019), for bounds below 2^32; the bias is below bound / 2^32.
  std::uint64_t below(std::uint64_t bound) {
    state_ = base::mix(state_, bound);
    return ((state_ >> 32) * bound) >> 32;
  }

 private:
  std::uint64_t state_;
};

std::vector<std::uint64_t> equal_steps(const std::vector<std::uint64_t>& allowed, std::uint64_t count) {
  std::vector<std::uint64_t> chosen;
  for (std::uint64_t i = 0; i < count; ++i) chosen.push_back(allowed[i * allowed.size() / count]);
  return chosen;
}

std::vector<std::uint64_t> shuffled(std::uint64_t size, Draws& draws) {
  std::vector<std::uint64_t> order(size);
  std::iota(order.begin(), order.end(), 0);
  for (std::uint64_t i = size; i > 1; --i) std::swap(order[i - 1], order[draws.below(i)]);
  return order;
}

std::vector<std::uint64_t> at_random(const std::vector<std::uint64_t>& allowed, std::uint64_t count, Draws& draws) {
  std::vector<std::uint64_t> rest = allowed;
  for (std::uint64_t i = 0; i < count; ++i) std::swap(rest[i], rest[i + draws.below(rest.size() - i)]);
  rest.resize(count);
  return rest;
}

// One design: `count` points, of which every factor's values are taken equally often.
std::vector<std::uint64_t> latin_design(const scenario::Distribution& distribution, std::uint64_t count, Draws& draws) {
  std::vector<std::uint64_t> design(count, 0);
  for (const auto& factor : distribution.deterministic) {
    const std::vector<std::uint64_t> order = shuffled(count, draws);
    for (std::uint64_t i = 0; i < count; ++i) {
      const std::uint64_t value = order[i] * factor.size() / count;
      // With fewer points than values each stratum holds several: one of them at random.
      const std::uint64_t next = (order[i] + 1) * factor.size() / count;
      const std::uint64_t drawn = next > value + 1 ? value + draws.below(next - value) : value;
      design[i] = design[i] * factor.size() + drawn;
    }
  }
  return design;
}

std::vector<std::uint64_t> latin_hypercube(const scenario::Distribution& distribution,
                                           const std::vector<std::uint64_t>& allowed, std::uint64_t count,
                                           Draws& draws) {
  constexpr int kMostDesigns = 200;
  std::set<std::uint64_t> chosen;
  for (int i = 0; i < kMostDesigns && chosen.size() < count; ++i) {
    for (const std::uint64_t index : latin_design(distribution, count, draws)) {
      if (chosen.size() < count && std::binary_search(allowed.begin(), allowed.end(), index)) chosen.insert(index);
    }
  }
  // A space that is nearly forbidden: the rest at random.
  std::vector<std::uint64_t> rest;
  std::set_difference(allowed.begin(), allowed.end(), chosen.begin(), chosen.end(), std::back_inserter(rest));
  const auto more = at_random(rest, count - chosen.size(), draws);
  chosen.insert(more.begin(), more.end());
  return {chosen.begin(), chosen.end()};
}

}  // namespace

std::optional<Sampling> sampling_named(std::string_view name) {
  if (name == "grid") return Sampling::kGrid;
  if (name == "random") return Sampling::kRandom;
  if (name == "latin-hypercube") return Sampling::kLatinHypercube;
  return std::nullopt;
}

base::Result<std::vector<std::uint64_t>> sample(const scenario::Distribution& distribution,
                                                const scenario::ExpandedPoints& points, Sampling sampling,
                                                std::uint64_t count, std::uint64_t seed) {
  const std::vector<std::uint64_t>& allowed = points.allowed;
  if (allowed.empty()) return base::Error{distribution.file + ": no point satisfies the constraints"};
  if (count == 0 || count >= allowed.size()) return allowed;
  if (sampling == Sampling::kLatinHypercube && !distribution.stochastic.empty())
    return base::Error{distribution.file + ": a stochastic distribution is sampled already; use --method random"};
  Draws draws(seed);
  std::vector<std::uint64_t> chosen;
  if (sampling == Sampling::kGrid) chosen = equal_steps(allowed, count);
  if (sampling == Sampling::kRandom) chosen = at_random(allowed, count, draws);
  if (sampling == Sampling::kLatinHypercube) chosen = latin_hypercube(distribution, allowed, count, draws);
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

}  // namespace hangil::sweep
