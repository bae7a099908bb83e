// SPDX-License-Identifier: Apache-2.0
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iostream>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "cli/commands.hpp"

namespace hangil::cli {

namespace {

// The source tree that the working folder lies in; empty when there is none.
std::filesystem::path find_script() {
  std::error_code error;
  for (auto folder = std::filesystem::current_path(error); !folder.empty(); folder = folder.parent_path()) {
    const auto script = folder / "scripts/new_module.sh";
    if (std::filesystem::exists(script, error)) return script;
    if (folder == folder.parent_path()) break;
  }
  return {};
}

// Becomes the script, which has the templates; returns only when that cannot be started.
int run_script(const std::string& room, const std::string& name) {
  const std::filesystem::path script = find_script();
  if (script.empty()) {
    std::cerr << "hangil new-module: no scripts/new_module.sh in this folder or above; "
                 "a module is written into a source tree of Hangil, so go there first\n";
    return kFailed;
  }
  execl(script.c_str(), script.c_str(), room.c_str(), name.c_str(), static_cast<char*>(nullptr));
  std::cerr << "hangil new-module: " << script.string() << ": " << std::strerror(errno) << "\n";
  return kFailed;
}

}  // namespace

void add_new_module(CLI::App& app, int& exit_code) {
  struct Arguments {
    std::string room, name;
  };
  CLI::App* command = app.add_subcommand("new-module", "write a module that builds, runs and is tested");
  auto arguments = std::make_shared<Arguments>();
  command->add_option("room", arguments->room, "folder in modules/ it belongs to, e.g. fusion")->required();
  command->add_option("name", arguments->name, "snake_case name, e.g. nearby_objects")->required();
  command->callback([arguments, &exit_code] { exit_code = run_script(arguments->room, arguments->name); });
}

}  // namespace hangil::cli
