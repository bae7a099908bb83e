// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "simulation/object_sensor.hpp"

namespace hangil::simulation {

struct ScenarioLoopConfig {
  std::string scenario_file, ego_entity, parameters, maps, vehicle_file;
  double time_limit_s = 120;
  double ends_when_avoided_s = 0;
  double sensor_latency_s = 0;
  double frame_dropout_ratio = 0;
  double blind_from_s = 0, blind_for_s = 0;
  ObjectSensorConfig sensor;

  void visit(base::ConfigVisitor& visitor);
};

}  // namespace hangil::simulation
