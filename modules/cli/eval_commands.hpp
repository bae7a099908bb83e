// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>

#include "cli/commands.hpp"

namespace hangil::cli {

// Subcommands of `hangil eval`. Each adds itself to it, in eval_<name>_command.cpp; its callback sets `exit_code`.
inline constexpr std::initializer_list<AddCommand> kEvalCommands = {};

}  // namespace hangil::cli
