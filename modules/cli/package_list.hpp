// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>

#include "base/fields.hpp"

namespace hangil::cli {

// A line of third_party/packages.txt.
struct Package {
  static constexpr std::string_view kType = "hangil/Package";
  std::string name, version, groups, why;
  bool is_present = false;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("name", self.name);
    visit("version", self.version);
    visit("groups", self.groups);
    visit("why", self.why);
    visit("is_present", self.is_present);
  }
  bool is_in(std::string_view group) const;
};

// Lines "name | version | licence | groups | why"; comments and lines of another form are passed over.
std::vector<Package> parse_package_list(std::string_view text);
// The list as it was when this program was built.
std::string_view built_in_package_list();

// Names of the packages that dpkg has installed, from its status file; empty where that cannot be read.
std::set<std::string> installed_packages(const std::string& status_path = "/var/lib/dpkg/status");
// A package counts as present when dpkg has it, or when a program of that name is on `path` (a newer cmake, say).
void mark_present(std::vector<Package>& packages, const std::set<std::string>& installed, const std::string& path);

}  // namespace hangil::cli
