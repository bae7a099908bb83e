// SPDX-License-Identifier: Apache-2.0
#include "scenario/read_conditions.hpp"

#include <algorithm>

#include "scenario/date_time.hpp"
#include "scenario/read_signals.hpp"
#include "scenario/spellings.hpp"

namespace hangil::scenario {

namespace {

NeverCondition never(ElementReader& reader, std::string what) {
  reader.skip_everything();
  reader.unsupported(what + "; the condition never holds");
  return {};
}

ParameterCondition read_parameter(ElementReader& reader) {
  const ParameterCondition condition{reader.text("parameterRef"), reader.text("value"), reader.one_of("rule", kRules)};
  if (reader.context().scope == nullptr || !reader.context().scope->value(condition.name)) {
    reader.unsupported("parameter '" + condition.name + "' is not declared; the condition never holds");
  }
  return condition;
}

VariableCondition read_variable(ElementReader& reader) {
  const VariableCondition condition{reader.text("variableRef"), reader.text("value"), reader.one_of("rule", kRules)};
  const auto& names = reader.context().variable_names;
  if (std::find(names.begin(), names.end(), condition.name) == names.end()) {
    reader.error("variable '" + condition.name + "' is not declared");
  }
  return condition;
}

TimeOfDayCondition read_time_of_day(ElementReader& reader) {
  const std::string text = reader.text("dateTime");
  const auto seconds = seconds_since_1970(text);
  if (!seconds) reader.error("dateTime '" + text + "' is no date and time like 2026-01-31T12:00:00");
  return {seconds.value_or(0), reader.one_of("rule", kRules)};
}

ByValueCondition read_by_value(base::XmlElement element, ReadContext& context) {
  ElementReader holder(element, context);
  const base::XmlElement kind = holder.only_child();
  if (!kind) return NeverCondition{};
  ElementReader reader(kind, context);
  if (kind.name() == "SimulationTimeCondition") {
    return SimulationTimeCondition{reader.number("value"), reader.one_of("rule", kRules)};
  }
  if (kind.name() == "StoryboardElementStateCondition") {
    return StoryboardElementStateCondition{reader.one_of("storyboardElementType", kStoryElementTypes),
                                           reader.name("storyboardElementRef"), reader.one_of("state", kElementStates)};
  }
  if (kind.name() == "ParameterCondition") return read_parameter(reader);
  if (kind.name() == "VariableCondition") return read_variable(reader);
  if (kind.name() == "TrafficSignalCondition") return TrafficSignalCondition{reader.text("name"), reader.text("state")};
  if (kind.name() == "TrafficSignalControllerCondition") {
    SignalPhaseCondition condition{reader.text("trafficSignalControllerRef"), reader.text("phase")};
    check_phase(reader, condition.controller, condition.phase);
    return condition;
  }
  if (kind.name() == "TimeOfDayCondition") return read_time_of_day(reader);
  if (kind.name() == "UserDefinedValueCondition") return never(reader, "nobody sets user-defined values");
  return never(reader, "is no condition by value that is supported");
}

void read_triggering(base::XmlElement element, ReadContext& context, ByEntityCondition& condition) {
  ElementReader reader(element, context);
  constexpr std::array<Spelling<bool>, 3> kWords = {{{"any", false}, {"all", true}, {"none", false}}};
  condition.must_hold_for_all = reader.one_of("triggeringEntitiesRule", kWords);
  reader.each("EntityRef",
              [&](base::XmlElement one) { ElementReader(one, context).entities("entityRef", condition.triggering); });
}

Condition read_condition(base::XmlElement element, ReadContext& context) {
  ElementReader reader(element, context);
  Condition condition;
  condition.name = reader.name();
  condition.delay_s = reader.number_or("delay", 0);
  condition.edge = reader.one_of_or("conditionEdge", kEdges, Edge::kNone);
  if (condition.delay_s < 0) reader.error("delay is negative");
  if (const auto by_value = reader.child("ByValueCondition")) {
    condition.value = read_by_value(by_value, context);
    return condition;
  }
  ElementReader by_entity(reader.required_child("ByEntityCondition"), context);
  ByEntityCondition value;
  read_triggering(by_entity.required_child("TriggeringEntities"), context, value);
  value.value = read_entity_condition(by_entity.required_child("EntityCondition"), context);
  condition.value = std::move(value);
  return condition;
}

}  // namespace

Trigger read_trigger(base::XmlElement element, ReadContext& context) {
  Trigger trigger;
  ElementReader reader(element, context);
  reader.each("ConditionGroup", [&](base::XmlElement one) {
    ConditionGroup& group = trigger.emplace_back();
    ElementReader conditions(one, context);
    conditions.each("Condition",
                    [&](base::XmlElement condition) { group.push_back(read_condition(condition, context)); });
    if (group.empty()) conditions.error("has no conditions");
  });
  return trigger;
}

}  // namespace hangil::scenario
