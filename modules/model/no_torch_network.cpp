// SPDX-License-Identifier: Apache-2.0
#include "model/torch_network.hpp"
#include "model/torch_script.hpp"

namespace hangil::model {

namespace {
constexpr const char* kProblem =
    "this build has no LibTorch, so networks cannot run; scripts/setup.sh --perception installs it, then build again";
}

base::Result<RunNetwork> torch_network(const Network&, const RunOptions&) { return base::Error{kProblem}; }
base::Result<RunNetwork> torch_script(const ScriptOrder&) { return base::Error{kProblem}; }

}  // namespace hangil::model
