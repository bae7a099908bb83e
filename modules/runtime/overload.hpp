// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runtime/start.hpp"

namespace hangil::runtime {

// What the overload policies of a module's inputs have to say about one start: "lost" for messages dropped at an input
// that must not drop, "stale" for a newest message older than its max_age_ms. Follows from the snapshot alone, so a
// replay says the same.
void judge_overload(const Graph& graph, const Start& start, std::vector<EventRecord>& events);

}  // namespace hangil::runtime
