// SPDX-License-Identifier: Apache-2.0
#include "scenario/read_entities.hpp"

#include <algorithm>
#include <utility>

#include "scenario/catalog_reference.hpp"

namespace hangil::scenario {

namespace {

BoundingBox read_box(base::XmlElement element, ReadContext& context) {
  ElementReader reader(element, context);
  ElementReader center(reader.required_child("Center"), context);
  ElementReader dimensions(reader.required_child("Dimensions"), context);
  BoundingBox box{center.number("x"),          center.number("y"),         center.number("z"),
                  dimensions.number("length"), dimensions.number("width"), dimensions.number("height")};
  if (box.length_m < 0 || box.width_m < 0 || box.height_m < 0) dimensions.error("a dimension is negative");
  return box;
}

Performance read_performance(base::XmlElement element, ReadContext& context) {
  ElementReader reader(element, context);
  Performance performance;
  if (!element) return performance;
  performance.max_speed_mps = reader.number("maxSpeed");
  performance.max_acceleration_mps2 = reader.number("maxAcceleration");
  performance.max_deceleration_mps2 = reader.number("maxDeceleration");
  if (performance.max_speed_mps < 0) reader.error("maxSpeed is negative");
  reader.skip({"maxAccelerationRate", "maxDecelerationRate"});
  return performance;
}

Axle read_axle(base::XmlElement element, ReadContext& context) {
  ElementReader reader(element, context);
  return {reader.number_or("maxSteering", 0), reader.number_or("wheelDiameter", 0), reader.number_or("trackWidth", 0),
          reader.number_or("positionX", 0), reader.number_or("positionZ", 0)};
}

std::vector<ParameterAssignment> read_properties(base::XmlElement element, ReadContext& context) {
  std::vector<ParameterAssignment> properties;
  ElementReader reader(element, context);
  reader.each("Property", [&](base::XmlElement one) {
    ElementReader property(one, context);
    properties.push_back({property.text("name"), property.text("value")});
  });
  reader.each("File", [&](base::XmlElement one) {
    ElementReader file(one, context);
    properties.push_back({"File", file.text("filepath")});
  });
  reader.each("CustomContent", [&](base::XmlElement one) { ElementReader(one, context).skip_everything(); });
  return properties;
}

void read_object(base::XmlElement element, ReadContext& context, EntityDefinition& entity);

void read_trailer_parts(ElementReader& reader, EntityDefinition& entity) {
  ReadContext& context = reader.context();
  if (const auto hitch = reader.child("TrailerHitch")) entity.hitch_x_m = ElementReader(hitch, context).number("dx");
  if (const auto coupler = reader.child("TrailerCoupler")) {
    entity.coupler_x_m = ElementReader(coupler, context).number("dx");
  }
  const base::XmlElement trailer = reader.child("Trailer");
  if (!trailer) return;
  ElementReader choice(trailer, context);
  choice.skip({"name"});
  if (const auto reference = choice.child("TrailerRef")) {
    entity.trailer = ElementReader(reference, context).optional_entity("entityRef");
  } else {
    entity.own_trailer = std::make_shared<EntityDefinition>();
    read_object(choice.required_child("Trailer"), context, *entity.own_trailer);
  }
}

// Attributes and children that vehicles, pedestrians and misc objects share.
void read_common(ElementReader& reader, EntityDefinition& entity) {
  reader.skip({"ParameterDeclarations", "name", "role"});
  entity.mass_kg = reader.number_or("mass", 0);
  entity.model = reader.optional_text("model3d").value_or(reader.optional_text("model").value_or(""));
  entity.box = read_box(reader.required_child("BoundingBox"), reader.context());
  entity.properties = read_properties(reader.child("Properties"), reader.context());
}

void read_kind(base::XmlElement element, ReadContext& context, EntityDefinition& entity) {
  ElementReader reader(element, context);
  if (element.name() == "Vehicle") {
    entity.kind = EntityKind::kVehicle;
    entity.category = reader.text("vehicleCategory");
    read_common(reader, entity);
    entity.performance = read_performance(reader.required_child("Performance"), context);
    ElementReader axles(reader.child("Axles"), context);
    entity.front_axle = read_axle(axles.child("FrontAxle"), context);
    entity.rear_axle = read_axle(axles.child("RearAxle"), context);
    axles.each("AdditionalAxle", [&](base::XmlElement axle) { (void)read_axle(axle, context); });
    read_trailer_parts(reader, entity);
  } else if (element.name() == "Pedestrian") {
    entity.kind = EntityKind::kPedestrian;
    entity.category = reader.text("pedestrianCategory");
    read_common(reader, entity);
  } else if (element.name() == "MiscObject") {
    entity.kind = EntityKind::kMiscObject;
    entity.category = reader.text("miscObjectCategory");
    read_common(reader, entity);
  } else {
    reader.skip_everything();
    reader.error("is no kind of entity that can be played");
  }
}

ControllerDefinition read_controller(base::XmlElement element, ReadContext& context) {
  ElementReader reader(element, context);
  reader.skip({"ParameterDeclarations"});
  ControllerDefinition controller;
  controller.name = reader.name();
  controller.type = reader.optional_text("controllerType").value_or("");
  controller.properties = read_properties(reader.child("Properties"), context);
  return controller;
}

void read_object(base::XmlElement element, ReadContext& context, EntityDefinition& entity) {
  ElementReader reader(element, context);
  entity.name = reader.text("name");
  entity.place = element.place();
  bool has_kind = false;
  for (const std::string_view kind : {"Vehicle", "Pedestrian", "MiscObject", "ExternalObjectReference"}) {
    if (const auto found = reader.child(kind)) {
      has_kind = true;
      with_own_parameters(found, context, [&](base::XmlElement own) { read_kind(own, context, entity); });
    }
  }
  if (!has_kind) {
    with_catalog_entry(reader.required_child("CatalogReference"), context,
                       [&](base::XmlElement entry) { read_kind(entry, context, entity); });
  }
  reader.each("ObjectController", [&](base::XmlElement one) {
    ElementReader holder(one, context);
    holder.skip({"name"});
    if (auto controller = read_controller_choice(holder)) entity.controllers.push_back(std::move(*controller));
  });
}

// Trailers written inside their vehicles, and those inside them, follow all others, each named as its vehicle with a +:
// one vehicle of a catalog may be there more than once.
void add_own_trailers(std::vector<EntityDefinition>& entities, ReadContext& context) {
  for (std::size_t i = 0; i < entities.size(); ++i) {
    const auto trailer = std::exchange(entities[i].own_trailer, nullptr);
    if (!trailer) continue;
    entities[i].trailer = static_cast<EntityIndex>(entities.size());
    trailer->name = entities[i].name + "+";
    context.entity_names.push_back(trailer->name);
    entities.push_back(*trailer);
  }
}

}  // namespace

std::optional<ControllerDefinition> read_controller_choice(ElementReader& holder) {
  std::optional<ControllerDefinition> controller;
  const auto read = [&](base::XmlElement own) { controller = read_controller(own, holder.context()); };
  if (const auto own = holder.child("Controller")) {
    with_own_parameters(own, holder.context(), read);
  } else if (const auto reference = holder.child("CatalogReference")) {
    with_catalog_entry(reference, holder.context(), read);
  }
  return controller;
}

std::vector<std::string> read_entity_names(base::XmlElement entities, ReadContext& context) {
  std::vector<std::string> names;
  ElementReader reader(entities, context);
  reader.skip({"EntitySelection"});
  reader.each("ScenarioObject", [&](base::XmlElement one) {
    ElementReader object(one, context);
    names.push_back(object.text("name"));
    object.skip_everything();
    if (std::count(names.begin(), names.end(), names.back()) > 1)
      object.error("'" + names.back() + "' is declared twice");
  });
  return names;
}

std::vector<EntityDefinition> read_entities(base::XmlElement entities, ReadContext& context) {
  std::vector<EntityDefinition> read;
  for (auto one = entities.child("ScenarioObject"); one; one = one.next_of_same_name()) {
    read_object(one, context, read.emplace_back());
  }
  add_own_trailers(read, context);
  return read;
}

void read_entity_selections(base::XmlElement entities, const std::vector<EntityDefinition>& known,
                            ReadContext& context) {
  for (auto one = entities.child("EntitySelection"); one; one = one.next_of_same_name()) {
    ElementReader reader(one, context);
    EntitySelection selection{reader.text("name"), {}};
    ElementReader members(reader.required_child("Members"), context);
    members.each("EntityRef", [&](base::XmlElement member) {
      ElementReader(member, context).entities("entityRef", selection.members);
    });
    const auto add_kind = [&](base::XmlElement member, std::string_view attribute) {
      const EntityKind kind = entity_kind(ElementReader(member, context).text(attribute));
      for (std::size_t i = 0; i < known.size(); ++i) {
        if (known[i].kind == kind) selection.members.push_back(static_cast<EntityIndex>(i));
      }
    };
    members.each("ByType", [&](base::XmlElement member) { add_kind(member, "objectType"); });
    members.each("ByObjectType", [&](base::XmlElement member) { add_kind(member, "type"); });
    if (selection.members.empty()) reader.error("has no members");
    context.selections.push_back(std::move(selection));
  }
}

}  // namespace hangil::scenario
