// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "base/result.hpp"
#include "map/lane_graph.hpp"
#include "map/map.hpp"
#include "map/road_lanes.hpp"

namespace hangil::map {

// A map of any format, as lanes; with its roads where it is OpenDRIVE.
struct MapFile {
  std::string format;                // "OpenDRIVE 1.7", "Lanelet2", "CommonRoad"
  std::shared_ptr<const Map> roads;  // null for formats without reference lines
  LaneGraph lanes;
};

// Reads by what the file holds, not by its name: its first element is OpenDRIVE, osm or commonRoad.
base::Result<MapFile> read_map_file(const std::string& path, const LaneGraphShape& shape = {});

}  // namespace hangil::map
