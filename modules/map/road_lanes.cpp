// SPDX-License-Identifier: Apache-2.0
#include "map/road_lanes.hpp"

#include <algorithm>
#include <cmath>

#include "map/advance.hpp"
#include "map/road_furniture.hpp"
#include "map/road_pose.hpp"

namespace hangil::map {

namespace {

constexpr double kSpacingMin_m = 0.25, kWidthMin_m = 1e-3;
constexpr int kDepthMax = 12;

// Points across a lane at s: left, middle and right in the direction of rising s.
struct Slice {
  double s_m = 0;
  Point3 left, centre, right;
};

Point3 point_at(const Road& road, double s, double t) {
  const RoadPose pose = road_pose(road, s, t);
  return {pose.x_m, pose.y_m, pose.z_m};
}

Slice slice_at(const Road& road, const LaneSection& section, int lane, double s) {
  const LaneEdges edges = lane_edges(road, section, lane, s);
  return {s, point_at(road, s, edges.left_t_m), point_at(road, s, edges.centre_t_m()),
          point_at(road, s, edges.right_t_m)};
}

double distance_to_chord(const Point3& from, const Point3& to, const Point3& point) {
  const double dx = to.x_m - from.x_m, dy = to.y_m - from.y_m, length = std::hypot(dx, dy);
  const double px = point.x_m - from.x_m, py = point.y_m - from.y_m;
  return length < 1e-9 ? std::hypot(px, py) : std::abs(dx * py - dy * px) / length;
}

// Cuts a lane into slices so fine that chords keep the tolerance.
class Slicer {
 public:
  Slicer(const Road& road, const LaneSection& section, int lane, const LaneGraphShape& shape)
      : road_(road), section_(section), lane_(lane), shape_(shape) {}

  std::vector<Slice> run() {
    const double begin = section_.s_m, length = section_.end_s_m - begin;
    const int count = static_cast<int>(std::clamp(std::ceil(length / shape_.spacing_max_m), 1.0, 1e5));
    slices_ = {slice_at(road_, section_, lane_, begin)};
    for (int i = 1; i <= count; ++i) {
      const Slice last = slices_.back();
      refine(last, slice_at(road_, section_, lane_, i == count ? section_.end_s_m : begin + length * i / count), 0);
    }
    return std::move(slices_);
  }

 private:
  bool is_flat(const Slice& a, const Slice& b, const Slice& between) const {
    const double worst = std::max({distance_to_chord(a.left, b.left, between.left),
                                   distance_to_chord(a.centre, b.centre, between.centre),
                                   distance_to_chord(a.right, b.right, between.right)});
    return worst < shape_.tolerance_m / 2;  // what lies between the three probes may be a little more
  }

  void refine(const Slice& a, const Slice& b, int depth) {
    const auto between = [&](double share) {
      return slice_at(road_, section_, lane_, a.s_m + share * (b.s_m - a.s_m));
    };
    const Slice middle = between(0.5);
    const bool is_done = depth >= kDepthMax || b.s_m - a.s_m < kSpacingMin_m ||
                         (is_flat(a, b, middle) && is_flat(a, b, between(0.25)) && is_flat(a, b, between(0.75)));
    if (is_done) {
      slices_.push_back(b);
      return;
    }
    refine(a, middle, depth + 1);
    refine(middle, b, depth + 1);
  }

  const Road& road_;
  const LaneSection& section_;
  int lane_;
  LaneGraphShape shape_;
  std::vector<Slice> slices_;
};

GraphLane make_lane(const Road& road, const LaneSection& section, int place, const LaneGraphShape& shape) {
  const Lane& source = section.lanes[static_cast<std::size_t>(place)];
  std::vector<Slice> slices = Slicer(road, section, place, shape).run();
  const bool along = runs_along_s(road, source.id);
  if (!along) std::reverse(slices.begin(), slices.end());
  GraphLane lane;
  lane.type = source.type;
  lane.lane_id = source.id;
  lane.is_in_junction = road.junction >= 0;
  lane.is_two_way = source.type == LaneType::kBidirectional;
  lane.speed_limit_mps = speed_limit_mps(road, source.id, (section.s_m + section.end_s_m) / 2);
  for (const Slice& slice : slices) {
    lane.centre.push_back(slice.centre);
    lane.left.push_back(along ? slice.left : slice.right);
    lane.right.push_back(along ? slice.right : slice.left);
  }
  return lane;
}

bool has_width(const Road& road, const LaneSection& section, int place) {
  const double length = section.end_s_m - section.s_m;
  for (const double share : {0.0, 0.5, 1.0}) {
    if (lane_edges(road, section, place, section.s_m + share * length).width_m() > kWidthMin_m) return length > 0;
  }
  return false;
}

// The marking between two lanes lets traffic change towards rising (`is_up`) or falling lane ids.
bool lets_change(const std::vector<RoadMark>& marks, bool is_up) {
  if (marks.empty()) return true;
  const RoadMark& mark = marks.front();
  if (mark.lane_change == "both") return true;
  if (mark.lane_change == "increase" || mark.lane_change == "decrease")
    return is_up == (mark.lane_change == "increase");
  if (mark.lane_change == "none") return false;
  if (mark.type == "solid broken") return !is_up;
  if (mark.type == "broken solid") return is_up;
  return mark.type == "broken" || mark.type == "none" || mark.type == "broken broken" || mark.type == "botts dots";
}

Marking marking_of(const std::vector<RoadMark>& marks) {
  if (marks.empty()) return Marking::kUnknown;
  const std::string& type = marks.front().type;
  if (type == "none") return Marking::kNone;
  if (type == "broken" || type == "broken broken" || type == "botts dots") return Marking::kDashed;
  return type == "curb" || type == "edge" || type == "grass" ? Marking::kKerb : Marking::kSolid;
}

// What lies towards higher ids (is_up) or lower ones: the lane whose outer marking is between (lane 0 has its own), and
// the place of the lane beyond, skipping lane 0.
struct Side {
  const Lane* boundary = nullptr;
  int place = -1;
};

Side side_of(const LaneSection& section, int place, bool is_up) {
  const int step = is_up ? -1 : 1, other = place + step;
  const auto lane = [&](int at) { return &section.lanes[static_cast<std::size_t>(at)]; };
  if (other == section.centre) return {lane(section.centre), other + step};
  const bool is_inwards = (other < section.centre) == (place < section.centre) &&
                          std::abs(other - section.centre) < std::abs(place - section.centre);
  return {is_inwards ? lane(other) : lane(place), other};
}

Neighbour neighbour(const RoadLaneIndex& index, const GraphLane& lane, const Road& road, const Side& side, bool is_up) {
  const int found = index.at(lane.road, lane.section, side.place);
  if (found < 0) return {};
  const LaneSection& section = road.sections[static_cast<std::size_t>(lane.section)];
  const int other_id = section.lanes[static_cast<std::size_t>(side.place)].id;
  return {found, runs_along_s(road, lane.lane_id) == runs_along_s(road, other_id),
          lets_change(side.boundary->marks, is_up)};
}

void link_lane(const Map& map, const RoadLaneIndex& index, GraphLane& lane) {
  const Road& road = map.road(lane.road);
  const bool along = runs_along_s(road, lane.lane_id);
  for (const Continuation& way : continuations(map, lane.road, lane.section, lane.lane_id, along)) {
    if (way.is_along_s != runs_along_s(map.road(way.road), way.lane_id)) continue;
    const int section = section_entered(map, way);
    const int next = index.at(way.road, section, place_of(map.road(way.road), section, way.lane_id));
    if (next >= 0) lane.successors.push_back(next);
  }
  const LaneSection& section = road.sections[static_cast<std::size_t>(lane.section)];
  const int place = place_of(road, lane.section, lane.lane_id);
  const Side up = side_of(section, place, true), down = side_of(section, place, false);
  const Side &left = along ? up : down, &right = along ? down : up;
  lane.left_neighbour = neighbour(index, lane, road, left, along);
  lane.right_neighbour = neighbour(index, lane, road, right, !along);
  lane.left_marking = marking_of(left.boundary->marks);
  lane.right_marking = marking_of(right.boundary->marks);
}

}  // namespace

int RoadLaneIndex::at(int road, int section, int place) const {
  const auto& places = lanes[static_cast<std::size_t>(road)][static_cast<std::size_t>(section)];
  return place < 0 || place >= static_cast<int>(places.size()) ? -1 : places[static_cast<std::size_t>(place)];
}

int place_of(const Road& road, int section, int lane_id) {
  const LaneSection& at = road.sections[static_cast<std::size_t>(section)];
  const Lane* lane = find_lane(at, lane_id);
  return lane == nullptr ? -1 : static_cast<int>(lane - at.lanes.data());
}

int section_entered(const Map& map, const Continuation& way) {
  const Road& road = map.road(way.road);
  const int section = section_index_at(road, way.s_m);
  // Entered from its end, a border of two sections belongs to the first.
  const bool is_border =
      !way.is_along_s && section > 0 && way.s_m <= road.sections[static_cast<std::size_t>(section)].s_m;
  return is_border ? section - 1 : section;
}

LaneGraph lane_graph(const Map& map, const LaneGraphShape& shape) {
  LaneGraph graph;
  graph.tolerance_m = shape.tolerance_m;
  RoadLaneIndex index;
  for (int r = 0; r < static_cast<int>(map.roads().size()); ++r) {
    const Road& road = map.road(r);
    index.lanes.emplace_back(road.sections.size());
    for (int i = 0; i < static_cast<int>(road.sections.size()); ++i) {
      const LaneSection& section = road.sections[static_cast<std::size_t>(i)];
      index.lanes.back()[static_cast<std::size_t>(i)].assign(section.lanes.size(), -1);
      for (int place = 0; place < static_cast<int>(section.lanes.size()); ++place) {
        if (place == section.centre || !has_width(road, section, place)) continue;
        GraphLane lane = make_lane(road, section, place, shape);
        lane.id = road.id + "." + std::to_string(i) + "." + std::to_string(lane.lane_id);
        lane.road = r;
        lane.section = i;
        index.lanes.back()[static_cast<std::size_t>(i)][static_cast<std::size_t>(place)] =
            static_cast<int>(graph.lanes.size());
        graph.lanes.push_back(std::move(lane));
      }
    }
  }
  for (GraphLane& lane : graph.lanes) link_lane(map, index, lane);
  link_predecessors(graph);
  add_furniture(map, index, graph);
  return graph;
}

}  // namespace hangil::map
