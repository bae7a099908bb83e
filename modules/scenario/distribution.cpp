// SPDX-License-Identifier: Apache-2.0
#include "scenario/distribution.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "scenario/expression.hpp"
#include "scenario/read_scenario.hpp"

namespace hangil::scenario {

namespace {

constexpr std::uint64_t kTooMany = std::numeric_limits<std::uint64_t>::max();
constexpr int kMaxTries = 1000;

// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): the same numbers everywhere, any of them without those before it.
std::uint64_t mix(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15U;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31);
}

// A stream of numbers of one parameter of one point.
class PointNumbers {
 public:
  PointNumbers(std::uint64_t seed, std::uint64_t point, std::uint64_t parameter)
      : state_(mix(mix(mix(seed) ^ point) ^ (parameter * 0x9e3779b97f4a7c15U))) {}
  // In (0, 1).
  double uniform() {
    state_ = mix(state_);
    return (static_cast<double>(state_ >> 11) + 0.5) * 0x1p-53;
  }
  double normal() { return std::sqrt(-2 * std::log(uniform())) * std::cos(2 * std::numbers::pi * uniform()); }

 private:
  std::uint64_t state_;
};

double poisson(double mean, PointNumbers& numbers) {
  if (mean > 500) return std::max(0.0, std::round(mean + std::sqrt(mean) * numbers.normal()));
  const double limit = std::exp(-mean);
  double product = numbers.uniform(), count = 0;
  for (; product > limit; ++count) product *= numbers.uniform();
  return count;
}

double draw_number(const StochasticParameter& parameter, PointNumbers& numbers) {
  if (const auto* uniform = std::get_if<UniformDistribution>(&parameter.distribution)) {
    return uniform->lower + (uniform->upper - uniform->lower) * numbers.uniform();
  }
  if (const auto* normal = std::get_if<NormalDistribution>(&parameter.distribution)) {
    const double value = normal->mean + std::sqrt(normal->variance) * numbers.normal();
    return normal->is_logarithmic ? std::exp(value) : value;
  }
  return poisson(std::get<PoissonDistribution>(parameter.distribution).mean, numbers);
}

std::string draw_choice(const DiscreteDistribution& discrete, PointNumbers& numbers) {
  double total = 0;
  for (const WeightedChoice& choice : discrete.choices) total += choice.weight;
  double left = numbers.uniform() * total;
  for (const WeightedChoice& choice : discrete.choices) {
    left -= choice.weight;
    if (left > 0 && &choice != &discrete.choices.back()) continue;
    if (!choice.text.empty()) return choice.text;
    return number_text(choice.lower + (choice.upper - choice.lower) * numbers.uniform());
  }
  return "";
}

// Values outside the bounds are drawn again.
std::string draw(const StochasticParameter& parameter, PointNumbers numbers) {
  if (const auto* discrete = std::get_if<DiscreteDistribution>(&parameter.distribution)) {
    return draw_choice(*discrete, numbers);
  }
  double value = draw_number(parameter, numbers);
  for (int i = 0; parameter.is_bounded && (value < parameter.least || value > parameter.most); ++i) {
    if (i == kMaxTries) return number_text(std::clamp(value, parameter.least, parameter.most));
    value = draw_number(parameter, numbers);
  }
  return number_text(value);
}

}  // namespace

std::uint64_t point_count(const Distribution& distribution) {
  if (!distribution.stochastic.empty()) return distribution.test_run_count;
  std::uint64_t count = 1;
  for (const auto& factor : distribution.deterministic) {
    if (factor.empty()) return 0;
    if (count > kTooMany / factor.size()) return kTooMany;
    count *= factor.size();
  }
  return count;
}

ParameterSet point(const Distribution& distribution, std::uint64_t index) {
  ParameterSet set;
  for (std::size_t i = 0; i < distribution.stochastic.size(); ++i) {
    const StochasticParameter& parameter = distribution.stochastic[i];
    set.push_back({parameter.name, draw(parameter, PointNumbers(distribution.seed, index, i))});
  }
  for (auto factor = distribution.deterministic.rbegin(); factor != distribution.deterministic.rend(); ++factor) {
    const ParameterSet& chosen = (*factor)[index % factor->size()];
    set.insert(set.begin(), chosen.begin(), chosen.end());
    index /= factor->size();
  }
  return set;
}

base::Result<ExpandedPoints> expand(ScenarioLibrary& library, const Distribution& distribution) {
  constexpr std::uint64_t kMostPoints = 10'000'000;
  const std::uint64_t count = point_count(distribution);
  if (count > kMostPoints) {
    return base::Error{distribution.file + ": more than " + std::to_string(kMostPoints) + " points; narrow a range"};
  }
  const auto declarations = read_declared_parameters(library, distribution.scenario_file);
  if (!declarations) return declarations.error();
  ExpandedPoints points;
  for (const ParameterDeclaration& declaration : *declarations) {
    points.violating_by_parameter.emplace_back(declaration.name, 0);
  }
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto scope = ParameterScope::make(*declarations, point(distribution, i));
    if (!scope) return base::Error{distribution.file + ": point " + std::to_string(i) + ": " + scope.error().message};
    const auto violated = violations(*declarations, *scope);
    if (!violated) return violated.error();
    for (const ConstraintViolation& one : *violated) {
      for (auto& [name, times] : points.violating_by_parameter) times += name == one.parameter;
    }
    if (violated->empty())
      points.allowed.push_back(i);
    else
      ++points.violating_count;
  }
  std::erase_if(points.violating_by_parameter, [](const auto& entry) { return entry.second == 0; });
  return points;
}

}  // namespace hangil::scenario
