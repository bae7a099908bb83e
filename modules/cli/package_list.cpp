// SPDX-License-Identifier: Apache-2.0
#include "cli/package_list.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace hangil::cli {

namespace {

std::string trimmed(const std::string& text) {
  const std::size_t start = text.find_first_not_of(" \t"), end = text.find_last_not_of(" \t");
  return start == std::string::npos ? "" : text.substr(start, end + 1 - start);
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) parts.push_back(trimmed(part));
  return parts;
}

bool is_program_on(const std::string& path, const std::string& name) {
  std::error_code error;
  for (const std::string& folder : split(path, ':')) {
    if (!folder.empty() && std::filesystem::exists(std::filesystem::path(folder) / name, error)) return true;
  }
  return false;
}

}  // namespace

bool Package::is_in(std::string_view group) const {
  std::istringstream stream(groups);
  for (std::string word; stream >> word;) {
    if (!word.empty() && word.back() == ',') word.pop_back();
    if (word == group) return true;
  }
  return false;
}

std::vector<Package> parse_package_list(std::string_view text) {
  std::vector<Package> packages;
  for (const std::string& line : split(std::string(text), '\n')) {
    const std::vector<std::string> columns = split(line, '|');
    if (line.empty() || line.front() == '#' || columns.size() != 5) continue;
    packages.push_back({columns[0], columns[1], columns[3], columns[4]});
  }
  return packages;
}

std::set<std::string> installed_packages(const std::string& status_path) {
  std::set<std::string> installed;
  std::ifstream stream(status_path);
  std::string name;
  for (std::string line; std::getline(stream, line);) {
    if (line.rfind("Package: ", 0) == 0) name = line.substr(9);
    if (line == "Status: install ok installed" || line == "Status: hold ok installed") installed.insert(name);
  }
  return installed;
}

void mark_present(std::vector<Package>& packages, const std::set<std::string>& installed, const std::string& path) {
  for (Package& package : packages) {
    package.is_present = installed.count(package.name) > 0 || is_program_on(path, package.name);
  }
}

}  // namespace hangil::cli
