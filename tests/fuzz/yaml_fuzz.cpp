// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "base/yaml.hpp"

// Any text is either a tree within the limits or an error with a place; never a crash.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = hangil::base::parse_yaml({reinterpret_cast<const char*>(data), size}, "fuzz.yaml");
  if (!read.ok() && read.error().message.find("fuzz.yaml") != 0) std::abort();
  return 0;
}
