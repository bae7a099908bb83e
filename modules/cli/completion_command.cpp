// SPDX-License-Identifier: Apache-2.0
#include <iostream>

#include <CLI/CLI.hpp>

#include "cli/commands.hpp"
#include "cli/completion.hpp"

namespace hangil::cli {

void add_completion(CLI::App& app, int&) {
  CLI::App* command = app.add_subcommand("completion", "print a completion script for your shell");
  command->footer(
      "bash: eval \"$(hangil completion bash)\" in ~/.bashrc\n"
      "zsh:  eval \"$(hangil completion zsh)\" in ~/.zshrc, after compinit\n"
      "fish: hangil completion fish | source, in config.fish");
  auto shell = std::make_shared<std::string>();
  command->add_option("shell", *shell, "bash, zsh or fish")->required()->check(CLI::IsMember({"bash", "zsh", "fish"}));
  command->callback([&app, shell] {
    CommandTree program = command_tree(app);
    program.name = "hangil";
    std::cout << (*shell == "bash" ? bash_completion : *shell == "zsh" ? zsh_completion : fish_completion)(program);
  });
}

}  // namespace hangil::cli
