// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>

#include "evaluation/lane_files.hpp"

// Any bytes are lanes, or an error that names the file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto lines = hangil::evaluation::parse_lane_lines(text, "fuzz");
  if (!lines && lines.error().message.find("fuzz:") != 0) std::abort();
  return 0;
}
