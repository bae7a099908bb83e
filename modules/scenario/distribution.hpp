// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "scenario/library.hpp"

namespace hangil::scenario {

// Values that parameters take together; a single-parameter distribution has sets of one.
using ParameterSet = std::vector<ParameterAssignment>;

struct NormalDistribution {
  double mean = 0, variance = 1;
  bool is_logarithmic = false;
};
struct UniformDistribution {
  double lower = 0, upper = 1;
};
struct PoissonDistribution {
  double mean = 1;
};
// Weighted bins, or weighted values where lower == upper texts.
struct WeightedChoice {
  std::string text;  // of a set; empty: a bin of a histogram
  double lower = 0, upper = 0, weight = 1;
};
struct DiscreteDistribution {
  std::vector<WeightedChoice> choices;
};

struct StochasticParameter {
  std::string name;
  std::variant<UniformDistribution, NormalDistribution, PoissonDistribution, DiscreteDistribution> distribution;
  double least = 0, most = 0;  // of normal and Poisson distributions
  bool is_bounded = false;
};

// A parameter value distribution file: the scenario it varies, and how.
struct Distribution {
  std::string file, scenario_file;
  std::vector<std::vector<ParameterSet>> deterministic;  // one factor of the product each
  std::vector<StochasticParameter> stochastic;
  std::uint64_t test_run_count = 0;  // of stochastic distributions
  std::uint64_t seed = 0;
};

struct ReadDistribution {
  Distribution distribution;
  Findings findings;
};
base::Result<ReadDistribution> read_distribution(ScenarioLibrary& library, const std::string& path);

// How many points there are before constraints. Deterministic: the product of the factors, the first one varying
// slowest.
std::uint64_t point_count(const Distribution& distribution);
// Any point without those before it. Stochastic: point i depends on seed and i alone.
ParameterSet point(const Distribution& distribution, std::uint64_t index);

// The points whose parameters satisfy the scenario's ConstraintGroups, by index, and how many do not.
struct ExpandedPoints {
  std::vector<std::uint64_t> allowed;
  std::uint64_t violating_count = 0;
  std::vector<std::pair<std::string, std::uint64_t>> violating_by_parameter;
};
base::Result<ExpandedPoints> expand(ScenarioLibrary& library, const Distribution& distribution);

}  // namespace hangil::scenario
