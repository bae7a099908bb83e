// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/xml.hpp"
#include "map/lane_graph.hpp"
#include "map/lanelet2.hpp"

// The elements of an OSM file, before they become lanes.
namespace hangil::map::lanelet2 {

using Tags = std::map<std::string, std::string, std::less<>>;

inline std::string_view tag(const Tags& tags, std::string_view key) {
  const auto at = tags.find(key);
  return at == tags.end() ? std::string_view{} : std::string_view(at->second);
}

struct Way {
  std::vector<std::int64_t> nodes;
  std::vector<Point3> points;
  Tags tags;
};

struct Member {
  std::int64_t id = 0;
  std::string role;
  bool is_way = true;
};

struct Relation {
  std::int64_t id = 0;
  std::vector<Member> members;
  Tags tags;
  base::XmlElement element;
};

struct Elements {
  std::map<std::int64_t, Way> ways;
  std::map<std::int64_t, Relation> relations;
};

// Nodes in metres, in ways; ways that name a node which is not there, and elements without a usable id, are problems.
Elements read_elements(const base::XmlElement& root, const Lanelet2Projection& projection, base::XmlProblems& problems);

// What governs the lanes in graph.lanes; `lanes` gives their places by the ids of their relations.
void add_regulatory_elements(const Elements& elements, const std::map<std::int64_t, int>& lanes, LaneGraph& graph);

}  // namespace hangil::map::lanelet2
