// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

namespace hangil::drivers {

// What a reference driver knows of one other road user, in the coordinates of ego's lane (curved lanes are unrolled).
struct Neighbour {
  double gap_m = 0;              // from ego's front to its rear along the lane; negative beside and behind ego
  double lateral_gap_m = 0;      // between the sides; negative where the two would touch if they met
  double speed_mps = 0;          // along the lane, negative when oncoming
  double acceleration_mps2 = 0;  // along the lane
  double lateral_speed_mps = 0;  // with which it closes the lateral gap; negative when it leaves
  double lane_deviation_m = 0;   // how far its centre is from the centre of the lane it drives in, or is leaving
  double length_m = 4.5;
};

// What a reference driver decides on. Its own motion is along its lane; it steers as its lane does.
struct Scene {
  double speed_mps = 0;          // ego's
  double acceleration_mps2 = 0;  // ego's, of the last step
  double length_m = 4.5;
  std::span<const Neighbour> neighbours;  // in any order
};

// Seconds until ego's front reaches the other's rear at constant speeds; infinity when it never does, 0 beside.
double time_to_contact_s(const Scene& scene, const Neighbour& other);
// Ego's front has not passed its front yet.
bool is_still_ahead(const Neighbour& other);
// Ego would touch it, going straight on along its lane.
bool is_in_path(const Neighbour& other);
// Whether ego sees it: what stands in its path behind a nearer one in its path is hidden until the nearer one is more
// than 0.375 m (kVisibleDeviation_m) off its lane's centre (UN R157 Annex 4 App. 3, cut-out: wandering zone).
bool is_seen(const Scene& scene, const Neighbour& other);
inline constexpr double kVisibleDeviation_m = 0.375;

}  // namespace hangil::drivers
