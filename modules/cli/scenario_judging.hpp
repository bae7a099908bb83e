// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/scenario_drive.hpp"
#include "verdict/judge.hpp"

namespace hangil::cli {

// What a driven scenario looks like to its judge: everybody at the times of the ground truth (10 Hz), in the map.
verdict::ScenarioTrace trace_of(const ScenarioOutcome& outcome);

// The expectations beside a scenario (expectations.yaml in its folder), else that ego touches nobody.
base::Result<verdict::Expectations> expectations_of(const std::string& scenario_file);

}  // namespace hangil::cli
