// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/distribution.hpp"

namespace hangil::sweep {

enum class Sampling { kGrid, kRandom, kLatinHypercube };
std::optional<Sampling> sampling_named(std::string_view name);  // grid, random, latin-hypercube

// Points of a parameter space, by index (scenario::point), ascending; only those its constraints allow, none twice.
// The same for the same seed.
// Grid: all of them, or `count` at equal steps. Random: `count` of them, each set equally likely. Latin hypercube
// (McKay, Beckman and Conover, Technometrics 21, 1979): the values of every parameter equally often; where constraints
// forbid points, further designs fill up. `count` 0 or above what there is: all.
base::Result<std::vector<std::uint64_t>> sample(const scenario::Distribution& distribution,
                                                const scenario::ExpandedPoints& points, Sampling sampling,
                                                std::uint64_t count, std::uint64_t seed);

}  // namespace hangil::sweep
