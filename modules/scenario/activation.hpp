// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/scenario_run.hpp"

// When somebody outside the scenario is to drive an entity: from its controller's activation on, or from the start
// where the storyboard never activates one.
namespace hangil::scenario {

// Whether the storyboard may switch on a longitudinal controller of this entity.
bool will_be_activated(const Scenario& scenario, EntityIndex entity);
// Whether that of the longitudinal domain has been switched on last.
bool is_controller_on(const RunLog& log, EntityIndex entity);

}  // namespace hangil::scenario
