// SPDX-License-Identifier: Apache-2.0
#include "scenario/read_actions.hpp"
#include "scenario/read_position.hpp"
#include "scenario/spellings.hpp"

namespace hangil::scenario {

namespace {

constexpr std::array<Spelling<bool>, 2> kTargetKinds = {{{"delta", false}, {"factor", true}}};
constexpr std::array<Spelling<Displacement>, 3> kLongitudinalDisplacements = {
    {{"trailingReferencedEntity", Displacement::kTrailing},
     {"leadingReferencedEntity", Displacement::kLeading},
     {"any", Displacement::kAny}}};
constexpr std::array<Spelling<Displacement>, 3> kLateralDisplacements = {
    {{"any", Displacement::kAny},
     {"leftToReferencedEntity", Displacement::kLeading},
     {"rightToReferencedEntity", Displacement::kTrailing}}};

SpeedAction read_speed(ElementReader& reader) {
  ReadContext& context = reader.context();
  SpeedAction action;
  action.dynamics = read_dynamics(reader.required_child("SpeedActionDynamics"), context);
  ElementReader target(reader.required_child("SpeedActionTarget"), context);
  if (const auto absolute = target.child("AbsoluteTargetSpeed")) {
    action.target = ElementReader(absolute, context).number("value");
    return action;
  }
  ElementReader relative(target.required_child("RelativeTargetSpeed"), context);
  action.relative_to = relative.entity("entityRef");
  action.target = relative.number("value");
  action.is_factor = relative.one_of("speedTargetValueType", kTargetKinds);
  action.is_continuous = relative.flag_or("continuous", false);
  if (action.is_continuous && action.dynamics.dimension == DynamicsDimension::kTime && action.dynamics.value > 0) {
    relative.no_effect("continuous: the target is followed at once after the first transition");
  }
  return action;
}

SpeedProfileAction read_speed_profile(ElementReader& reader) {
  SpeedProfileAction action;
  action.mode = reader.one_of("followingMode", kFollowingModes);
  action.relative_to = reader.optional_entity("entityRef");
  if (const auto constraints = read_constraints(reader)) action.constraints = *constraints;
  reader.each("SpeedProfileEntry", [&](base::XmlElement one) {
    ElementReader entry(one, reader.context());
    action.entries.push_back({entry.number("speed"), entry.optional_number("time")});
  });
  if (action.entries.empty()) reader.error("has no entries");
  return action;
}

LongitudinalDistanceAction read_longitudinal_distance(ElementReader& reader) {
  LongitudinalDistanceAction action;
  action.entity = reader.entity("entityRef");
  action.is_freespace = reader.flag("freespace");
  action.is_continuous = reader.flag("continuous");
  action.distance_m = reader.optional_number("distance");
  action.time_gap_s = reader.optional_number("timeGap");
  action.coordinates = reader.one_of_or("coordinateSystem", kCoordinateSystems, CoordinateSystem::kEntity);
  action.displacement = reader.one_of_or("displacement", kLongitudinalDisplacements, Displacement::kTrailing);
  action.constraints = read_constraints(reader);
  if (action.distance_m.has_value() == action.time_gap_s.has_value()) reader.error("wants either distance or timeGap");
  return action;
}

LaneChangeAction read_lane_change(ElementReader& reader) {
  ReadContext& context = reader.context();
  LaneChangeAction action;
  action.dynamics = read_dynamics(reader.required_child("LaneChangeActionDynamics"), context);
  action.target_offset_m = reader.number_or("targetLaneOffset", 0);
  ElementReader target(reader.required_child("LaneChangeTarget"), context);
  if (const auto absolute = target.child("AbsoluteTargetLane")) {
    action.target_lane = ElementReader(absolute, context).integer("value");
    return action;
  }
  ElementReader relative(target.required_child("RelativeTargetLane"), context);
  action.relative_to = relative.entity("entityRef");
  action.target_lane = relative.integer("value");
  return action;
}

LaneOffsetAction read_lane_offset(ElementReader& reader) {
  ReadContext& context = reader.context();
  LaneOffsetAction action;
  action.is_continuous = reader.flag("continuous");
  ElementReader dynamics(reader.required_child("LaneOffsetActionDynamics"), context);
  action.shape = dynamics.one_of("dynamicsShape", kShapes);
  action.max_lateral_acceleration_mps2 = dynamics.optional_number("maxLateralAcc");
  ElementReader target(reader.required_child("LaneOffsetTarget"), context);
  if (const auto absolute = target.child("AbsoluteTargetLaneOffset")) {
    action.target_m = ElementReader(absolute, context).number("value");
    return action;
  }
  ElementReader relative(target.required_child("RelativeTargetLaneOffset"), context);
  action.relative_to = relative.entity("entityRef");
  action.target_m = relative.number("value");
  return action;
}

LateralDistanceAction read_lateral_distance(ElementReader& reader) {
  LateralDistanceAction action;
  action.entity = reader.entity("entityRef");
  action.is_freespace = reader.flag("freespace");
  action.is_continuous = reader.flag("continuous");
  action.distance_m = reader.optional_number("distance");
  action.coordinates = reader.one_of_or("coordinateSystem", kCoordinateSystems, CoordinateSystem::kEntity);
  action.displacement = reader.one_of_or("displacement", kLateralDisplacements, Displacement::kAny);
  action.constraints = read_constraints(reader);
  return action;
}

FinalSpeed read_final_speed(base::XmlElement element, ReadContext& context) {
  ElementReader reader(element, context);
  FinalSpeed speed;
  const base::XmlElement absolute = reader.child("AbsoluteSpeed");
  ElementReader value(absolute ? absolute : reader.required_child("RelativeSpeedToMaster"), context);
  speed.value_mps = value.number("value");
  speed.is_relative = !absolute;
  if (!absolute) speed.is_factor = value.one_of("speedTargetValueType", kTargetKinds);
  if (const auto steady = value.child("TargetDistanceSteadyState")) {
    speed.steady_distance_m = ElementReader(steady, context).number("distance");
  }
  if (const auto steady = value.child("TargetTimeSteadyState")) {
    speed.steady_time_s = ElementReader(steady, context).number("time");
  }
  return speed;
}

}  // namespace

TransitionDynamics read_dynamics(base::XmlElement element, ReadContext& context) {
  ElementReader reader(element, context);
  TransitionDynamics dynamics;
  if (!element) return dynamics;
  dynamics.shape = reader.one_of("dynamicsShape", kShapes);
  dynamics.dimension = reader.one_of("dynamicsDimension", kDimensions);
  dynamics.value = reader.number_or("value", 0);
  if (reader.one_of_or("followingMode", kFollowingModes, FollowingMode::kPosition) == FollowingMode::kFollow) {
    reader.no_effect("followingMode follow: the path is followed exactly, as with position");
  }
  return dynamics;
}

std::optional<DynamicConstraints> read_constraints(ElementReader& holder) {
  const base::XmlElement element = holder.child("DynamicConstraints");
  if (!element) return std::nullopt;
  ElementReader reader(element, holder.context());
  DynamicConstraints limits;
  limits.max_acceleration_mps2 = reader.number_or("maxAcceleration", kUnlimited);
  limits.max_deceleration_mps2 = reader.number_or("maxDeceleration", kUnlimited);
  limits.max_speed_mps = reader.number_or("maxSpeed", kUnlimited);
  limits.max_acceleration_rate_mps3 = reader.number_or("maxAccelerationRate", kUnlimited);
  limits.max_deceleration_rate_mps3 = reader.number_or("maxDecelerationRate", kUnlimited);
  return limits;
}

PrivateActionValue read_longitudinal_action(base::XmlElement element, ReadContext& context) {
  ElementReader holder(element, context);
  const base::XmlElement kind = holder.only_child();
  if (!kind) return IgnoredAction{"LongitudinalAction"};
  ElementReader reader(kind, context);
  if (kind.name() == "SpeedAction") return read_speed(reader);
  if (kind.name() == "SpeedProfileAction") return read_speed_profile(reader);
  if (kind.name() == "LongitudinalDistanceAction") return read_longitudinal_distance(reader);
  return ignore_action(reader, "is no longitudinal action");
}

PrivateActionValue read_lateral_action(base::XmlElement element, ReadContext& context) {
  ElementReader holder(element, context);
  const base::XmlElement kind = holder.only_child();
  if (!kind) return IgnoredAction{"LateralAction"};
  ElementReader reader(kind, context);
  if (kind.name() == "LaneChangeAction") return read_lane_change(reader);
  if (kind.name() == "LaneOffsetAction") return read_lane_offset(reader);
  if (kind.name() == "LateralDistanceAction") return read_lateral_distance(reader);
  return ignore_action(reader, "is no lateral action");
}

PrivateActionValue read_synchronize_action(base::XmlElement element, ReadContext& context) {
  ElementReader reader(element, context);
  SynchronizeAction action;
  action.master = reader.entity("masterEntityRef");
  action.master_tolerance_m = reader.number_or("targetToleranceMaster", 0);
  action.tolerance_m = reader.number_or("targetTolerance", 0);
  action.master_target = read_position(reader.required_child("TargetPositionMaster"), context);
  action.target = read_position(reader.required_child("TargetPosition"), context);
  if (const auto speed = reader.child("FinalSpeed")) action.final_speed = read_final_speed(speed, context);
  return action;
}

}  // namespace hangil::scenario
