// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "runtime/live.hpp"

namespace hangil::runtime {

// Gives the calling worker the scheduling that the options ask for: SCHED_FIFO, a core, locked memory. Returns what
// was refused and why, or nothing; the drive goes on either way.
std::string prepare_worker_thread(const LiveOptions& options, std::size_t worker);

}  // namespace hangil::runtime
