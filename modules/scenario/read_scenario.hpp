// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/library.hpp"
#include "scenario/model.hpp"

namespace hangil::scenario {

struct ReadScenario {
  Scenario scenario;
  Findings findings;
  std::vector<ConstraintViolation> violations;  // of the parameters' ConstraintGroups
};

// Reads a scenario file (ASAM OpenSCENARIO XML 1.0 to 1.3) with these parameter values instead of the declared ones.
// An Error only where there is nothing to read: no file, not XML, not a scenario, parameters that cannot be evaluated.
// Everything else is a finding. A variation of a file read before need not be strict: then what nobody asks for is not
// looked for.
base::Result<ReadScenario> read_scenario(ScenarioLibrary& library, const std::string& path,
                                         const std::vector<ParameterAssignment>& parameters = {},
                                         bool is_strict = true);

// The parameters that a scenario file declares.
base::Result<std::vector<ParameterDeclaration>> read_declared_parameters(ScenarioLibrary& library,
                                                                         const std::string& path);

// `path` as seen from the folder of `file`.
std::string beside(const std::string& file, const std::string& path);

}  // namespace hangil::scenario
