// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runtime/instance.hpp"

namespace hangil::runtime {

// Rule 35: how an activation did something else than on the drive it repeats; empty when it did not.
std::string divergence(const Graph& graph, const Start& start, const Outcome& outcome);

}  // namespace hangil::runtime
