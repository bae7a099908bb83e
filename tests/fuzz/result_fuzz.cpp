// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "verdict/result_file.hpp"

// Any text is either a list of results that can be written again, or an error with the file's name; never a crash.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = hangil::verdict::parse_results({reinterpret_cast<const char*>(data), size}, "fuzz.json");
  if (!read.ok()) {
    if (read.error().message.find("fuzz.json") != 0) std::abort();
    return 0;
  }
  if (!hangil::verdict::parse_results(hangil::verdict::to_json(*read), "again.json").ok()) std::abort();
  return 0;
}
