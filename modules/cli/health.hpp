// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/machine.hpp"
#include "cli/package_list.hpp"

namespace hangil::cli {

// Something that will not work, or not well, and what to do about it.
struct Finding {
  static constexpr std::string_view kType = "hangil/Finding";
  bool is_blocking = false;  // building or replaying will fail
  std::string what, remedy;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("is_blocking", self.is_blocking);
    visit("what", self.what);
    visit("remedy", self.remedy);
  }
};

// Everything `hangil doctor` says; `--json` prints it as it stands.
struct Health {
  static constexpr std::string_view kType = "hangil/Health";
  Machine machine;
  RealTime real_time;
  std::vector<Package> packages;
  std::string module_dir;
  std::vector<std::string> module_libraries;
  std::vector<Finding> findings;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("machine", self.machine);
    visit("real_time", self.real_time);
    visit("packages", self.packages);
    visit("module_dir", self.module_dir);
    visit("module_libraries", self.module_libraries);
    visit("findings", self.findings);
  }
};

// Blocking findings first.
std::vector<Finding> judge(const Health& health);

// For people: facts, then findings.
std::string health_text(const Health& health);

}  // namespace hangil::cli
