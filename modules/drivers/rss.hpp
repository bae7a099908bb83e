// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "drivers/reaction.hpp"
#include "drivers/scene.hpp"

namespace hangil::drivers {

// Responsibility-sensitive safety (Shalev-Shwartz, Shammah and Shashua, "On a formal model of safe and scalable
// self-driving cars", 2017, definitions 1 and 6), as an emergency brake: it reacts where both distances are too short.
struct RssConfig {
  double response_s = 0.75;
  double max_acceleration_mps2 = 3;  // within the response time
  double deceleration_mps2 = 6;      // of ego at least and of the leader at most
  double lateral_acceleration_mps2 = 1;
  double lateral_margin_m = 0.3;  // the paper's mu
};

struct Rss {
  RssConfig config;
  Reaction reaction;
};

double safe_distance_m(const RssConfig& config, double speed_mps, double leader_speed_mps);
// Of one that nears with that lateral speed while ego keeps its lane.
double safe_lateral_distance_m(const RssConfig& config, double lateral_speed_mps);
bool is_unsafe(const RssConfig& config, const Scene& scene, const Neighbour& other);
Decision step(Rss& driver, const Scene& scene, double dt_s);

}  // namespace hangil::drivers
