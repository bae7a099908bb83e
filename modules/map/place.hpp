// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace hangil::map {

// A place by road coordinates: s along the reference line, t to its left, on the road surface.
struct RoadPlace {
  int road = -1;  // in Map::roads()
  double s_m = 0, t_m = 0;
};

// A place by lane: offset_m from the middle of the lane, positive to the left of the road's direction (as t).
struct LanePlace {
  int road = -1;  // in Map::roads()
  int lane_id = 0;
  double s_m = 0, offset_m = 0;
};

// A pose on the road surface, in the frame of the map: x east or as the file says, z up. Angles as ISO 8855: heading
// counter-clockwise from x, pitch positive nose down, roll positive left side up, applied in that order. Curvature is
// that of the line through the place along the road (at constant t or offset), positive to the left.
struct RoadPose {
  double x_m = 0, y_m = 0, z_m = 0;
  double heading_rad = 0, pitch_rad = 0, roll_rad = 0;
  double curvature_radpm = 0;
};

}  // namespace hangil::map
