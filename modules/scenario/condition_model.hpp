// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "scenario/action_model.hpp"
#include "scenario/rule.hpp"

namespace hangil::scenario {

enum class Edge { kNone, kRising, kFalling, kRisingOrFalling };
enum class DistanceType { kEuclidean, kLongitudinal, kLateral };
enum class DirectionDimension { kTotal, kLongitudinal, kLateral, kVertical };
enum class StoryElementType { kStory, kAct, kManeuverGroup, kManeuver, kEvent, kAction };
enum class ElementState {
  kStandby,
  kRunning,
  kComplete,
  kStartTransition,
  kEndTransition,
  kStopTransition,
  kSkipTransition
};

struct SimulationTimeCondition {
  double value_s = 0;
  Rule rule = Rule::kGreaterThan;
};
struct TimeOfDayCondition {
  double seconds_since_1970 = 0;
  Rule rule = Rule::kGreaterThan;
};
struct StoryboardElementStateCondition {
  StoryElementType type = StoryElementType::kEvent;
  std::string element;
  ElementState state = ElementState::kComplete;
};
struct ParameterCondition {
  std::string name, value;
  Rule rule = Rule::kEqualTo;
};
struct VariableCondition {
  std::string name, value;
  Rule rule = Rule::kEqualTo;
};
struct TrafficSignalCondition {
  std::string signal, state;
};
struct SignalPhaseCondition {
  std::string controller, phase;
};
struct NeverCondition {};  // of a kind that is not supported, said in the findings

using ByValueCondition =
    std::variant<NeverCondition, SimulationTimeCondition, TimeOfDayCondition, StoryboardElementStateCondition,
                 ParameterCondition, VariableCondition, TrafficSignalCondition, SignalPhaseCondition>;

struct Measure {
  bool is_freespace = false, is_along_route = false;
  DistanceType type = DistanceType::kEuclidean;
  CoordinateSystem coordinates = CoordinateSystem::kEntity;
};
struct TraveledDistanceCondition {
  double value_m = 0;
};
struct RelativeDistanceCondition {
  EntityIndex entity = 0;
  Measure measure;
  double value_m = 0;
  Rule rule = Rule::kLessThan;
};
struct DistanceCondition {
  Position position;
  Measure measure;
  double value_m = 0;
  Rule rule = Rule::kLessThan;
};
struct TimeHeadwayCondition {
  EntityIndex entity = 0;
  Measure measure;
  double value_s = 0;
  Rule rule = Rule::kLessThan;
};
struct TimeToCollisionCondition {
  std::optional<EntityIndex> entity;  // else the position
  Position position;
  Measure measure;
  double value_s = 0;
  Rule rule = Rule::kLessThan;
};
struct SpeedCondition {
  double value_mps = 0;
  Rule rule = Rule::kGreaterThan;
  DirectionDimension direction = DirectionDimension::kTotal;
};
struct RelativeSpeedCondition {
  EntityIndex entity = 0;
  double value_mps = 0;
  Rule rule = Rule::kGreaterThan;
  DirectionDimension direction = DirectionDimension::kTotal;
};
struct AccelerationCondition {
  double value_mps2 = 0;
  Rule rule = Rule::kGreaterThan;
  DirectionDimension direction = DirectionDimension::kTotal;
};
struct StandStillCondition {
  double duration_s = 0;
};
struct CollisionCondition {
  std::vector<EntityIndex> entities;  // any of them
  std::string kind;                   // by type, where no entity is named: vehicle, pedestrian, miscellaneous
};
enum class AngleType { kHeading, kPitch, kRoll };
struct AngleCondition {
  AngleType type = AngleType::kHeading;
  double angle_rad = 0, tolerance_rad = 0;
  CoordinateSystem coordinates = CoordinateSystem::kEntity;
  bool is_in_world = true;                 // no coordinate system given
  std::optional<EntityIndex> relative_to;  // RelativeAngleCondition
};
struct ReachPositionCondition {
  Position position;
  double tolerance_m = 0;
};
struct EndOfRoadCondition {
  double duration_s = 0;
};
struct OffroadCondition {
  double duration_s = 0;
};
struct RelativeClearanceCondition {
  double backward_m = 0, forward_m = 0;
  bool is_freespace = false, counts_opposite_lanes = false;
  struct LaneRange {
    std::optional<int> from, to;
  };
  std::vector<LaneRange> lanes;       // relative to the triggering entity; none: all
  std::vector<EntityIndex> entities;  // none: all
};

using EntityConditionValue =
    std::variant<NeverCondition, TraveledDistanceCondition, RelativeDistanceCondition, DistanceCondition,
                 TimeHeadwayCondition, TimeToCollisionCondition, SpeedCondition, RelativeSpeedCondition,
                 AccelerationCondition, StandStillCondition, CollisionCondition, AngleCondition, ReachPositionCondition,
                 EndOfRoadCondition, OffroadCondition, RelativeClearanceCondition>;

struct ByEntityCondition {
  std::vector<EntityIndex> triggering;
  bool must_hold_for_all = false;
  EntityConditionValue value;
};

struct Condition {
  std::string name;
  double delay_s = 0;
  Edge edge = Edge::kNone;
  std::variant<ByValueCondition, ByEntityCondition> value;
};

using ConditionGroup = std::vector<Condition>;  // all hold
using Trigger = std::vector<ConditionGroup>;    // one holds

}  // namespace hangil::scenario
