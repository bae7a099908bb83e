// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/network.hpp"

namespace hangil::model {

// Runs a network on LibTorch: any 1.13 or 2.x, channels last, one intra-op thread. The reference for other ways of
// running it. In a build without LibTorch, and for a GPU that LibTorch does not find, the error says so.
base::Result<RunNetwork> torch_network(const Network& network, const RunOptions& options);

}  // namespace hangil::model
