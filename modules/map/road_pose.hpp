// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "map/place.hpp"
#include "map/road.hpp"

// Where places of a road lie. All take s within [0, length]; outside it the ends run on. Pure functions of the road.
namespace hangil::map {

// (s, t) in the map's frame, looking along the reference line.
RoadPose road_pose(const Road& road, double s_m, double t_m);
// A place of a lane, looking along the lane's middle in the direction of rising s. The lane must be there at s.
RoadPose lane_pose(const Road& road, const LanePlace& place);

// The section that holds s, the later one where two meet; sections begin at s_m.
const LaneSection& section_at(const Road& road, double s_m);
int section_index_at(const Road& road, double s_m);
const Lane* find_lane(const LaneSection& section, int lane_id);

// The edges of a lane as t, and how they drift (dt/ds). right_t_m <= left_t_m where widths are not negative.
struct LaneEdges {
  double right_t_m = 0, left_t_m = 0;
  double right_slope = 0, left_slope = 0;

  double width_m() const { return left_t_m - right_t_m; }
  double centre_t_m() const { return (left_t_m + right_t_m) / 2; }
  double centre_slope() const { return (left_slope + right_slope) / 2; }
};

// `lane` is a place in section.lanes; lane 0 has both edges at the lane offset.
LaneEdges lane_edges(const Road& road, const LaneSection& section, int lane, double s_m);
// Of the lane with that id; of lane 0 where there is none.
LaneEdges lane_edges(const Road& road, int lane_id, double s_m);
inline double lane_width_m(const Road& road, int lane_id, double s_m) {
  return lane_edges(road, lane_id, s_m).width_m();
}

// The lane that holds t (a place in section.lanes; lane 0 never does unless it is alone), or the outermost one on that
// side if t is beyond.
int lane_at(const Road& road, const LaneSection& section, double s_m, double t_m);

// Traffic in this lane drives towards rising s: right lanes, or left ones where traffic keeps left.
bool runs_along_s(const Road& road, int lane_id);

// In m/s, infinite where nothing is posted: of the lane, else of the road.
double speed_limit_mps(const Road& road, int lane_id, double s_m);

RoadPlace road_place(const Road& road, const LanePlace& place);
// With the lane that holds t.
LanePlace lane_place(const Road& road, const RoadPlace& place);

}  // namespace hangil::map
