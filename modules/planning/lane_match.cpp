// SPDX-License-Identifier: Apache-2.0
#include "planning/lane_match.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hangil::planning {

namespace {

constexpr double kStepM = 3;
constexpr double kMostOffM = 2.2;                                  // from a lane's middle
constexpr double kLeastAlong = 0.5;                                // cosine between path and lane
constexpr double kBesideCost = 6, kJumpCost = 40, kLostCost = 20;  // m2; to a neighbour, to any lane, to none
constexpr int kNoLane = -1;

struct Place {
  int lane = kNoLane;
  double s_m = 0, off_m = 0;
};

struct LaneBox {
  double least_x_m = 1e18, most_x_m = -1e18, least_y_m = 1e18, most_y_m = -1e18;

  bool holds(math::Point2 point) const {
    return point.x_m >= least_x_m - kMostOffM && point.x_m <= most_x_m + kMostOffM &&
           point.y_m >= least_y_m - kMostOffM && point.y_m <= most_y_m + kMostOffM;
  }
};

std::vector<LaneBox> boxes_of(const map::LaneGraph& graph) {
  std::vector<LaneBox> boxes(graph.lanes.size());
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    if (!map::is_drivable(graph.lanes[i].type)) continue;  // its box holds nothing
    for (const map::Point3& p : graph.lanes[i].centre) {
      boxes[i].least_x_m = std::min(boxes[i].least_x_m, p.x_m), boxes[i].most_x_m = std::max(boxes[i].most_x_m, p.x_m);
      boxes[i].least_y_m = std::min(boxes[i].least_y_m, p.y_m), boxes[i].most_y_m = std::max(boxes[i].most_y_m, p.y_m);
    }
  }
  return boxes;
}

// Where a lane is nearest to a place of the path; lane kNoLane where it is too far or leads elsewhere.
Place place_in(const map::GraphLane& lane, int index, const math::PathSample& sample) {
  Place best{kNoLane, 0, kMostOffM};
  double along_m = 0;
  for (std::size_t i = 1; i < lane.centre.size(); ++i) {
    const map::Point3 &a = lane.centre[i - 1], &b = lane.centre[i];
    const double dx = b.x_m - a.x_m, dy = b.y_m - a.y_m, length_m = std::hypot(dx, dy);
    if (length_m < 1e-9) continue;
    const double px = sample.point.x_m - a.x_m, py = sample.point.y_m - a.y_m;
    const double u = std::clamp((px * dx + py * dy) / length_m, 0.0, length_m);
    const double off_m = std::hypot(px - u * dx / length_m, py - u * dy / length_m);
    const double along = (dx * sample.tangent_x + dy * sample.tangent_y) / length_m;
    if (off_m < best.off_m && (along >= kLeastAlong || (lane.is_two_way && along <= -kLeastAlong)))
      best = {index, along_m + u, off_m};
    along_m += length_m;
  }
  return best;
}

struct State {
  Place place;
  double cost = 0;
  int before = kNoLane;  // among the states of the sample before
};

double passing_cost(const map::LaneGraph& graph, int from, int to) {
  if (from == to) return 0;
  if (from == kNoLane || to == kNoLane) return kLostCost;
  const map::GraphLane& lane = graph.lanes[static_cast<std::size_t>(from)];
  const auto& next = lane.successors;
  if (std::binary_search(next.begin(), next.end(), to)) return 0;
  return lane.left_neighbour.lane == to || lane.right_neighbour.lane == to ? kBesideCost : kJumpCost;
}

std::vector<State> states_at(const map::LaneGraph& graph, const std::vector<LaneBox>& boxes,
                             const math::PathSample& sample, const std::vector<State>* before) {
  std::vector<State> states;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    if (!boxes[i].holds(sample.point)) continue;
    const Place place = place_in(graph.lanes[i], static_cast<int>(i), sample);
    if (place.lane != kNoLane) states.push_back({place, place.off_m * place.off_m});
  }
  states.push_back({{}, kMostOffM * kMostOffM});
  if (before == nullptr) return states;
  for (State& state : states) {
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t b = 0; b < before->size(); ++b) {
      const double cost = (*before)[b].cost + passing_cost(graph, (*before)[b].place.lane, state.place.lane);
      if (cost < least) least = cost, state.before = static_cast<int>(b);
    }
    state.cost += least;
  }
  return states;
}

std::vector<Place> cheapest_places(const std::vector<std::vector<State>>& trellis) {
  std::vector<Place> places(trellis.size());
  const auto is_cheaper = [](const State& a, const State& b) { return a.cost < b.cost; };
  auto at = static_cast<int>(std::min_element(trellis.back().begin(), trellis.back().end(), is_cheaper) -
                             trellis.back().begin());
  for (std::size_t k = trellis.size(); k-- > 0;) {
    const State& state = trellis[k][static_cast<std::size_t>(at)];
    places[k] = state.place;
    at = state.before;
  }
  return places;
}

}  // namespace

std::vector<RouteLane> match_lanes(const map::LaneMap& map, const math::ReferencePath& path) {
  const std::vector<LaneBox> boxes = boxes_of(map.graph);
  const int count = static_cast<int>(path.length_m() / kStepM) + 1;
  std::vector<std::vector<State>> trellis;
  for (int k = 0; k < count; ++k) {
    trellis.push_back(states_at(map.graph, boxes, path.at(k * kStepM), k == 0 ? nullptr : &trellis.back()));
  }
  const std::vector<Place> places = cheapest_places(trellis);
  std::vector<RouteLane> lanes;
  for (std::size_t k = 0; k < places.size(); ++k) {
    const double s_m = static_cast<double>(k) * kStepM;
    if (k > 0 && places[k].lane == places[k - 1].lane) {
      if (places[k].lane != kNoLane) lanes.back().to_s_m = s_m;
      continue;
    }
    if (places[k].lane == kNoLane) continue;
    if (k > 0 && places[k - 1].lane != kNoLane) lanes.back().to_s_m = s_m;  // up to where the next begins
    lanes.push_back({places[k].lane, s_m, s_m, places[k].s_m});
  }
  return lanes;
}

}  // namespace hangil::planning
