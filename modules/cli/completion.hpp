// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/command_tree.hpp"

// Completion scripts, written from the tree of commands: subcommands and options; anything else completes as a file.
namespace hangil::cli {

std::string bash_completion(const CommandTree& program);
std::string zsh_completion(const CommandTree& program);
std::string fish_completion(const CommandTree& program);

}  // namespace hangil::cli
