// SPDX-License-Identifier: Apache-2.0
#include "cli/installation.hpp"

#include <cstdlib>
#include <filesystem>

namespace hangil::cli {

std::string program_dir() {
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  return error ? "." : program.parent_path().string();
}

std::string module_dir() {
  if (const char* given = std::getenv("HANGIL_MODULE_DIR")) return given;
  return (std::filesystem::path(program_dir()) / "../lib/hangil").lexically_normal().string();
}

std::string config_dir() {
  return (std::filesystem::path(program_dir()) / "../share/hangil/configs").lexically_normal().string();
}

std::string cards_dir() { return config_dir() + "/models"; }

}  // namespace hangil::cli
