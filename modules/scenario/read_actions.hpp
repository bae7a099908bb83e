// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/action_model.hpp"
#include "scenario/element_reader.hpp"

namespace hangil::scenario {

// Of a PrivateAction element.
PrivateActionValue read_private_action(base::XmlElement element, ReadContext& context);
GlobalActionValue read_global_action(base::XmlElement element, ReadContext& context);

GlobalActionValue read_traffic_action(base::XmlElement element, ReadContext& context);

PrivateActionValue read_longitudinal_action(base::XmlElement element, ReadContext& context);
PrivateActionValue read_lateral_action(base::XmlElement element, ReadContext& context);
PrivateActionValue read_synchronize_action(base::XmlElement element, ReadContext& context);
PrivateActionValue read_controller_action(base::XmlElement element, ReadContext& context);
PrivateActionValue read_routing_action(base::XmlElement element, ReadContext& context);

TransitionDynamics read_dynamics(base::XmlElement element, ReadContext& context);
std::optional<DynamicConstraints> read_constraints(ElementReader& holder);
// Says that it is played as if it ended at once.
IgnoredAction ignore_action(ElementReader& reader, std::string what);

}  // namespace hangil::scenario
