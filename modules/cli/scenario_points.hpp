// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/scenario_jobs.hpp"
#include "sweep/sampling.hpp"

namespace hangil::cli {

// Which points of a parameter space are driven.
struct PointChoice {
  sweep::Sampling sampling = sweep::Sampling::kRandom;
  std::uint64_t count = 0;  // 0: all
  std::uint64_t seed = 0;
  std::string table;  // a file of points (sweep/point_table.hpp) instead
};

// The chosen points of a ParameterValueDistribution file, or those of the table for a scenario file; each a job named
// after the file and its index.
base::Result<std::vector<ScenarioJob>> jobs_of_points(const std::string& file, const PointChoice& choice,
                                                      const ScenarioDrive& drive);

}  // namespace hangil::cli
