// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/fields.hpp"
#include "verdict/trace.hpp"

namespace hangil::verdict {

// Key performance indicators of one run. NaN (null in JSON): there was nothing to measure.
struct Kpis {
  static constexpr std::string_view kType = "hangil_msgs/msg/Kpis";
  std::int32_t collision_count = 0;    // of ego, as the trace reports them or its boxes overlap
  double collision_s = kUnknown;       // the first
  double impact_speed_mps = kUnknown;  // relative, at the step before it (Euro NCAP: test speed at impact)
  std::string collided_with;
  double min_ttc_s = kUnknown;  // exact for moving boxes without turning (Hayward 1972; math/time_to_collision.hpp)
  double min_distance_m = kUnknown;     // between the boxes
  double min_headway_s = kUnknown;      // to the nearest ahead in ego's path, above 2 m/s (UN R157 5.2.3.3)
  double final_shortfall_m = kUnknown;  // at the end without a collision, below following_distance_m
  double max_acceleration_mps2 = 0, max_deceleration_mps2 = 0;
  double max_lateral_mps2 = 0, max_yaw_rate_radps = 0, max_yaw_acceleration_radps2 = 0;
  double max_longitudinal_jerk_mps3 = 0, max_jerk_mps3 = 0;
  double progress_m = 0;
  double min_tyre_to_marking_m = kUnknown;  // UN R157 5.2.1
  double max_over_limit_mps = kUnknown;
  std::int32_t goal = 0;  // 0 there was none, 1 reached, 2 missed
  std::int32_t deadline_miss_count = 0;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("collision_count", self.collision_count);
    visit("collision_s", self.collision_s);
    visit("impact_speed_mps", self.impact_speed_mps);
    visit("collided_with", self.collided_with);
    visit("min_ttc_s", self.min_ttc_s);
    visit("min_distance_m", self.min_distance_m);
    visit("min_headway_s", self.min_headway_s);
    visit("final_shortfall_m", self.final_shortfall_m);
    visit("max_acceleration_mps2", self.max_acceleration_mps2);
    visit("max_deceleration_mps2", self.max_deceleration_mps2);
    visit("max_lateral_mps2", self.max_lateral_mps2);
    visit("max_yaw_rate_radps", self.max_yaw_rate_radps);
    visit("max_yaw_acceleration_radps2", self.max_yaw_acceleration_radps2);
    visit("max_longitudinal_jerk_mps3", self.max_longitudinal_jerk_mps3);
    visit("max_jerk_mps3", self.max_jerk_mps3);
    visit("progress_m", self.progress_m);
    visit("min_tyre_to_marking_m", self.min_tyre_to_marking_m);
    visit("max_over_limit_mps", self.max_over_limit_mps);
    visit("goal", self.goal);
    visit("deadline_miss_count", self.deadline_miss_count);
  }
};

// Of a trace that check() accepts. Nothing after ego's first collision counts.
Kpis measure(const ScenarioTrace& trace);

// UN R157 5.2.3.3: speed times a time gap from 1.0 s at 7.2 km/h to 1.6 s at 60 km/h, linear between, at least 2 m.
double following_distance_m(double speed_mps);

}  // namespace hangil::verdict
