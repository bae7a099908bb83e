// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"

namespace hangil::model {

// Fetches an http or https address into a file, following redirects to the same two; certificates are checked. Error:
// no such place, an answer other than 200, a connection that breaks or brings less than 1 kB in 30 s, more than
// `most_bytes`. Then there is no file.
base::Status download_file(const std::string& url, const std::string& path, std::int64_t most_bytes);

}  // namespace hangil::model
