// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <string>

namespace CLI {
class App;
}

namespace hangil::cli {

// What the program returns to the shell.
enum ExitCode : int { kClean = 0, kFailed = 1, kUsage = 2, kDataLoss = 3 };

// Says why a command ends early, to stderr, and returns the exit code.
int fail(const std::string& message, int exit_code = kFailed);
// The exit code of a command that went through, with a warning when the recording it read is damaged.
int end_of_reading(const std::string& path, const std::string& damage);

// Each adds one subcommand, in <name>_command.cpp; its callback sets `exit_code`.
using AddCommand = void (*)(CLI::App& app, int& exit_code);

// Declare it here and list it below; --help shows them in this order.
void add_demo_drive(CLI::App& app, int& exit_code);
void add_convert(CLI::App& app, int& exit_code);
void add_replay(CLI::App& app, int& exit_code);
void add_run(CLI::App& app, int& exit_code);
void add_info(CLI::App& app, int& exit_code);
void add_cat(CLI::App& app, int& exit_code);
void add_eval(CLI::App& app, int& exit_code);
void add_report(CLI::App& app, int& exit_code);
void add_latency(CLI::App& app, int& exit_code);
void add_diff(CLI::App& app, int& exit_code);
void add_recover(CLI::App& app, int& exit_code);
void add_drivers(CLI::App& app, int& exit_code);
void add_map(CLI::App& app, int& exit_code);
void add_scenario(CLI::App& app, int& exit_code);
void add_sensors(CLI::App& app, int& exit_code);
void add_modules(CLI::App& app, int& exit_code);
void add_model(CLI::App& app, int& exit_code);
void add_new_module(CLI::App& app, int& exit_code);
void add_doctor(CLI::App& app, int& exit_code);
void add_completion(CLI::App& app, int& exit_code);

inline constexpr std::initializer_list<AddCommand> kCommands = {
    add_demo_drive, add_convert, add_replay, add_run,        add_eval,    add_report,     add_latency,
    add_info,       add_cat,     add_diff,   add_recover,    add_drivers, add_map,        add_scenario,
    add_sensors,    add_modules, add_model,  add_new_module, add_doctor,  add_completion,
};

}  // namespace hangil::cli
