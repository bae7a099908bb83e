// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/element_reader.hpp"
#include "scenario/position_model.hpp"

namespace hangil::scenario {

Position read_position(base::XmlElement position, ReadContext& context);
// Of an element that holds a Trajectory or a CatalogReference to one.
std::shared_ptr<const Trajectory> read_trajectory_choice(ElementReader& holder);
// Of an element that holds a Route or a CatalogReference to one.
std::shared_ptr<const Route> read_route_choice(ElementReader& holder);

// With their parameters in scope.
std::shared_ptr<const Trajectory> read_trajectory(base::XmlElement trajectory, ReadContext& context);
std::shared_ptr<const Route> read_route(base::XmlElement route, ReadContext& context);

}  // namespace hangil::scenario
