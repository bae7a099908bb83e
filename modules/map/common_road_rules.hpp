// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/xml.hpp"
#include "map/lane_graph.hpp"

namespace hangil::map::common_road {

// Places in LaneGraph::lanes by id.
struct Lanelets {
  std::map<std::string, int, std::less<>> places;
  // Of the lanelet an element refers to (ref=); -1 and a problem where there is none.
  int refer(const base::XmlElement& element, base::XmlProblems& problems) const;
};

Point3 read_point(const base::XmlElement& element, base::XmlProblems& problems);

// Signs, lights, stop lines, intersections and crossings, on the lanes already there. `elements` are those of the
// lanes.
void add_rules(const base::XmlElement& root, const std::vector<base::XmlElement>& elements, const Lanelets& lanelets,
               LaneGraph& graph, base::XmlProblems& problems);

}  // namespace hangil::map::common_road
