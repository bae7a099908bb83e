// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/world.hpp"

namespace hangil::scenario {

// Whether an entity's condition holds now, without edge and delay.
bool holds_for(World& world, EntityIndex entity, const EntityConditionValue& condition);
// Whether a condition by value holds now; states of the storyboard are asked of its owner.
bool holds_now(const World& world, const ByValueCondition& condition);

}  // namespace hangil::scenario
