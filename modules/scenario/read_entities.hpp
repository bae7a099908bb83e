// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/element_reader.hpp"
#include "scenario/entity_model.hpp"

namespace hangil::scenario {

// The names of all ScenarioObjects, in order, for what refers to them.
std::vector<std::string> read_entity_names(base::XmlElement entities, ReadContext& context);
std::vector<EntityDefinition> read_entities(base::XmlElement entities, ReadContext& context);
// Of an element that holds a Controller or a CatalogReference to one; nothing where there is none.
std::optional<ControllerDefinition> read_controller_choice(ElementReader& holder);

// Into context.selections; after the entities themselves, whose kinds a selection may name.
void read_entity_selections(base::XmlElement entities, const std::vector<EntityDefinition>& known,
                            ReadContext& context);

}  // namespace hangil::scenario
