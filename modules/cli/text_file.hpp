// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace hangil::cli {

// Error: `output` is the recording that is read; writing there would destroy it. An empty output is none.
base::Status check_output(const std::string& output, const std::string& input);

// Replaces the file. Error: path and the system's reason.
base::Status write_text_file(const std::string& path, std::string_view text);

}  // namespace hangil::cli
