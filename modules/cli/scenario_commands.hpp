// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace CLI {
class App;
}

// What the subcommands of `hangil scenario` share.
namespace hangil::cli {

void add_scenario_play(CLI::App& app, int& exit_code);
void add_scenario_compare(CLI::App& app, int& exit_code);
void add_scenario_sweep(CLI::App& app, int& exit_code);
void add_scenario_run(CLI::App& app, int& exit_code);

}  // namespace hangil::cli
