// SPDX-License-Identifier: Apache-2.0
#include "cli/command_tree.hpp"

#include <CLI/CLI.hpp>

namespace hangil::cli {

namespace {

CommandOption describe(const CLI::Option& option) {
  CommandOption described{.meaning = option.get_description(), .takes_value = option.get_items_expected_max() > 0};
  for (const std::string& name : option.get_snames()) described.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) described.names.push_back("--" + name);
  return described;
}

}  // namespace

CommandTree command_tree(const CLI::App& app) {
  CommandTree tree{app.get_name(), app.get_description(), {}, {}};
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_positional()) tree.options.push_back(describe(*option));
  }
  for (const CLI::App* command : app.get_subcommands({})) tree.commands.push_back(command_tree(*command));
  return tree;
}

}  // namespace hangil::cli
