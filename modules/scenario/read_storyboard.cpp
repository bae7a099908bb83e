// SPDX-License-Identifier: Apache-2.0
#include "scenario/read_storyboard.hpp"

#include "scenario/catalog_reference.hpp"
#include "scenario/read_actions.hpp"
#include "scenario/read_conditions.hpp"
#include "scenario/spellings.hpp"

namespace hangil::scenario {

namespace {

StoryAction read_action(base::XmlElement element, ReadContext& context) {
  ElementReader reader(element, context);
  StoryAction action;
  action.name = reader.name();
  action.place = element.place();
  if (const auto own = reader.child("PrivateAction")) {
    action.value = read_private_action(own, context);
  } else if (const auto global = reader.child("GlobalAction")) {
    action.value = read_global_action(global, context);
  } else {
    reader.skip({"UserDefinedAction"});
    reader.unsupported("only private and global actions are played; it is played as an action that ends at once");
    action.value = PrivateActionValue{IgnoredAction{"UserDefinedAction"}};
  }
  return action;
}

Event read_event(base::XmlElement element, ReadContext& context) {
  ElementReader reader(element, context);
  Event event;
  event.name = reader.name();
  event.priority = reader.one_of("priority", kPriorities);
  event.max_execution_count = reader.optional_integer("maximumExecutionCount").value_or(1);
  reader.each("Action", [&](base::XmlElement one) { event.actions.push_back(read_action(one, context)); });
  if (const auto start = reader.child("StartTrigger")) event.start = read_trigger(start, context);
  if (event.actions.empty()) reader.error("has no actions");
  return event;
}

// With its parameters in scope.
Maneuver read_maneuver(base::XmlElement element, ReadContext& context) {
  Maneuver maneuver;
  ElementReader reader(element, context);
  reader.skip({"ParameterDeclarations"});
  maneuver.name = reader.name();
  reader.each("Event", [&](base::XmlElement event) { maneuver.events.push_back(read_event(event, context)); });
  return maneuver;
}

void read_actors(base::XmlElement element, ReadContext& context, ManeuverGroup& group) {
  ElementReader reader(element, context);
  group.takes_triggering_entities = reader.flag("selectTriggeringEntities");
  reader.each("EntityRef",
              [&](base::XmlElement one) { ElementReader(one, context).entities("entityRef", group.actors); });
}

ManeuverGroup read_group(base::XmlElement element, ReadContext& context) {
  ElementReader reader(element, context);
  ManeuverGroup group;
  group.name = reader.name();
  group.max_execution_count = reader.optional_integer("maximumExecutionCount").value_or(1);
  read_actors(reader.required_child("Actors"), context, group);
  reader.each("CatalogReference", [&](base::XmlElement one) {
    with_catalog_entry(one, context,
                       [&](base::XmlElement entry) { group.maneuvers.push_back(read_maneuver(entry, context)); });
  });
  reader.each("Maneuver", [&](base::XmlElement one) {
    with_own_parameters(one, context,
                        [&](base::XmlElement own) { group.maneuvers.push_back(read_maneuver(own, context)); });
  });
  return group;
}

Act read_act(base::XmlElement element, ReadContext& context) {
  ElementReader reader(element, context);
  Act act;
  act.name = reader.name();
  reader.each("ManeuverGroup", [&](base::XmlElement one) { act.groups.push_back(read_group(one, context)); });
  if (const auto start = reader.child("StartTrigger")) act.start = read_trigger(start, context);
  if (const auto stop = reader.child("StopTrigger")) act.stop = read_trigger(stop, context);
  return act;
}

Story read_story(base::XmlElement element, ReadContext& context) {
  Story story;
  with_own_parameters(element, context, [&](base::XmlElement own) {
    ElementReader reader(own, context);
    reader.skip({"ParameterDeclarations"});
    story.name = reader.name();
    reader.each("Act", [&](base::XmlElement act) { story.acts.push_back(read_act(act, context)); });
  });
  return story;
}

InitAction init_action(std::optional<EntityIndex> actor, base::XmlElement element,
                       std::variant<PrivateActionValue, GlobalActionValue> value) {
  const base::XmlElement kind = element.first_child();
  return {actor, {"Init " + std::string(kind ? kind.name() : element.name()), std::move(value), element.place()}};
}

void read_init(base::XmlElement element, ReadContext& context, Storyboard& storyboard) {
  ElementReader holder(element, context);
  ElementReader reader(holder.required_child("Actions"), context);
  reader.each("GlobalAction", [&](base::XmlElement one) {
    storyboard.init.push_back(init_action(std::nullopt, one, read_global_action(one, context)));
  });
  reader.each("UserDefinedAction", [&](base::XmlElement one) {
    ElementReader user(one, context);
    (void)ignore_action(user, "user-defined actions mean nothing here");
  });
  reader.each("Private", [&](base::XmlElement one) {
    ElementReader entity(one, context);
    std::vector<EntityIndex> actors;
    entity.entities("entityRef", actors);
    entity.each("PrivateAction", [&](base::XmlElement action) {
      const PrivateActionValue value = read_private_action(action, context);
      for (const EntityIndex actor : actors) storyboard.init.push_back(init_action(actor, action, value));
    });
  });
}

}  // namespace

Storyboard read_storyboard(base::XmlElement element, ReadContext& context) {
  ElementReader reader(element, context);
  Storyboard storyboard;
  read_init(reader.required_child("Init"), context, storyboard);
  reader.each("Story", [&](base::XmlElement one) { storyboard.stories.push_back(read_story(one, context)); });
  if (const auto stop = reader.child("StopTrigger")) storyboard.stop = read_trigger(stop, context);
  return storyboard;
}

}  // namespace hangil::scenario
