// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.hpp"

#include <cstdio>

#include <fmt/format.h>

namespace hangil::cli {

int fail(const std::string& message, int exit_code) { return fmt::print(stderr, "{}\n", message), exit_code; }

int end_of_reading(const std::string& path, const std::string& damage) {
  if (damage.empty()) return kClean;
  return fail("warning: " + path + ": " + damage, kDataLoss);
}

}  // namespace hangil::cli
