// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/trial.hpp"

namespace hangil::cli {

// Loads the module library that runs this package and sets the package up for a try. The library stays loaded.
base::Result<model::Trial> make_trial(const model::Package& package);

}  // namespace hangil::cli
