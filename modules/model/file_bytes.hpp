// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace hangil::model {

// The whole of a regular file of at most `most_bytes`.
base::Result<std::vector<std::uint8_t>> read_file_bytes(const std::string& path, std::int64_t most_bytes);

}  // namespace hangil::model
