// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>

#include "cli/commands.hpp"

namespace hangil::cli {

// Subcommands of `hangil eval`. Each adds itself to it, in eval_<name>_command.cpp; its callback sets `exit_code`.
void add_eval_detection(CLI::App& eval, int& exit_code);
void add_eval_lanes(CLI::App& eval, int& exit_code);
void add_eval_mot(CLI::App& eval, int& exit_code);
void add_eval_segmentation(CLI::App& eval, int& exit_code);

inline constexpr std::initializer_list<AddCommand> kEvalCommands = {add_eval_detection, add_eval_lanes, add_eval_mot,
                                                                    add_eval_segmentation};

}  // namespace hangil::cli
