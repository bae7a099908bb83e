// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace hangil::model {

// A file of a zip archive. Stored bytes lie in the archive, inflated ones in `inflated`.
struct ZipEntry {
  std::string name;
  std::span<const std::uint8_t> bytes;
  std::shared_ptr<const std::vector<std::uint8_t>> inflated = nullptr;
};

// The files of a plain zip archive by its central directory (APPNOTE 6.3, 4.3), folders left out. Refused: compressed
// or encrypted entries, zip64, several disks, entries beyond the archive, names with "..", a leading slash or a zero
// byte, a name twice, local headers that say otherwise, more than 65,534 entries.
base::Result<std::vector<ZipEntry>> zip_entries(std::span<const std::uint8_t> archive);

}  // namespace hangil::model
