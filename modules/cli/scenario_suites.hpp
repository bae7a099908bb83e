// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cli/scenario_jobs.hpp"

namespace hangil::cli {

// The runs of a public suite below a folder. alks (ASAM OSC-ALKS): every concrete template, and `sample_count` points
// of each logical scenario (0: none). ncap2026 (Euro NCAP frontal collision avoidance, AEB): every point of every
// StandardRange variation. Rules: r157 and ncap2026, unless others are given. In alks
// ego is an ALKS: it keeps its lane. In ncap2026 a run ends when ego has avoided the target for 2 s.
base::Result<std::vector<ScenarioJob>> jobs_of_suite(const std::string& suite, const std::string& folder,
                                                     std::uint64_t sample_count, std::uint64_t sample_seed,
                                                     const std::string& rules, const ScenarioDrive& drive);

// Points of Euro NCAP's standard range for these runs, a line a scenario and their sum.
std::string ncap_points_text(const std::vector<ScenarioJob>& jobs, const std::vector<verdict::ScenarioResult>& results);

}  // namespace hangil::cli
