// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "map/signal.hpp"

namespace hangil::map {

// A corner of an outline in the object's own frame (u along its heading, v left), or on the road (s, t).
struct OutlineCorner {
  bool is_on_road = false;
  double u_m = 0, v_m = 0;  // or s and t
  double z_m = 0, height_m = 0;
};

// A crosswalk, a parking space, a barrier, a pole ... (OpenDRIVE 1.8, section 13).
struct RoadObject {
  std::string id, name, type, subtype;
  double s_m = 0, t_m = 0, z_offset_m = 0, heading_rad = 0;  // heading against the reference line
  double length_m = 0, width_m = 0, height_m = 0, radius_m = 0;
  Orientation orientation = Orientation::kBoth;
  std::vector<OutlineCorner> outline;  // of the first outline; empty: length by width, or radius
  std::vector<LaneRange> validity;
  int line = 0;
};

}  // namespace hangil::map
