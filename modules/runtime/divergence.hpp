// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runtime/instance.hpp"

namespace hangil::runtime {

// The 32-bit fold of what an activation made that the log keeps with its end (rule 33).
std::uint32_t fold_of(const std::vector<Filed>& outputs);

// Rule 35: how an activation did something else than on the drive it repeats; empty when it did not.
std::string divergence(const Graph& graph, const Start& start, const Outcome& outcome);

}  // namespace hangil::runtime
