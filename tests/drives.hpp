// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

// Real drives for tests. They lie outside the repository (../shared beside it) and are unpacked by scripts/test.sh.
namespace hangil::tests {

inline std::string shared_dir() { return std::string(HANGIL_SOURCE_DIR) + "/../shared"; }

// Where the unpacked drives lie: $HANGIL_DRIVES, else build/drives.
inline std::string drives_dir() {
  const char* given = std::getenv("HANGIL_DRIVES");
  return given != nullptr ? given : std::string(HANGIL_SOURCE_DIR) + "/build/drives";
}

inline bool skipping_is_a_failure() {
  const char* ci = std::getenv("CI");
  return ci != nullptr && std::string(ci) == "true" && std::filesystem::exists(shared_dir());
}

}  // namespace hangil::tests

// Skips the test with a clear message where the data is absent; in CI, where it must be there, fails instead.
#define HANGIL_NEEDS_DATA(path)                                                                \
  if (!std::filesystem::exists(path)) {                                                        \
    if (hangil::tests::skipping_is_a_failure()) FAIL() << "drive data is missing: " << (path); \
    GTEST_SKIP() << "needs drive data that is not part of the repository: " << (path);         \
  }                                                                                            \
  static_assert(true, "")
