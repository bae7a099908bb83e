// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "map/lane_bounds.hpp"
#include "map/lanelet2_elements.hpp"

namespace hangil::map::lanelet2 {

namespace {

// One regulatory element, seen from the lanes it governs.
class Rule {
 public:
  Rule(const Elements& elements, const std::map<std::int64_t, int>& lanes, const Relation& relation,
       std::vector<int> governed, LaneGraph& graph)
      : elements_(elements), lanes_(lanes), relation_(relation), governed_(std::move(governed)), graph_(graph) {}

  void add() {
    const std::string_view kind = tag(relation_.tags, "subtype");
    add_stop_lines();
    if (kind == "traffic_light") add_lights();
    if (kind == "right_of_way") add_right_of_way(false);
    if (kind == "all_way_stop" || says_stop()) add_right_of_way(true);
    if (kind == "crosswalk") add_crosswalks();
  }

 private:
  std::string id() const { return std::to_string(relation_.id); }

  const Way* way_of(const Member& member) const {
    const auto at = elements_.ways.find(member.id);
    return !member.is_way || at == elements_.ways.end() || at->second.points.size() < 2 ? nullptr : &at->second;
  }

  // The governed lanes, each at what of its middle is nearest to the point; at its end where there is none.
  std::vector<LaneMark> marks(const std::vector<Point3>* line) const {
    std::vector<LaneMark> all;
    for (const int lane : governed_) {
      const auto& centre = graph_.lanes[static_cast<std::size_t>(lane)].centre;
      all.push_back({lane, line == nullptr ? length_m(centre) : nearest_s_m(centre, middle_of(*line))});
    }
    return all;
  }

  static Point3 middle_of(const std::vector<Point3>& line) {
    const Point3 &a = line.front(), &b = line.back();
    return {(a.x_m + b.x_m) / 2, (a.y_m + b.y_m) / 2, (a.z_m + b.z_m) / 2};
  }

  const std::vector<Point3>* stop_line() const {
    for (const Member& member : relation_.members) {
      const Way* way = member.role == "ref_line" ? way_of(member) : nullptr;
      if (way != nullptr) return &way->points;
    }
    return nullptr;
  }

  void add_stop_lines() {
    for (const Member& member : relation_.members) {
      const Way* way = member.role == "ref_line" ? way_of(member) : nullptr;
      if (way == nullptr) continue;
      graph_.stop_lines.push_back(
          {std::to_string(member.id), way->points.front(), way->points.back(), marks(&way->points)});
    }
  }

  void add_lights() {
    for (const Member& member : relation_.members) {
      const Way* way = member.role == "refers" ? way_of(member) : nullptr;
      if (way == nullptr) continue;
      Point3 position = middle_of(way->points);
      position.z_m += base::parse_number(tag(way->tags, "height")).value_or(0) / 2;
      graph_.lights.push_back({std::to_string(member.id), position, marks(stop_line())});
    }
  }

  std::vector<int> lanes_of_role(std::string_view role) const {
    std::vector<int> found;
    for (const Member& member : relation_.members) {
      const auto lane = lanes_.find(member.id);
      if (!member.is_way && member.role == role && lane != lanes_.end()) found.push_back(lane->second);
    }
    return found;
  }

  void add_right_of_way(bool is_stop) {
    RightOfWay rule{id(), lanes_of_role("right_of_way"), lanes_of_role("yield"), is_stop};
    if (rule.yielding.empty()) rule.yielding = governed_;
    graph_.rights_of_way.push_back(std::move(rule));
  }

  // A stop sign by its code (de206) or name.
  bool says_stop() const {
    for (const Member& member : relation_.members) {
      const auto way = elements_.ways.find(member.id);
      if (!member.is_way || way == elements_.ways.end()) continue;
      const std::string_view sign = tag(way->second.tags, "subtype");
      if (sign == "de206" || sign == "stop_sign" || sign == "usR1-1") return true;
    }
    return false;
  }

  void add_crosswalks() {
    for (const int crossing : lanes_of_role("refers")) {
      const GraphLane& lane = graph_.lanes[static_cast<std::size_t>(crossing)];
      Crosswalk crosswalk{lane.id, lane.left, {}};
      crosswalk.outline.insert(crosswalk.outline.end(), lane.right.rbegin(), lane.right.rend());
      crosswalk.lanes = marks(&lane.centre);
      graph_.crosswalks.push_back(std::move(crosswalk));
    }
  }

  const Elements& elements_;
  const std::map<std::int64_t, int>& lanes_;
  const Relation& relation_;
  std::vector<int> governed_;
  LaneGraph& graph_;
};

}  // namespace

void add_regulatory_elements(const Elements& elements, const std::map<std::int64_t, int>& lanes, LaneGraph& graph) {
  std::map<std::int64_t, std::vector<int>> governed;  // lanes by regulatory element
  for (const auto& [id, lane] : lanes) {
    for (const Member& member : elements.relations.at(id).members) {
      if (member.role == "regulatory_element") governed[member.id].push_back(lane);
    }
  }
  for (const auto& [id, lanes_of_rule] : governed) {
    const auto rule = elements.relations.find(id);
    if (rule != elements.relations.end()) Rule(elements, lanes, rule->second, lanes_of_rule, graph).add();
  }
}

}  // namespace hangil::map::lanelet2
