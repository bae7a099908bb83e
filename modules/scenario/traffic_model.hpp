// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/position_model.hpp"

namespace hangil::scenario {

// Generated vehicles are entities as all others, declared when the scenario is read and placed when they are needed.
struct VehiclePool {
  EntityIndex first = 0;
  int count = 0;
};

// TrafficSourceAction: `rate_ps` vehicles a second in the lanes within a radius, as long as its pool has some left.
struct TrafficSource {
  Position position;
  double radius_m = 0, rate_ps = 0, speed_mps = 0;
  VehiclePool pool;
};
// TrafficSinkAction: takes generated vehicles within a radius, `rate_ps` a second at most.
struct TrafficSink {
  Position position;
  double radius_m = 0, rate_ps = 0;
};
// TrafficSwarmAction: keeps vehicles between an inner circle and an outer ellipse about an entity.
struct TrafficSwarm {
  EntityIndex central = 0;
  double semi_major_m = 0, semi_minor_m = 0;  // along the central entity and across
  double inner_radius_m = 0, offset_m = 0;    // of the ellipse, ahead of the entity
  double least_speed_mps = 0, most_speed_mps = 0;
  std::optional<double> opposite_ratio;  // of the vehicles; absent: as the lanes are
  VehiclePool pool;
};
struct TrafficStop {};

struct TrafficAction {
  std::string name;
  std::variant<TrafficStop, TrafficSource, TrafficSink, TrafficSwarm> value;
};

}  // namespace hangil::scenario
