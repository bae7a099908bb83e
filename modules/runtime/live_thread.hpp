// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "runtime/live.hpp"

namespace hangil::runtime {

// Gives the calling worker the scheduling that the options ask for: SCHED_FIFO, a core, locked memory. Returns what
// was refused and why, or nothing; the drive goes on either way.
std::string prepare_worker_thread(const LiveOptions& options, std::size_t worker);

// The kernel's number of the calling thread.
int this_thread_id();

// How long a thread of this process could have run but waited for a core, in all (schedstat); 0 where that is not told.
std::int64_t waited_for_core_ns(int thread_id);

}  // namespace hangil::runtime
