// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "scenario/entity_model.hpp"
#include "scenario/position_model.hpp"
#include "scenario/traffic_model.hpp"

namespace hangil::scenario {

inline constexpr double kUnlimited = std::numeric_limits<double>::infinity();

enum class DynamicsShape { kLinear, kCubic, kSinusoidal, kStep };
enum class DynamicsDimension { kTime, kDistance, kRate };
enum class FollowingMode { kPosition, kFollow };
enum class CoordinateSystem { kEntity, kLane, kRoad, kTrajectory, kWorld };
enum class Displacement { kAny, kTrailing, kLeading };  // kLeading: ahead of (or left of) the referenced entity

struct TransitionDynamics {
  DynamicsShape shape = DynamicsShape::kStep;
  DynamicsDimension dimension = DynamicsDimension::kTime;
  double value = 0;
};

struct DynamicConstraints {
  double max_acceleration_mps2 = kUnlimited, max_deceleration_mps2 = kUnlimited, max_speed_mps = kUnlimited;
  double max_acceleration_rate_mps3 = kUnlimited, max_deceleration_rate_mps3 = kUnlimited;
};

struct TeleportAction {
  Position position;
};
struct SpeedAction {
  TransitionDynamics dynamics;
  double target = 0;  // m/s; relative: added to, or a factor of the other's speed
  std::optional<EntityIndex> relative_to;
  bool is_factor = false, is_continuous = false;
};
struct SpeedProfileEntry {
  double speed_mps = 0;
  std::optional<double> time_s;  // since the entry before
};
struct SpeedProfileAction {
  FollowingMode mode = FollowingMode::kPosition;
  std::optional<EntityIndex> relative_to;
  DynamicConstraints constraints;
  std::vector<SpeedProfileEntry> entries;
};
struct LongitudinalDistanceAction {
  EntityIndex entity = 0;
  bool is_freespace = false, is_continuous = false;
  std::optional<double> distance_m, time_gap_s;
  CoordinateSystem coordinates = CoordinateSystem::kEntity;
  Displacement displacement = Displacement::kTrailing;
  std::optional<DynamicConstraints> constraints;
};
struct LaneChangeAction {
  TransitionDynamics dynamics;
  int target_lane = 0;  // relative: added, positive to the left as seen by the referenced entity
  std::optional<EntityIndex> relative_to;
  double target_offset_m = 0;
};
struct LaneOffsetAction {
  DynamicsShape shape = DynamicsShape::kStep;
  std::optional<double> max_lateral_acceleration_mps2;
  double target_m = 0;
  std::optional<EntityIndex> relative_to;
  bool is_continuous = false;
};
struct LateralDistanceAction {
  EntityIndex entity = 0;
  bool is_freespace = false, is_continuous = false;
  std::optional<double> distance_m;
  CoordinateSystem coordinates = CoordinateSystem::kEntity;
  Displacement displacement = Displacement::kAny;
  std::optional<DynamicConstraints> constraints;
};
struct FinalSpeed {
  double value_mps = 0;  // relative: added to, or a factor of the master's speed
  bool is_relative = false, is_factor = false;
  std::optional<double> steady_distance_m, steady_time_s;
};
struct SynchronizeAction {
  EntityIndex master = 0;
  Position master_target, target;
  double master_tolerance_m = 0, tolerance_m = 0;
  std::optional<FinalSpeed> final_speed;
};
struct ActivateControllerAction {
  std::optional<bool> lateral, longitudinal;
  std::string controller;  // empty: all
};
struct AssignControllerAction {
  std::optional<ControllerDefinition> controller;
  std::optional<bool> activate_lateral, activate_longitudinal;
};
struct OverrideValue {
  bool is_active = false;
  double value = 0;
};
// Pedals 0 to 1, steering wheel in rad (positive left), gear number.
struct OverrideControllerAction {
  std::optional<OverrideValue> throttle, brake, clutch, parking_brake, steering_wheel, gear;
};
struct AssignRouteAction {
  std::shared_ptr<const Route> route;
};
struct AcquirePositionAction {
  Position position;
};
struct TrajectoryTiming {
  bool is_absolute = false;  // else relative to the start of the action
  double scale = 1, offset_s = 0;
};
struct FollowTrajectoryAction {
  std::shared_ptr<const Trajectory> trajectory;
  std::optional<TrajectoryTiming> timing;
  FollowingMode mode = FollowingMode::kPosition;
  double start_offset_m = 0;
};
struct LightStateAction {
  std::string light, mode;
};
// Recorded: nothing here has parts that move.
struct AnimationAction {
  std::string what;
  double state = 0;
};
struct VisibilityAction {
  bool graphics = true, sensors = true, traffic = true;
};
struct ConnectTrailerAction {
  std::optional<EntityIndex> trailer;  // none: disconnects
};
// Played as if it ended at once.
struct IgnoredAction {
  std::string element;
};

using PrivateActionValue =
    std::variant<IgnoredAction, TeleportAction, SpeedAction, SpeedProfileAction, LongitudinalDistanceAction,
                 LaneChangeAction, LaneOffsetAction, LateralDistanceAction, SynchronizeAction, ActivateControllerAction,
                 AssignControllerAction, OverrideControllerAction, AssignRouteAction, AcquirePositionAction,
                 FollowTrajectoryAction, LightStateAction, AnimationAction, VisibilityAction, ConnectTrailerAction>;

struct TimeOfDay {
  double seconds_since_1970 = 0;
  bool moves = false;  // with the simulation; else it stays
};
struct EnvironmentAction {
  std::string name;
  std::optional<TimeOfDay> time_of_day;
  std::optional<double> friction_ratio, fog_visual_range_m, precipitation_mmph, sun_azimuth_rad, sun_elevation_rad,
      sun_illuminance_lx;
};
struct AddEntityAction {
  EntityIndex entity = 0;
  Position position;
};
struct DeleteEntityAction {
  EntityIndex entity = 0;
};
enum class Modification { kSet, kAdd, kMultiply };
struct ParameterAction {
  std::string name, value;
  Modification modification = Modification::kSet;
};
struct VariableAction {
  std::string name, value;
  Modification modification = Modification::kSet;
};
struct TrafficSignalAction {
  std::string signal, state;
};
struct SignalPhaseAction {
  std::string controller, phase;
};

using GlobalActionValue =
    std::variant<IgnoredAction, EnvironmentAction, AddEntityAction, DeleteEntityAction, ParameterAction, VariableAction,
                 TrafficSignalAction, TrafficAction, SignalPhaseAction>;

}  // namespace hangil::scenario
