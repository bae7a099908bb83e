// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runtime/graph.hpp"

namespace hangil::runtime {

// Whether a pipeline's lines name ports that the module has, as many topics as they take, and something that starts it.
void check_ports(const ModuleSpec& spec, const GraphModule& module, const std::vector<OutputDeclaration>& outputs,
                 std::vector<base::ConfigProblem>& problems);

}  // namespace hangil::runtime
