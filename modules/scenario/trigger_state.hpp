// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "scenario/world.hpp"

namespace hangil::scenario {

// What a condition has been: for its edge and its delay.
struct ConditionHistory {
  bool was_evaluated = false, value_before = false;
  struct Change {
    double time_s = 0;
    bool value = false;
  };
  std::vector<Change> changes;         // of the value with its edge; the last one before time - delay and those after
  std::uint64_t seen_transitions = 0;  // up to which the storyboard's transitions have been looked at
};

// The histories of all conditions of one trigger, in order.
using TriggerHistory = std::vector<ConditionHistory>;

// Asked for states of storyboard elements: whether one of that type and name is in (or, since `seen`, went through) it.
using ElementStateQuery = std::function<bool(const StoryboardElementStateCondition&, std::uint64_t& seen)>;

struct TriggerResult {
  bool fires = false;
  std::vector<EntityIndex> triggering;  // entities for which the conditions of a group that fires hold
};

// Evaluates a trigger once at world.time (ASAM OpenSCENARIO XML 1.3, 7.6.5): every condition, then the groups. A
// condition with a delay is what its value with its edge was that long ago; an edge needs a value before.
TriggerResult evaluate(const Trigger& trigger, TriggerHistory& history, World& world, const ElementStateQuery& states);

}  // namespace hangil::scenario
