// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "map/map.hpp"
#include "map/place.hpp"

// Driving along lanes. Travel has a direction: towards rising s (is_along_s) or against it, whatever the lane's traffic
// does; it turns where a road is entered by its end.
namespace hangil::map {

// A lane that goes on where another ends, entered at s_m.
struct Continuation {
  int road = -1, lane_id = 0;
  double s_m = 0;
  bool is_along_s = true;
};

// The lanes that follow a lane at the end of its section in the direction of travel: in the next section, on the next
// road, or through a junction. Empty where the lane or the road ends.
std::vector<Continuation> continuations(const Map& map, int road, int section, int lane_id, bool is_along_s);

// Picks one of two or more; returns its place in the span (what is out of range ends the travel).
using ChooseContinuation = std::function<std::size_t(const Map&, const LanePlace&, std::span<const Continuation>)>;
// The one that turns least within 50 m; the first of equals.
std::size_t straightest(const Map& map, const LanePlace& from, std::span<const Continuation> ways);

enum class TravelEnd {
  kNone,     // went the whole distance
  kRoadEnd,  // the road ends there, and no other follows
  kLaneEnd,  // the road goes on, this lane does not
};

struct Advance {
  LanePlace place;
  bool is_along_s = true;
  double travelled_m = 0;
  TravelEnd end = TravelEnd::kNone;
};

// Goes distance_m >= 0 along the line at place.offset_m from the middle of the lane, measured level on that line (so
// inner lanes of a bend take more s), keeping the offset from lane to lane. The lane must be there at place.s_m.
Advance advance(const Map& map, const LanePlace& place, bool is_along_s, double distance_m,
                const ChooseContinuation& choose = straightest);

// The same, but distance_m counts s: metres of the reference lines, whatever the line driven on is long.
Advance advance_along_s(const Map& map, const LanePlace& place, bool is_along_s, double distance_m,
                        const ChooseContinuation& choose = straightest);

// The lane `steps` to the left (in the direction of rising s; negative: right), not counting lane 0, or 0 where the
// road ends before. Lanes of every type count.
int lane_beside(const LaneSection& section, int lane_id, int steps);
// How many lanes `to` is left of `from` (negative: right), not counting lane 0.
int lanes_between(const LaneSection& section, int from_lane_id, int to_lane_id);

// From one place to another along the roads: positive ahead in the direction of travel, negative behind; dt is how far
// left of the line through `from` it then lies (in the direction of travel).
struct RoadDistance {
  double ds_m = 0, dt_m = 0;
  bool is_same_direction = true;  // s rises the same way at both places
};

// The shortest way within limit_m, forwards or backwards without turning round, through any junction (lanes do not
// matter); measured along reference lines.
std::optional<RoadDistance> road_distance(const Map& map, const RoadPlace& from, const RoadPlace& to, bool is_along_s,
                                          double limit_m);

}  // namespace hangil::map
