// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "drives.hpp"

// The public maps for tests; they lie outside the repository.
namespace hangil::tests {

inline std::string suites_dir() { return shared_dir() + "/suites"; }

// Every file below the suites with that extension, sorted.
inline std::vector<std::string> suite_files(const std::string& extension) {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(suites_dir())) {
    if (entry.path().extension() == extension) paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

// The first file below the suites with that name, or "".
inline std::string suite_file(const std::string& name) {
  for (const std::string& path : suite_files(std::filesystem::path(name).extension().string())) {
    if (std::filesystem::path(path).filename() == name) return path;
  }
  return "";
}

}  // namespace hangil::tests
