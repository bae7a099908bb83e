// SPDX-License-Identifier: Apache-2.0
#include "map/lanelet2.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "map/lane_bounds.hpp"
#include "map/lanelet2_elements.hpp"
#include "map/map_document.hpp"

namespace hangil::map {

namespace {

using base::XmlElement;
using base::XmlProblems;
using lanelet2::Elements;
using lanelet2::Relation;
using lanelet2::tag;
using lanelet2::Way;

// A bound as a lanelet uses it: forwards or backwards.
struct Bound {
  std::int64_t way = 0;
  std::vector<std::int64_t> nodes;
  std::vector<Point3> points;

  void turn() {
    std::reverse(nodes.begin(), nodes.end());
    std::reverse(points.begin(), points.end());
  }
};

struct Bounds {
  Bound left, right;
};

double level_distance(const Point3& a, const Point3& b) { return std::hypot(a.x_m - b.x_m, a.y_m - b.y_m); }

// Positive where the ring left-forwards, right-backwards runs clockwise, as it does when left is left.
double clockwise_area(const Bounds& bounds) {
  std::vector<Point3> ring = bounds.left.points;
  ring.insert(ring.end(), bounds.right.points.rbegin(), bounds.right.points.rend());
  double area = 0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Point3 &a = ring[i], &b = ring[(i + 1) % ring.size()];
    area -= (a.x_m - ring[0].x_m) * (b.y_m - ring[0].y_m) - (b.x_m - ring[0].x_m) * (a.y_m - ring[0].y_m);
  }
  return area;
}

// Ways have the direction in which they were drawn; a lanelet's runs so that left is left.
void orient(Bounds& bounds) {
  const auto &left = bounds.left.points, &right = bounds.right.points;
  const double alike = level_distance(left.front(), right.front()) + level_distance(left.back(), right.back());
  const double crossed = level_distance(left.front(), right.back()) + level_distance(left.back(), right.front());
  if (crossed < alike) bounds.right.turn();
  if (clockwise_area(bounds) >= 0) return;
  bounds.left.turn();
  bounds.right.turn();
}

// The ways with a role one after another, each turned so that it goes on where the one before ended.
Bound read_bound(const Elements& elements, const Relation& relation, std::string_view role, XmlProblems& problems) {
  Bound bound;
  for (const lanelet2::Member& member : relation.members) {
    if (member.role != role || !member.is_way) continue;
    const auto way = elements.ways.find(member.id);
    if (way == elements.ways.end() || way->second.points.empty()) {
      problems.add(relation.element, "way " + std::to_string(member.id) + " is not in the file, or has no nodes");
      continue;
    }
    Bound part{member.id, way->second.nodes, way->second.points};
    if (bound.points.empty()) {
      bound = std::move(part);
      continue;
    }
    if (bound.nodes.front() == part.nodes.front() || bound.nodes.front() == part.nodes.back()) bound.turn();
    if (bound.nodes.back() == part.nodes.back()) part.turn();
    bound.nodes.insert(bound.nodes.end(), part.nodes.begin(), part.nodes.end());
    bound.points.insert(bound.points.end(), part.points.begin(), part.points.end());
  }
  if (role != "centerline" && bound.points.size() < 2) {
    problems.add(relation.element, "lanelet " + std::to_string(relation.id) + " needs a " + std::string(role) +
                                       " bound of two points or more");
  }
  return bound;
}

LaneType type_of(const lanelet2::Tags& tags) {
  constexpr auto kTypes = std::to_array<std::pair<std::string_view, LaneType>>({{"road", LaneType::kDriving},
                                                                                {"highway", LaneType::kDriving},
                                                                                {"play_street", LaneType::kDriving},
                                                                                {"emergency_lane", LaneType::kStop},
                                                                                {"bus_lane", LaneType::kBus},
                                                                                {"bicycle_lane", LaneType::kBiking},
                                                                                {"exit", LaneType::kExit},
                                                                                {"walkway", LaneType::kSidewalk},
                                                                                {"shared_walkway", LaneType::kWalking},
                                                                                {"crosswalk", LaneType::kCrosswalk},
                                                                                {"stairs", LaneType::kWalking},
                                                                                {"road_shoulder", LaneType::kShoulder},
                                                                                {"pedestrian_lane", LaneType::kWalking},
                                                                                {"parking", LaneType::kParking}});
  for (const auto& [word, type] : kTypes) {
    if (word == tag(tags, "subtype")) return type;
  }
  return LaneType::kOther;
}

// "50", "50 km/h", "30 mph", "13.9 m/s"; infinite where nothing usable is said.
double speed_of(std::string_view text) {
  const std::size_t number_end = std::min(text.find_first_not_of("0123456789."), text.size());
  const auto value = base::parse_number(text.substr(0, number_end));
  if (!value || *value <= 0) return std::numeric_limits<double>::infinity();
  const std::size_t unit_at = text.find_first_not_of(' ', number_end);
  const std::string_view unit = unit_at == std::string_view::npos ? "" : text.substr(unit_at);
  if (unit.starts_with("mph")) return *value * 0.44704;
  return unit.starts_with("m/s") || unit.starts_with("mps") ? *value : *value / 3.6;
}

GraphLane make_lane(const Relation& relation, const Bounds& bounds, const Bound& centreline) {
  GraphLane lane;
  lane.id = std::to_string(relation.id);
  lane.type = type_of(relation.tags);
  lane.left = bounds.left.points;
  lane.right = bounds.right.points;
  lane.centre = middle_line(lane.left, lane.right);
  if (centreline.points.size() >= 2) {
    const Point3 start = lane.centre.front();
    lane.centre = centreline.points;
    const bool is_turned = level_distance(lane.centre.back(), start) < level_distance(lane.centre.front(), start);
    if (is_turned) std::reverse(lane.centre.begin(), lane.centre.end());
  }
  lane.speed_limit_mps = speed_of(tag(relation.tags, "speed_limit"));
  lane.is_two_way = tag(relation.tags, "one_way") == "no";
  lane.is_in_junction = !tag(relation.tags, "turn_direction").empty();
  return lane;
}

// Whether the marking may be crossed to its left or right, seen along the way as drawn.
bool may_cross(const Way& way, bool is_to_left) {
  const std::string_view says = tag(way.tags, is_to_left ? "lane_change:left" : "lane_change:right");
  const std::string_view general = says.empty() ? tag(way.tags, "lane_change") : says;
  if (!general.empty()) return general == "yes";
  const std::string_view type = tag(way.tags, "type"), subtype = tag(way.tags, "subtype");
  if (type != "line_thin" && type != "line_thick") return type == "virtual";
  // The nearer line rules: "dashed_solid" has its dashed line on the left.
  if (subtype == "dashed_solid") return !is_to_left;
  if (subtype == "solid_dashed") return is_to_left;
  return subtype == "dashed";
}

Marking marking_of(const Way& way) {
  const std::string_view type = tag(way.tags, "type"), subtype = tag(way.tags, "subtype");
  if (type == "virtual") return Marking::kNone;
  if (type == "curbstone" || type == "wall" || type == "fence" || type == "guard_rail") return Marking::kKerb;
  if (type != "line_thin" && type != "line_thick") return Marking::kUnknown;
  return subtype == "dashed" ? Marking::kDashed : Marking::kSolid;
}

// Lanelets that share bounds.
class Neighbours {
 public:
  Neighbours(const Elements& elements, const std::vector<Bounds>& bounds, LaneGraph& graph)
      : elements_(elements), bounds_(bounds), graph_(graph) {}

  void link() {
    std::map<std::int64_t, std::vector<int>> lanes_by_way;
    std::map<std::pair<std::int64_t, std::int64_t>, std::vector<int>> starting;  // by first nodes
    for (int i = 0; i < static_cast<int>(bounds_.size()); ++i) {
      const Bounds& bounds = bounds_[static_cast<std::size_t>(i)];
      lanes_by_way[bounds.left.way].push_back(i);
      if (bounds.right.way != bounds.left.way) lanes_by_way[bounds.right.way].push_back(i);
      starting[{bounds.left.nodes.front(), bounds.right.nodes.front()}].push_back(i);
    }
    for (int i = 0; i < static_cast<int>(bounds_.size()); ++i) {
      const Bounds& bounds = bounds_[static_cast<std::size_t>(i)];
      const auto next = starting.find({bounds.left.nodes.back(), bounds.right.nodes.back()});
      GraphLane& lane = graph_.lanes[static_cast<std::size_t>(i)];
      if (next != starting.end()) lane.successors = next->second;
      lane.left_marking = marking_of(elements_.ways.at(bounds.left.way));
      lane.right_marking = marking_of(elements_.ways.at(bounds.right.way));
      lane.left_neighbour = beside(i, bounds.left, true, lanes_by_way);
      lane.right_neighbour = beside(i, bounds.right, false, lanes_by_way);
    }
  }

 private:
  Neighbour beside(int lane, const Bound& shared, bool is_left,
                   const std::map<std::int64_t, std::vector<int>>& by_way) const {
    for (const int other : by_way.at(shared.way)) {
      const Bounds& bounds = bounds_[static_cast<std::size_t>(other)];
      const Bound& facing = is_left ? bounds.right : bounds.left;
      const Bound& opposite = is_left ? bounds.left : bounds.right;
      if (other == lane) continue;
      if (facing.way == shared.way && facing.nodes == shared.nodes) return {other, true, crosses(shared, is_left)};
      if (opposite.way == shared.way && opposite.nodes.front() == shared.nodes.back()) {
        return {other, false, crosses(shared, is_left)};
      }
    }
    return {};
  }

  bool crosses(const Bound& bound, bool is_to_left) const {
    const Way& way = elements_.ways.at(bound.way);
    const bool is_turned = way.nodes.front() != bound.nodes.front();
    return may_cross(way, is_turned ? !is_to_left : is_to_left);
  }

  const Elements& elements_;
  const std::vector<Bounds>& bounds_;
  LaneGraph& graph_;
};

LaneGraph make_graph(const Elements& elements, XmlProblems& problems) {
  LaneGraph graph;
  std::vector<Bounds> all_bounds;
  std::map<std::int64_t, int> lanes;
  for (const auto& [id, relation] : elements.relations) {
    if (tag(relation.tags, "type") != "lanelet") continue;
    Bounds bounds{read_bound(elements, relation, "left", problems), read_bound(elements, relation, "right", problems)};
    const Bound centreline = read_bound(elements, relation, "centerline", problems);
    if (bounds.left.points.size() < 2 || bounds.right.points.size() < 2) continue;
    orient(bounds);
    lanes.emplace(id, static_cast<int>(graph.lanes.size()));
    graph.lanes.push_back(make_lane(relation, bounds, centreline));
    all_bounds.push_back(std::move(bounds));
  }
  Neighbours(elements, all_bounds, graph).link();
  link_predecessors(graph);
  lanelet2::add_regulatory_elements(elements, lanes, graph);
  return graph;
}

}  // namespace

base::Result<LaneGraph> lanelet2_of(const base::XmlDocument& document, const Lanelet2Projection& projection) {
  XmlProblems problems;
  const XmlElement root = document.root();
  if (root.name() != "osm") {
    problems.add(root, "is not a Lanelet2 map: the first element is <" + std::string(root.name()) + ">");
    return problems.error();
  }
  const Elements elements = lanelet2::read_elements(root, projection, problems);
  LaneGraph graph = make_graph(elements, problems);
  if (problems.empty() && graph.lanes.empty()) problems.add(root, "holds no lanelet (relation of type lanelet)");
  if (!problems.empty()) return problems.error();
  return graph;
}

base::Result<LaneGraph> read_lanelet2(const std::string& path, const Lanelet2Projection& projection) {
  const auto document = base::XmlDocument::load(path);
  if (!document) return document.error();
  return lanelet2_of(*document, projection);
}

base::Result<LaneGraph> parse_lanelet2(std::string text, const std::string& file,
                                       const Lanelet2Projection& projection) {
  const auto document = base::XmlDocument::parse(std::move(text), file);
  if (!document) return document.error();
  return lanelet2_of(*document, projection);
}

}  // namespace hangil::map
