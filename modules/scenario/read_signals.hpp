// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/element_reader.hpp"
#include "scenario/signal_model.hpp"

namespace hangil::scenario {

// TrafficSignals of a RoadNetwork. Errors: unknown or circular references, two of one name, negative times.
std::vector<SignalController> read_signal_controllers(base::XmlElement element, ReadContext& context);
// Reports, on an element that refers to them, a controller or phase that is not there.
void check_phase(ElementReader& reader, const std::string& controller, const std::string& phase);

}  // namespace hangil::scenario
