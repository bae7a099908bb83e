// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include "base/heap.hpp"
#include "cli/commands.hpp"
#include "runtime/large_pages.hpp"

int main(int argc, char** argv) {
  hangil::base::keep_freed_memory();
  hangil::runtime::put_heap_on_large_pages();
  CLI::App app{"Hangil: autonomous-driving perception and planning"};
  app.require_subcommand(1);
  int exit_code = hangil::cli::kClean;
  for (const hangil::cli::AddCommand add : hangil::cli::kCommands) add(app, exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? hangil::cli::kClean : hangil::cli::kUsage;
  }
  return exit_code;
}
