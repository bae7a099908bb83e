// SPDX-License-Identifier: Apache-2.0
#include "map/road_graph.hpp"

#include <algorithm>

#include "map/map.hpp"
#include "map/road_pose.hpp"

namespace hangil::map {

namespace {

const RoadLink& road_link_at(const Road& road, RoadEnd end) {
  return end == RoadEnd::kEnd ? road.successor : road.predecessor;
}

const LaneSection& section_at_end(const Road& road, RoadEnd end) {
  return end == RoadEnd::kEnd ? road.sections.back() : road.sections.front();
}

// What the lanes at that end of a road say of the lanes beyond it.
std::vector<LaneLink> links_of_lanes(const Road& road, RoadEnd end) {
  std::vector<LaneLink> links;
  for (const Lane& lane : section_at_end(road, end).lanes) {
    for (const int other : end == RoadEnd::kEnd ? lane.successors : lane.predecessors) {
      if (lane.id != 0 && other != 0) links.push_back({lane.id, other});
    }
  }
  return links;
}

std::vector<LaneLink> reversed(const std::vector<LaneLink>& links) {
  std::vector<LaneLink> back;
  for (const LaneLink& link : links) back.push_back({link.to, link.from});
  return back;
}

bool has_lane(const LaneSection& section, int lane_id) {
  return std::any_of(section.lanes.begin(), section.lanes.end(), [&](const Lane& lane) { return lane.id == lane_id; });
}

RoadStep step_onto(const std::vector<Road>& roads, int road, RoadEnd contact, std::vector<LaneLink> links) {
  const bool is_along_s = contact == RoadEnd::kStart;
  return {road, is_along_s ? 0 : roads[static_cast<std::size_t>(road)].length_m, is_along_s, std::move(links)};
}

// Steps from one end of one road, each road and direction once, with all lane links said anywhere.
class Steps {
 public:
  Steps(const RoadNetwork& network, int road, RoadEnd end)
      : network_(network), road_(network.roads[static_cast<std::size_t>(road)]), index_(road), end_(end) {}

  std::vector<RoadStep> take() {
    const RoadLink& link = road_link_at(road_, end_);
    if (link.kind == RoadLink::Kind::kRoad) add_road(link);
    if (link.kind == RoadLink::Kind::kJunction) add_junction(link.index);
    return std::move(steps_);
  }

 private:
  void add_road(const RoadLink& link) {
    RoadStep step = step_onto(network_.roads, link.index, link.contact, links_of_lanes(road_, end_));
    const Road& other = network_.roads[static_cast<std::size_t>(link.index)];
    if (link.contact_s_m >= 0 && link.contact_s_m <= other.length_m) step.s_m = link.contact_s_m;
    add(std::move(step));
    const RoadLink& back = road_link_at(other, link.contact);
    if (link.contact_s_m < 0 && is_this_end(back)) {
      add(step_onto(network_.roads, link.index, link.contact, reversed(links_of_lanes(other, link.contact))));
    }
  }

  void add_junction(int junction_index) {
    const Junction& junction = network_.junctions[static_cast<std::size_t>(junction_index)];
    for (const JunctionConnection& connection : junction.connections) {
      if (connection.incoming_road < 0 || connection.connecting_road < 0) continue;
      if (connection.incoming_road == index_) {
        add(step_onto(network_.roads, connection.connecting_road, connection.contact, connection.lane_links));
      }
      if (junction.kind == Junction::Kind::kDirect) add_direct_back(junction_index, connection);
      if (junction.kind != Junction::Kind::kDirect) add_back(connection.connecting_road);
    }
  }

  // From the road beyond a direct junction back onto the incoming one.
  void add_direct_back(int junction, const JunctionConnection& connection) {
    if (connection.connecting_road != index_ || connection.contact != end_) return;
    const Road& incoming = network_.roads[static_cast<std::size_t>(connection.incoming_road)];
    for (const RoadEnd end : {RoadEnd::kStart, RoadEnd::kEnd}) {
      const RoadLink& link = road_link_at(incoming, end);
      if (link.kind != RoadLink::Kind::kJunction || link.index != junction) continue;
      add(step_onto(network_.roads, connection.incoming_road, end, reversed(connection.lane_links)));
    }
  }

  // Onto a connecting road by an end of it that leads here.
  void add_back(int connecting) {
    const Road& other = network_.roads[static_cast<std::size_t>(connecting)];
    for (const RoadEnd end : {RoadEnd::kStart, RoadEnd::kEnd}) {
      if (!is_this_end(road_link_at(other, end))) continue;
      add(step_onto(network_.roads, connecting, end, reversed(links_of_lanes(other, end))));
    }
  }

  bool is_this_end(const RoadLink& link) const {
    return link.kind == RoadLink::Kind::kRoad && link.index == index_ && link.contact == end_ && link.contact_s_m < 0;
  }

  void add(RoadStep step) {
    const Road& other = network_.roads[static_cast<std::size_t>(step.road)];
    const bool is_midway = step.s_m > 0 && step.s_m < other.length_m;
    const LaneSection& at_end = step.is_along_s ? other.sections.front() : other.sections.back();
    const LaneSection& entered = is_midway ? section_at(other, step.s_m) : at_end;
    auto known = std::find_if(steps_.begin(), steps_.end(), [&](const RoadStep& at) {
      return at.road == step.road && at.is_along_s == step.is_along_s && at.s_m == step.s_m;
    });
    if (known == steps_.end()) known = steps_.insert(steps_.end(), {step.road, step.s_m, step.is_along_s, {}});
    for (const LaneLink& link : step.lane_links) {
      const bool is_there = has_lane(section_at_end(road_, end_), link.from) && has_lane(entered, link.to);
      const auto same = [&](const LaneLink& at) { return at.from == link.from && at.to == link.to; };
      const auto& links = known->lane_links;
      if (is_there && std::none_of(links.begin(), links.end(), same)) known->lane_links.push_back(link);
    }
  }

  const RoadNetwork& network_;
  const Road& road_;
  int index_;
  RoadEnd end_;
  std::vector<RoadStep> steps_;
};

}  // namespace

RoadGraph::RoadGraph(const RoadNetwork& network) : steps_(network.roads.size()) {
  for (std::size_t i = 0; i < network.roads.size(); ++i) {
    steps_[i] = {Steps(network, static_cast<int>(i), RoadEnd::kStart).take(),
                 Steps(network, static_cast<int>(i), RoadEnd::kEnd).take()};
  }
}

}  // namespace hangil::map
