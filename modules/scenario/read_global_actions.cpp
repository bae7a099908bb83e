// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "scenario/catalog_reference.hpp"
#include "scenario/date_time.hpp"
#include "scenario/read_actions.hpp"
#include "scenario/read_position.hpp"
#include "scenario/read_signals.hpp"

namespace hangil::scenario {

namespace {

void read_environment(base::XmlElement element, ReadContext& context, EnvironmentAction& action) {
  ElementReader reader(element, context);
  reader.skip({"ParameterDeclarations"});
  action.name = reader.text("name");
  if (const auto time = reader.child("TimeOfDay")) {
    ElementReader values(time, context);
    const std::string text = values.text("dateTime");
    const auto seconds = seconds_since_1970(text);
    if (!seconds) values.error("dateTime '" + text + "' is no date and time like 2026-01-31T12:00:00");
    action.time_of_day = TimeOfDay{seconds.value_or(0), values.flag("animation")};
  }
  if (const auto road = reader.child("RoadCondition")) {
    ElementReader condition(road, context);
    action.friction_ratio = condition.number("frictionScaleFactor");
    condition.skip({"Properties", "wetness"});
  }
  const base::XmlElement weather_element = reader.child("Weather");
  if (!weather_element) return;
  ElementReader weather(weather_element, context);
  weather.skip({"cloudState", "fractionalCloudCover", "atmosphericPressure", "temperature", "Wind", "DomeImage"});
  if (const auto fog = weather.child("Fog")) {
    ElementReader values(fog, context);
    action.fog_visual_range_m = values.number("visualRange");
    values.skip({"BoundingBox"});
  }
  if (const auto rain = weather.child("Precipitation")) {
    ElementReader values(rain, context);
    action.precipitation_mmph = values.optional_number("precipitationIntensity");
    values.skip({"intensity", "precipitationType"});
  }
  if (const auto sun = weather.child("Sun")) {
    ElementReader values(sun, context);
    action.sun_azimuth_rad = values.number("azimuth");
    action.sun_elevation_rad = values.number("elevation");
    action.sun_illuminance_lx = values.optional_number("illuminance");
    values.skip({"intensity"});
  }
}

GlobalActionValue read_environment_action(base::XmlElement element, ReadContext& context) {
  ElementReader reader(element, context);
  EnvironmentAction action;
  const auto read = [&](base::XmlElement own) { read_environment(own, context, action); };
  if (const auto own = reader.child("Environment"))
    with_own_parameters(own, context, read);
  else
    with_catalog_entry(reader.required_child("CatalogReference"), context, read);
  reader.no_effect("weather, light and friction are recorded; entities of a scenario move as their actions say");
  return action;
}

GlobalActionValue read_entity_action(base::XmlElement element, ReadContext& context) {
  ElementReader reader(element, context);
  const EntityIndex entity = reader.entity("entityRef");
  if (const auto add = reader.child("AddEntityAction")) {
    ElementReader holder(add, context);
    return AddEntityAction{entity, read_position(holder.required_child("Position"), context)};
  }
  reader.required_child("DeleteEntityAction");
  return DeleteEntityAction{entity};
}

struct NamedChange {
  std::string name, value;
  Modification modification = Modification::kSet;
};

NamedChange read_change(base::XmlElement element, ReadContext& context, std::string_view reference) {
  ElementReader reader(element, context);
  NamedChange change;
  change.name = reader.text(reference);
  if (const auto set = reader.child("SetAction")) {
    change.value = ElementReader(set, context).text("value");
    return change;
  }
  ElementReader modify(reader.required_child("ModifyAction"), context);
  ElementReader rule(modify.required_child("Rule"), context);
  const auto multiply = rule.child("MultiplyByValue");
  change.modification = multiply ? Modification::kMultiply : Modification::kAdd;
  const auto value = multiply ? multiply : rule.required_child("AddValue");
  if (value) change.value = ElementReader(value, context).text("value");
  return change;
}

GlobalActionValue read_parameter_action(base::XmlElement element, ReadContext& context) {
  const NamedChange change = read_change(element, context, "parameterRef");
  if (!context.scope->value(change.name)) {
    ElementReader(element, context).error("parameter '" + change.name + "' is not declared");
  }
  return ParameterAction{change.name, change.value, change.modification};
}

GlobalActionValue read_variable_action(base::XmlElement element, ReadContext& context) {
  const NamedChange change = read_change(element, context, "variableRef");
  const auto& names = context.variable_names;
  if (std::find(names.begin(), names.end(), change.name) == names.end()) {
    ElementReader(element, context).error("variable '" + change.name + "' is not declared");
  }
  return VariableAction{change.name, change.value, change.modification};
}

GlobalActionValue read_infrastructure_action(base::XmlElement element, ReadContext& context) {
  ElementReader reader(element, context);
  ElementReader holder(reader.required_child("TrafficSignalAction"), context);
  const base::XmlElement kind = holder.only_child();
  if (!kind) return IgnoredAction{"InfrastructureAction"};
  ElementReader signal(kind, context);
  if (kind.name() == "TrafficSignalStateAction") return TrafficSignalAction{signal.text("name"), signal.text("state")};
  if (kind.name() != "TrafficSignalControllerAction") return ignore_action(signal, "is no signal action");
  SignalPhaseAction action{signal.text("trafficSignalControllerRef"), signal.text("phase")};
  check_phase(signal, action.controller, action.phase);
  return action;
}

}  // namespace

GlobalActionValue read_global_action(base::XmlElement element, ReadContext& context) {
  ElementReader holder(element, context);
  const base::XmlElement kind = holder.only_child();
  if (!kind) return IgnoredAction{"GlobalAction"};
  if (kind.name() == "EnvironmentAction") return read_environment_action(kind, context);
  if (kind.name() == "EntityAction") return read_entity_action(kind, context);
  if (kind.name() == "ParameterAction") return read_parameter_action(kind, context);
  if (kind.name() == "VariableAction") return read_variable_action(kind, context);
  if (kind.name() == "InfrastructureAction") return read_infrastructure_action(kind, context);
  if (kind.name() == "TrafficAction") return read_traffic_action(kind, context);
  ElementReader reader(kind, context);
  return ignore_action(reader, "is no global action of the standard");
}

}  // namespace hangil::scenario
