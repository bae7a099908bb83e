// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>

namespace hangil::cli {

// Becomes true on SIGINT or SIGTERM, from the first call on. A second signal ends the program at once.
const std::atomic<bool>& interrupted();

}  // namespace hangil::cli
