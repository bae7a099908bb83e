// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace hangil::cli {

// What a scenario sets of the closed loop, in `settings.yaml` beside it: `seed`, `keep_lane`, and keys of module
// scenario_world
// (`hangil modules describe scenario_world`: sensor_latency_s, dropout_ratio, max_range_m ...).
struct ScenarioSettings {
  std::optional<std::uint64_t> seed;
  bool keeps_lane = false;
  std::vector<std::string> world;  // key=value
};

// Nothing is set where there is no such file. Errors: unknown, mistyped and out-of-range keys with file and line.
base::Result<ScenarioSettings> settings_of(const std::string& scenario_file);

}  // namespace hangil::cli
