// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace hangil::cli {

// One option as the shell sees it: "-o", "--output".
struct CommandOption {
  std::vector<std::string> names;
  std::string meaning;
  bool takes_value = false;
};

// The program or one of its subcommands.
struct CommandTree {
  std::string name, meaning;
  std::vector<CommandOption> options;
  std::vector<CommandTree> commands;
};

CommandTree command_tree(const CLI::App& app);

}  // namespace hangil::cli
