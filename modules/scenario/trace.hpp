// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "scenario/scenario_run.hpp"

namespace hangil::scenario {

struct TraceRow {
  double time_s = 0;
  EntityIndex entity = 0;
  double x_m = 0, y_m = 0, z_m = 0, h_rad = 0, p_rad = 0, r_rad = 0, speed_mps = 0, wheel_angle_rad = 0;
};

// Where everybody was at every step.
class Trace {
 public:
  // The entities that are there at the present time of the world.
  void add(const World& world);
  const std::vector<TraceRow>& rows() const { return rows_; }
  void reserve(std::size_t count) { rows_.reserve(count); }

 private:
  std::vector<TraceRow> rows_;
};

// time,id,name,x,y,z,h,p,r,speed,wheel_angle; metres, radians, seconds; the reference point.
std::string csv_text(const Trace& trace, const Scenario& scenario);

}  // namespace hangil::scenario
