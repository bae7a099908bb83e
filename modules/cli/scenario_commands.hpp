// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "scenario/parameters.hpp"

namespace CLI {
class App;
}

// What the subcommands of `hangil scenario` share.
namespace hangil::cli {

void add_scenario_play(CLI::App& app, int& exit_code);
void add_scenario_compare(CLI::App& app, int& exit_code);
void add_scenario_run(CLI::App& app, int& exit_code);

// NAME=VALUE texts.
base::Result<std::vector<scenario::ParameterAssignment>> parameter_assignments(const std::vector<std::string>& texts);

}  // namespace hangil::cli
