// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "sweep/point_table.hpp"
#include "sweep/result_store.hpp"

// Any text is a result file or an error with the file's name, and a table of points or an error; never a crash.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto rows = hangil::sweep::parse_store(text, "fuzz.jsonl", nullptr);
  if (!rows.ok() && rows.error().message.find("fuzz.jsonl") != 0) std::abort();
  const auto points = hangil::sweep::parse_points(text, "fuzz.csv");
  if (!points.ok() && points.error().message.find("fuzz.csv") != 0) std::abort();
  for (std::size_t i = 0; points.ok() && i < points->size(); ++i) {
    if ((*points)[i].size() != (*points)[0].size()) std::abort();
  }
  return 0;
}
