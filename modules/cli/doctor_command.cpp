// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include <CLI/CLI.hpp>

#include "base/json.hpp"
#include "cli/commands.hpp"
#include "cli/health.hpp"
#include "cli/installation.hpp"

namespace hangil::cli {

namespace {

std::vector<std::string> module_libraries(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".so") names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

Health examine() {
  Health health{.machine = read_machine(), .real_time = read_real_time()};
  health.packages = parse_package_list(built_in_package_list());
  const char* path = std::getenv("PATH");
  mark_present(health.packages, installed_packages(), path != nullptr ? path : "");
  health.module_dir = module_dir();
  health.module_libraries = module_libraries(health.module_dir);
  health.findings = judge(health);
  return health;
}

}  // namespace

void add_doctor(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("doctor", "look at this machine and say what will not work, and what to do");
  command->footer("Exit code 1 when something that building or replaying needs is missing; notes alone give 0.");
  auto is_json = std::make_shared<bool>(false);
  command->add_flag("--json", *is_json, "print one JSON object");
  command->callback([is_json, &exit_code] {
    const Health health = examine();
    std::cout << (*is_json ? base::to_json(health) + "\n" : health_text(health));
    // Blocking findings come first.
    exit_code = !health.findings.empty() && health.findings.front().is_blocking ? kFailed : kClean;
  });
}

}  // namespace hangil::cli
