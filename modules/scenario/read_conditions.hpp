// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/condition_model.hpp"
#include "scenario/element_reader.hpp"

namespace hangil::scenario {

// Of a StartTrigger or StopTrigger; without groups for an empty one.
Trigger read_trigger(base::XmlElement element, ReadContext& context);
EntityConditionValue read_entity_condition(base::XmlElement element, ReadContext& context);

}  // namespace hangil::scenario
