// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "verdict/compare.hpp"

namespace hangil::verdict {

// New failures and runs that are missing as errors, figures that got significantly worse as warnings.
// GitHub: workflow commands ("::error title=...::..."), a line each, to be printed by a job.
std::string to_github(const Comparison& comparison);
// GitLab: a Code Quality report (JSON); the path of a finding is the scenario's name.
std::string to_gitlab(const Comparison& comparison);

}  // namespace hangil::verdict
