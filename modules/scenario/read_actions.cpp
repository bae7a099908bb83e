// SPDX-License-Identifier: Apache-2.0
#include "scenario/read_actions.hpp"

#include <algorithm>

#include "scenario/catalog_reference.hpp"
#include "scenario/read_entities.hpp"
#include "scenario/read_position.hpp"
#include "scenario/spellings.hpp"

namespace hangil::scenario {

namespace {

ActivateControllerAction read_activation(base::XmlElement element, ReadContext& context) {
  ElementReader reader(element, context);
  ActivateControllerAction action;
  action.lateral = reader.optional_flag("lateral");
  action.longitudinal = reader.optional_flag("longitudinal");
  action.controller =
      reader.optional_text("objectControllerRef").value_or(reader.optional_text("controllerRef").value_or(""));
  if (reader.optional_flag("animation")) reader.no_effect("animation: nothing here is animated");
  if (reader.optional_flag("lighting")) reader.no_effect("lighting: lights are set by LightStateAction only");
  return action;
}

AssignControllerAction read_assignment(base::XmlElement element, ReadContext& context) {
  ElementReader reader(element, context);
  AssignControllerAction action;
  action.activate_lateral = reader.optional_flag("activateLateral");
  action.activate_longitudinal = reader.optional_flag("activateLongitudinal");
  reader.skip({"activateAnimation", "activateLighting"});
  const base::XmlElement wrapped = reader.child("ObjectController");
  if (!wrapped) {
    action.controller = read_controller_choice(reader);
    return action;
  }
  ElementReader inner(wrapped, context);
  inner.skip({"name"});
  action.controller = read_controller_choice(inner);
  return action;
}

std::optional<OverrideValue> read_override(ElementReader& holder, std::string_view name, std::string_view attribute) {
  const base::XmlElement element = holder.child(name);
  if (!element) return std::nullopt;
  ElementReader reader(element, holder.context());
  reader.skip({"maxRate", "maxTorque", "BrakeInput", "BrakePercent", "BrakeForce", "ManualGear", "AutomaticGear"});
  return OverrideValue{reader.flag("active"), reader.number_or(attribute, 0)};
}

OverrideControllerAction read_overrides(base::XmlElement element, ReadContext& context) {
  ElementReader reader(element, context);
  OverrideControllerAction action;
  action.throttle = read_override(reader, "Throttle", "value");
  action.brake = read_override(reader, "Brake", "value");
  action.clutch = read_override(reader, "Clutch", "value");
  action.parking_brake = read_override(reader, "ParkingBrake", "value");
  action.steering_wheel = read_override(reader, "SteeringWheel", "value");
  action.gear = read_override(reader, "Gear", "number");
  return action;
}

PrivateActionValue read_follow_trajectory(base::XmlElement element, ReadContext& context) {
  ElementReader reader(element, context);
  FollowTrajectoryAction action;
  if (const auto reference = reader.child("TrajectoryRef")) {
    ElementReader choice(reference, context);
    action.trajectory = read_trajectory_choice(choice);
  } else {
    action.trajectory = read_trajectory_choice(reader);
  }
  action.start_offset_m = reader.number_or("initialDistanceOffset", 0);
  ElementReader time(reader.child("TimeReference"), context);
  time.skip({"None"});
  if (const auto timing = time.child("Timing")) {
    ElementReader values(timing, context);
    TrajectoryTiming read;
    constexpr std::array<Spelling<bool>, 2> kDomains = {{{"relative", false}, {"absolute", true}}};
    read.is_absolute = values.one_of("domainAbsoluteRelative", kDomains);
    read.scale = values.number("scale");
    read.offset_s = values.number("offset");
    action.timing = read;
  }
  if (action.timing && action.trajectory && !has_times(*action.trajectory)) {
    reader.unsupported("Timing, though the trajectory has no times; it is followed at the entity's own speed");
    action.timing.reset();
  }
  base::XmlElement mode = reader.child("TrajectoryFollowingMode");
  ElementReader following(mode, context);
  if (mode) action.mode = following.one_of("followingMode", kFollowingModes);
  return action;
}

// What moves: the innermost word that says so.
std::string animated_part(base::XmlElement element, ReadContext& context) {
  std::string what;
  while (element) {
    ElementReader reader(element, context);
    reader.skip_everything();
    for (const std::string_view name : {"vehicleComponentType", "userDefinedComponentType", "motion", "gesture",
                                        "userDefinedPedestrianAnimation", "userDefinedAnimationType", "filepath"}) {
      if (const auto word = reader.optional_text(name)) what += (what.empty() ? "" : " ") + *word;
    }
    element = element.first_child();
  }
  return what;
}

AnimationAction read_animation(ElementReader& reader) {
  AnimationAction action;
  action.what = animated_part(reader.required_child("AnimationType"), reader.context());
  if (const auto state = reader.child("AnimationState")) {
    action.state = ElementReader(state, reader.context()).number("state");
  }
  reader.skip({"loop", "animationDuration"});
  reader.no_effect("animations are recorded; nothing here has parts that move");
  return action;
}

PrivateActionValue read_appearance(base::XmlElement element, ReadContext& context) {
  ElementReader holder(element, context);
  const base::XmlElement kind = holder.only_child();
  ElementReader reader(kind, context);
  if (kind.name() == "AnimationAction") return read_animation(reader);
  if (kind.name() != "LightStateAction") return ignore_action(reader, "is no change of appearance of the standard");
  LightStateAction action;
  ElementReader type(reader.required_child("LightType"), context);
  if (const auto light = type.child("VehicleLight"))
    action.light = ElementReader(light, context).text("vehicleLightType");
  if (const auto light = type.child("UserDefinedLight")) {
    action.light = ElementReader(light, context).text("userDefinedLightType");
  }
  ElementReader state(reader.required_child("LightState"), context);
  action.mode = state.text("mode");
  reader.skip({"transitionTime"});
  state.skip({"flashingOffDuration", "flashingOnDuration", "luminousIntensity", "Color"});
  return action;
}

PrivateActionValue read_trailer(base::XmlElement element, ReadContext& context) {
  ElementReader holder(element, context);
  const base::XmlElement kind = holder.only_child();
  ElementReader reader(kind, context);
  if (kind.name() == "ConnectTrailerAction") return ConnectTrailerAction{reader.entity("trailerRef")};
  if (kind.name() == "DisconnectTrailerAction") return ConnectTrailerAction{};
  return ignore_action(reader, "is no trailer action");
}

PrivateActionValue read_visibility(base::XmlElement element, ReadContext& context) {
  ElementReader reader(element, context);
  return VisibilityAction{reader.flag_or("graphics", true), reader.flag_or("sensors", true),
                          reader.flag_or("traffic", true)};
}

}  // namespace

IgnoredAction ignore_action(ElementReader& reader, std::string what) {
  reader.skip_everything();
  reader.unsupported(what + "; it is played as an action that ends at once and moves nothing");
  return {std::string(reader.element().name())};
}

// 1.0 puts AssignControllerAction and OverrideControllerValueAction into one ControllerAction.
PrivateActionValue read_controller_action(base::XmlElement element, ReadContext& context) {
  ElementReader holder(element, context);
  const auto assignment = holder.child("AssignControllerAction"),
             overrides = holder.child("OverrideControllerValueAction"),
             activation = holder.child("ActivateControllerAction");
  if (activation) return read_activation(activation, context);
  std::optional<OverrideControllerAction> values;
  if (overrides) values = read_overrides(overrides, context);
  const auto is_active = [](const std::optional<OverrideValue>& value) { return value && value->is_active; };
  const bool overrides_anything = values && (is_active(values->throttle) || is_active(values->brake) ||
                                             is_active(values->steering_wheel) || is_active(values->parking_brake));
  if (assignment) {
    AssignControllerAction action = read_assignment(assignment, context);
    if (!overrides_anything) return action;
    holder.unsupported("assigns a controller and overrides it; only the override is played");
  }
  if (values) return *values;
  return ignore_action(holder, "is no controller action");
}

PrivateActionValue read_routing_action(base::XmlElement element, ReadContext& context) {
  ElementReader holder(element, context);
  const base::XmlElement kind = holder.only_child();
  if (!kind) return IgnoredAction{"RoutingAction"};
  if (kind.name() == "FollowTrajectoryAction") return read_follow_trajectory(kind, context);
  ElementReader reader(kind, context);
  if (kind.name() == "AssignRouteAction") return AssignRouteAction{read_route_choice(reader)};
  if (kind.name() == "AcquirePositionAction") {
    return AcquirePositionAction{read_position(reader.required_child("Position"), context)};
  }
  return ignore_action(reader, "is no routing action of the standard");
}

PrivateActionValue read_private_action(base::XmlElement element, ReadContext& context) {
  ElementReader holder(element, context);
  const base::XmlElement kind = holder.only_child();
  if (!kind) return IgnoredAction{"PrivateAction"};
  if (kind.name() == "LongitudinalAction") return read_longitudinal_action(kind, context);
  if (kind.name() == "LateralAction") return read_lateral_action(kind, context);
  if (kind.name() == "SynchronizeAction") return read_synchronize_action(kind, context);
  if (kind.name() == "ControllerAction") return read_controller_action(kind, context);
  if (kind.name() == "ActivateControllerAction") return read_activation(kind, context);
  if (kind.name() == "RoutingAction") return read_routing_action(kind, context);
  if (kind.name() == "AppearanceAction") return read_appearance(kind, context);
  if (kind.name() == "VisibilityAction") return read_visibility(kind, context);
  if (kind.name() == "TrailerAction") return read_trailer(kind, context);
  ElementReader reader(kind, context);
  if (kind.name() == "TeleportAction") return TeleportAction{read_position(reader.required_child("Position"), context)};
  return ignore_action(reader, "is no private action of the standard");
}

}  // namespace hangil::scenario
