// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "map/road.hpp"
#include "map/road_graph.hpp"
#include "map/strip_grid.hpp"

namespace hangil::map {

// A reference to a road, lane or junction that is not there; left out of the network.
struct DanglingLink {
  std::string road, what;
  double s_m = 0;
  int line = 0;
};

// Where the origin of a file lies in the plane of its projection, and how it is turned there (OpenDRIVE 1.8, header).
struct DatasetOffset {
  double x_m = 0, y_m = 0, z_m = 0, heading_rad = 0;
};

// What an OpenDRIVE file says, as plain values.
struct RoadNetwork {
  std::string name, geo_reference;  // the latter a PROJ text
  DatasetOffset offset;
  int major = 1, minor = 4;  // OpenDRIVE version
  std::vector<Road> roads;
  std::vector<Junction> junctions;
  std::vector<SignalController> controllers;
  std::vector<DanglingLink> dangling_links;
};

// A road network with what is looked up in it. Never changes once made: share it as shared_ptr<const Map> between runs
// and threads.
class Map {
 public:
  explicit Map(RoadNetwork network);

  const std::vector<Road>& roads() const { return network_.roads; }
  const std::vector<Junction>& junctions() const { return network_.junctions; }
  const Road& road(int index) const { return network_.roads[static_cast<std::size_t>(index)]; }
  const RoadNetwork& network() const { return network_; }
  // -1 where there is none.
  int road_index(std::string_view id) const;
  const StripGrid& strips() const { return strips_; }  // of road_strips
  const RoadGraph& graph() const { return graph_; }

 private:
  RoadNetwork network_;
  std::vector<std::pair<std::string, int>> by_id_;  // sorted
  StripGrid strips_;
  RoadGraph graph_;
};

}  // namespace hangil::map
