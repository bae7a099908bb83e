// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/run_statistics.hpp"

namespace hangil::cli {

// One JSON object: digest, frames, frames_per_s, workers, drops, deadline_misses, end_to_end_ms, virtual_latency_ms,
// modules, quarters, events, ... Times of the host are compute time; virtual latency stands apart. p999 is null below
// 1,000 samples.
std::string statistics_json(const RunStatistics& run);
// The same for a person.
std::string statistics_text(const RunStatistics& run);

}  // namespace hangil::cli
