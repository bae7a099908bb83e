// SPDX-License-Identifier: Apache-2.0
#include "scenario/read_conditions.hpp"
#include "scenario/read_position.hpp"
#include "scenario/spellings.hpp"

namespace hangil::scenario {

namespace {

Measure read_measure(ElementReader& reader, DistanceType type_if_absent) {
  Measure measure;
  measure.is_freespace = reader.flag("freespace");
  measure.is_along_route = reader.flag_or("alongRoute", false);
  measure.type = reader.one_of_or("relativeDistanceType", kDistanceTypes,
                                  measure.is_along_route ? DistanceType::kLongitudinal : type_if_absent);
  const CoordinateSystem if_absent = measure.is_along_route ? CoordinateSystem::kRoad : CoordinateSystem::kEntity;
  measure.coordinates = reader.one_of_or("coordinateSystem", kCoordinateSystems, if_absent);
  reader.skip({"routingAlgorithm"});
  return measure;
}

RelativeDistanceCondition read_relative_distance(ElementReader& reader) {
  RelativeDistanceCondition condition;
  condition.entity = reader.entity("entityRef");
  condition.measure = read_measure(reader, DistanceType::kEuclidean);
  condition.value_m = reader.number("value");
  condition.rule = reader.one_of("rule", kRules);
  if (!reader.element().has("relativeDistanceType")) reader.error("attribute 'relativeDistanceType' is missing");
  return condition;
}

DistanceCondition read_distance(ElementReader& reader) {
  DistanceCondition condition;
  condition.position = read_position(reader.required_child("Position"), reader.context());
  condition.measure = read_measure(reader, DistanceType::kEuclidean);
  condition.value_m = reader.number("value");
  condition.rule = reader.one_of("rule", kRules);
  return condition;
}

TimeHeadwayCondition read_time_headway(ElementReader& reader) {
  TimeHeadwayCondition condition;
  condition.entity = reader.entity("entityRef");
  condition.measure = read_measure(reader, DistanceType::kEuclidean);
  condition.value_s = reader.number("value");
  condition.rule = reader.one_of("rule", kRules);
  return condition;
}

TimeToCollisionCondition read_time_to_collision(ElementReader& reader) {
  TimeToCollisionCondition condition;
  condition.measure = read_measure(reader, DistanceType::kEuclidean);
  condition.value_s = reader.number("value");
  condition.rule = reader.one_of("rule", kRules);
  ElementReader target(reader.required_child("TimeToCollisionConditionTarget"), reader.context());
  if (const auto entity = target.child("EntityRef")) {
    condition.entity = ElementReader(entity, reader.context()).entity("entityRef");
  } else {
    condition.position = read_position(target.required_child("Position"), reader.context());
  }
  return condition;
}

CollisionCondition read_collision(ElementReader& reader) {
  CollisionCondition condition;
  if (const auto by_type = reader.child("ByType")) {
    condition.kind = ElementReader(by_type, reader.context()).text("type");
  } else if (const auto entity = reader.required_child("EntityRef")) {
    ElementReader(entity, reader.context()).entities("entityRef", condition.entities);
  }
  return condition;
}

AngleCondition read_angle(ElementReader& reader) {
  constexpr std::array<Spelling<AngleType>, 3> kAngleTypes = {
      {{"heading", AngleType::kHeading}, {"pitch", AngleType::kPitch}, {"roll", AngleType::kRoll}}};
  AngleCondition condition;
  condition.type = reader.one_of("angleType", kAngleTypes);
  condition.angle_rad = reader.number("angle");
  condition.tolerance_rad = reader.number("angleTolerance");
  condition.is_in_world = !reader.element().has("coordinateSystem");
  condition.coordinates = reader.one_of_or("coordinateSystem", kCoordinateSystems, CoordinateSystem::kWorld);
  condition.relative_to = reader.optional_entity("entityRef");
  return condition;
}

RelativeClearanceCondition read_clearance(ElementReader& reader) {
  RelativeClearanceCondition condition;
  condition.backward_m = reader.number_or("distanceBackward", 0);
  condition.forward_m = reader.number_or("distanceForward", 0);
  condition.is_freespace = reader.flag("freeSpace");
  condition.counts_opposite_lanes = reader.flag("oppositeLanes");
  reader.each("RelativeLaneRange", [&](base::XmlElement one) {
    ElementReader range(one, reader.context());
    condition.lanes.push_back({range.optional_integer("from"), range.optional_integer("to")});
  });
  reader.each("EntityRef", [&](base::XmlElement one) {
    ElementReader(one, reader.context()).entities("entityRef", condition.entities);
  });
  return condition;
}

DirectionDimension read_direction(ElementReader& reader) {
  return reader.one_of_or("direction", kDirections, DirectionDimension::kTotal);
}

RelativeSpeedCondition read_relative_speed(ElementReader& reader) {
  return {reader.entity("entityRef"), reader.number("value"), reader.one_of("rule", kRules), read_direction(reader)};
}

ReachPositionCondition read_reach_position(ElementReader& reader) {
  return {read_position(reader.required_child("Position"), reader.context()), reader.number("tolerance")};
}

}  // namespace

EntityConditionValue read_entity_condition(base::XmlElement element, ReadContext& context) {
  ElementReader holder(element, context);
  const base::XmlElement kind = holder.only_child();
  if (!kind) return NeverCondition{};
  ElementReader reader(kind, context);
  const std::string_view name = kind.name();
  if (name == "TraveledDistanceCondition") return TraveledDistanceCondition{reader.number("value")};
  if (name == "RelativeDistanceCondition") return read_relative_distance(reader);
  if (name == "DistanceCondition") return read_distance(reader);
  if (name == "TimeHeadwayCondition") return read_time_headway(reader);
  if (name == "TimeToCollisionCondition") return read_time_to_collision(reader);
  if (name == "SpeedCondition") {
    return SpeedCondition{reader.number("value"), reader.one_of("rule", kRules), read_direction(reader)};
  }
  if (name == "RelativeSpeedCondition") return read_relative_speed(reader);
  if (name == "AccelerationCondition") {
    return AccelerationCondition{reader.number("value"), reader.one_of("rule", kRules), read_direction(reader)};
  }
  if (name == "StandStillCondition") return StandStillCondition{reader.number("duration")};
  if (name == "CollisionCondition") return read_collision(reader);
  if (name == "AngleCondition" || name == "RelativeAngleCondition") return read_angle(reader);
  if (name == "ReachPositionCondition") return read_reach_position(reader);
  if (name == "EndOfRoadCondition") return EndOfRoadCondition{reader.number("duration")};
  if (name == "OffroadCondition") {
    context.has_off_road_condition = true;
    return OffroadCondition{reader.number("duration")};
  }
  if (name == "RelativeClearanceCondition") return read_clearance(reader);
  reader.skip_everything();
  reader.unsupported("is no condition by entity that is supported; it never holds");
  return NeverCondition{};
}

}  // namespace hangil::scenario
