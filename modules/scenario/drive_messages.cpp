// SPDX-License-Identifier: Apache-2.0
#include "scenario/drive_messages.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "math/angles.hpp"
#include "scenario/expression.hpp"

namespace hangil::scenario {

namespace {

messages::Quaternion quaternion(double h, double p, double r) {
  const double ch = std::cos(h / 2), sh = std::sin(h / 2), cp = std::cos(p / 2), sp = std::sin(p / 2),
               cr = std::cos(r / 2), sr = std::sin(r / 2);
  return {sr * cp * ch - cr * sp * sh, cr * sp * ch + sr * cp * sh, cr * cp * sh - sr * sp * ch,
          cr * cp * ch + sr * sp * sh};
}

messages::ObjectClass class_of(const EntityDefinition& definition) {
  if (definition.kind == EntityKind::kPedestrian) return messages::ObjectClass::kPedestrian;
  if (definition.kind == EntityKind::kMiscObject) return messages::ObjectClass::kOther;
  constexpr std::array<std::pair<std::string_view, messages::ObjectClass>, 9> kWords = {
      {{"car", messages::ObjectClass::kCar},
       {"van", messages::ObjectClass::kVan},
       {"truck", messages::ObjectClass::kTruck},
       {"semitrailer", messages::ObjectClass::kTruck},
       {"trailer", messages::ObjectClass::kTruck},
       {"bus", messages::ObjectClass::kBus},
       {"motorbike", messages::ObjectClass::kMotorcycle},
       {"bicycle", messages::ObjectClass::kCyclist},
       {"tram", messages::ObjectClass::kTram}}};
  for (const auto& [word, object_class] : kWords) {
    if (definition.category == word) return object_class;
  }
  return messages::ObjectClass::kOther;
}

messages::TruthObject truth_object(const World& world, const EntityState& ego, EntityIndex entity) {
  const EntityState& state = world.entity(entity);
  const EntityDefinition& definition = world.definition(entity);
  const math::Box2 box = footprint(world, entity);
  const double c = std::cos(ego.h_rad), s = std::sin(ego.h_rad);
  const double dx = box.pose.x_m - ego.x_m, dy = box.pose.y_m - ego.y_m;
  messages::TruthObject object;
  object.id = entity;
  object.object_class = class_of(definition);
  object.label = definition.name;
  object.box = {c * dx + s * dy,
                c * dy - s * dx,
                state.z_m - ego.z_m + definition.box.center_z_m,
                math::angle_difference_rad(state.h_rad, ego.h_rad),
                definition.box.length_m,
                definition.box.width_m,
                definition.box.height_m};
  object.vx_mps = c * state.vx_mps + s * state.vy_mps;
  object.vy_mps = c * state.vy_mps - s * state.vx_mps;
  object.has_velocity = true;
  object.occlusion = 3;  // unknown: there is no camera
  return object;
}

std::string_view word(ElementTransition transition) {
  switch (transition) {
    case ElementTransition::kNone:
      return "none";
    case ElementTransition::kStart:
      return "start";
    case ElementTransition::kEnd:
      return "end";
    case ElementTransition::kStop:
      return "stop";
    case ElementTransition::kSkip:
      return "skip";
  }
  return "";
}

std::string_view word(StoryElementType type) {
  constexpr std::array<std::string_view, 6> kWords = {"story", "act", "maneuver group", "maneuver", "event", "action"};
  return kWords[static_cast<std::size_t>(type)];
}

std::string switch_text(const ControllerEvent& event) {
  const auto state = [](const std::optional<bool>& value) { return !value ? "as before" : *value ? "on" : "off"; };
  return std::string("lateral ") + state(event.lateral) + ", longitudinal " + state(event.longitudinal);
}

}  // namespace

messages::Odometry odometry(const World& world, EntityIndex ego, base::Time stamp) {
  const EntityState& state = world.entity(ego);
  messages::Odometry message;
  message.header = {stamp, "map"};
  message.child_frame_id = "ego";
  message.pose.pose.position = {state.x_m, state.y_m, state.z_m};
  message.pose.pose.orientation = quaternion(state.h_rad, state.p_rad, state.r_rad);
  message.twist.twist.linear.x = state.speed_mps;
  const double speed2 = state.vx_mps * state.vx_mps + state.vy_mps * state.vy_mps;
  if (speed2 > 1e-6)
    message.twist.twist.angular.z = (state.vx_mps * state.ay_mps2 - state.vy_mps * state.ax_mps2) / speed2;
  return message;
}

messages::TruthObjects truth_objects(const World& world, EntityIndex ego, base::Time stamp, double range_m) {
  messages::TruthObjects truth;
  truth.header = {stamp, "ego"};
  for (EntityIndex entity = 0; entity < static_cast<EntityIndex>(world.entities.size()); ++entity) {
    if (entity == ego || !world.entity(entity).is_present) continue;
    messages::TruthObject object = truth_object(world, world.entity(ego), entity);
    if (std::hypot(object.box.x_m, object.box.y_m) <= range_m) truth.objects.push_back(std::move(object));
  }
  return truth;
}

Way way_ahead(World& world, const Motion& motion, EntityIndex ego, double length_m) {
  Way way;
  const auto* run = motion.lateral ? std::get_if<TrajectoryRun>(&motion.lateral->run) : nullptr;
  LaneSpot spot = spot_of(world, ego);
  if (const auto* change = motion.lateral ? std::get_if<LaneTransitionRun>(&motion.lateral->run) : nullptr)
    spot.place.offset_m = change->offset.to;
  bool goes_on = run != nullptr || spot.is_on_road();
  for (double way_m = 0; goes_on && way_m <= length_m; way_m += Way::kSpacingM) {
    if (run != nullptr) {
      const PathPoint point = point_at(run->path, run->s_m + way_m);
      way.path.push_back({point.x_m, point.y_m});
      goes_on = run->s_m + way_m < run->path.length_m();
    } else {
      const map::RoadPose pose = pose_of(*world.map, spot);
      way.path.push_back({pose.x_m, pose.y_m});
      way.spots.push_back(spot);
      goes_on = travel(*world.map, spot, Way::kSpacingM, world.routes[static_cast<std::size_t>(ego)]);
    }
  }
  return way;
}

messages::Mission mission(World& world, const Motion& motion, EntityIndex ego, base::Time stamp, double length_m) {
  messages::Mission mission;
  mission.header = {stamp, "map"};
  mission.desired_speed_mps = world.entity(ego).speed_mps;
  mission.path = way_ahead(world, motion, ego, length_m).path;
  return mission;
}

std::vector<messages::ScenarioEvent> EventTeller::tell(const ScenarioRun& run, base::Time start) {
  std::vector<messages::ScenarioEvent> events;
  const auto name = [&](EntityIndex entity) { return run.world().definition(entity).name; };
  const auto add = [&](double time_s, std::string kind, std::string subject, std::string detail) {
    events.push_back(
        {{start + base::Duration::seconds(time_s), "map"}, std::move(kind), std::move(subject), std::move(detail)});
  };
  const RunLog& log = run.log();
  const auto add_new = [](const auto& kept, std::size_t& told, const auto& add_one) {
    for (; told < kept.size(); ++told) add_one(kept[told]);
  };
  add_new(log.story, told_[0], [&](const StoryEvent& one) {
    add(one.time_s, std::string(word(one.type)), std::string(one.name), std::string(word(one.transition)));
  });
  add_new(log.collisions, told_[1], [&](const CollisionEvent& one) {
    add(one.time_s, one.begins ? "collision" : "separation", name(one.contact.first), name(one.contact.second));
  });
  add_new(log.controllers, told_[2],
          [&](const ControllerEvent& one) { add(one.time_s, "controller", name(one.entity), switch_text(one)); });
  add_new(log.lights, told_[3],
          [&](const LightEvent& one) { add(one.time_s, "light", name(one.entity), one.light + " " + one.mode); });
  add_new(log.animations, told_[5], [&](const AnimationEvent& one) {
    add(one.time_s, "animation", name(one.entity), one.what + " " + number_text(one.state));
  });
  add_new(log.values, told_[4], [&](const ValueEvent& one) { add(one.time_s, "value", one.name, one.value); });
  add_new(log.signals, told_[6], [&](const ValueEvent& one) { add(one.time_s, "signal", one.name, one.value); });
  add_new(log.exhausted_sources, told_[7],
          [&](const SourceEvent& one) { add(one.time_s, "traffic source", one.name, "has no more vehicles"); });
  if (run.end_reason() != EndReason::kRunning && !has_told_end_) {
    add(run.world().time_s(), "end", "scenario", std::string(word(run.end_reason())));
    has_told_end_ = true;
  }
  std::stable_sort(events.begin(), events.end(),
                   [](const auto& a, const auto& b) { return a.header.stamp < b.header.stamp; });
  return events;
}

}  // namespace hangil::scenario
