// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "cli/program.hpp"

namespace hangil::cli {

// The modules of this build and those that fail on purpose in one folder of links: what to set for the program.
inline std::string with_test_libraries() {
  const std::string folder = own_folder() + "libraries";
  std::filesystem::create_directories(folder);
  for (const char* from : {HANGIL_BUILD_DIR "/lib/hangil", HANGIL_BUILD_DIR "/tests/cli/libraries"}) {
    for (const auto& entry : std::filesystem::directory_iterator(from)) {
      const std::string link = folder + "/" + entry.path().filename().string();
      if (!std::filesystem::exists(link)) std::filesystem::create_symlink(entry.path(), link);
    }
  }
  return "HANGIL_MODULE_DIR=" + folder;
}

}  // namespace hangil::cli
