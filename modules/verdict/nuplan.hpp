// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "verdict/rule_check.hpp"

namespace hangil::verdict {

// A score like that of nuPlan's closed-loop challenge (Caesar et al. 2021; Dauner et al., "Parting with misconceptions
// about learning-based vehicle motion planning", CoRL 2023): factors that must hold times a weighted mean of progress
// (5), time to collision of 0.95 s at least (5), speed limit (4) and comfort (2). Progress is against the distance
// ego's first speed would cover. What the trace does not hold (drivable area, limits) is left out of its mean.
RuleResult check_nuplan(const Observed& observed);
bool is_comfortable(const Kpis& kpis);

}  // namespace hangil::verdict
