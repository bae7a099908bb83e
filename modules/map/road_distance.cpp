// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <queue>
#include <tuple>

#include "map/advance.hpp"

namespace hangil::map {

namespace {

// A road that is entered after some distance.
struct Entry {
  double distance_m = 0;
  int road = -1;
  double s_m = 0;
  bool is_along_s = true;

  bool operator>(const Entry& other) const {
    return std::tie(distance_m, road, is_along_s) > std::tie(other.distance_m, other.road, other.is_along_s);
  }
};

struct Reached {
  double distance_m = 0;
  bool is_along_s = true;
};

// Dijkstra over roads in one direction of travel; nothing beyond the limit.
std::optional<Reached> reach(const Map& map, const RoadPlace& from, const RoadPlace& to, bool is_along_s,
                             double limit_m) {
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  std::vector<char> is_done(map.roads().size() * 2, 0);
  queue.push({0, from.road, from.s_m, is_along_s});
  std::optional<Reached> best;
  bool is_first = true;
  while (!queue.empty() && queue.top().distance_m <= (best ? best->distance_m : limit_m)) {
    const Entry at = queue.top();
    queue.pop();
    if (!is_first && std::exchange(is_done[static_cast<std::size_t>(at.road) * 2 + (at.is_along_s ? 1 : 0)], 1))
      continue;
    is_first = false;
    const double ahead = at.is_along_s ? to.s_m - at.s_m : at.s_m - to.s_m;
    const double total = at.distance_m + ahead;
    if (at.road == to.road && ahead >= 0 && total <= limit_m && (!best || total < best->distance_m)) {
      best = Reached{total, at.is_along_s};
    }
    const double length = map.road(at.road).length_m, rest = at.is_along_s ? length - at.s_m : at.s_m;
    for (const RoadStep& step : map.graph().steps(at.road, end_ahead(at.is_along_s))) {
      queue.push({at.distance_m + std::max(rest, 0.0), step.road, step.s_m, step.is_along_s});
    }
  }
  return best;
}

}  // namespace

std::optional<RoadDistance> road_distance(const Map& map, const RoadPlace& from, const RoadPlace& to, bool is_along_s,
                                          double limit_m) {
  const auto ahead = reach(map, from, to, is_along_s, limit_m);
  const auto behind = reach(map, from, to, !is_along_s, ahead ? ahead->distance_m : limit_m);
  if (!ahead && !behind) return std::nullopt;
  const bool is_behind = behind && (!ahead || behind->distance_m < ahead->distance_m);
  const double left = is_along_s ? 1 : -1;
  RoadDistance result;
  result.ds_m = is_behind ? -behind->distance_m : ahead->distance_m;
  result.is_same_direction = is_behind ? behind->is_along_s != is_along_s : ahead->is_along_s == is_along_s;
  result.dt_m = left * ((result.is_same_direction ? to.t_m : -to.t_m) - from.t_m);
  return result;
}

}  // namespace hangil::map
