// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"
#include "map/lane_graph.hpp"

namespace hangil::map {

// How a Lanelet2 file's coordinates become metres.
struct Lanelet2Projection {
  enum class Kind {
    kAuto,   // local where every node has local_x and local_y, MGRS where nodes say mgrs_code, else UTM
    kLocal,  // the tags local_x and local_y
    kMgrs,   // UTM within the 100 km square
    kUtm,    // UTM less the origin
  };
  Kind kind = Kind::kAuto;
  // Of kUtm; the first node of the file where it is not given. Degrees, WGS 84.
  std::optional<double> origin_latitude_deg, origin_longitude_deg;
};

// Reads the lanelets of a Lanelet2 map (.osm, with Autoware's tags): type by subtype (road, crosswalk, walkway, ...),
// successors and neighbours by shared nodes and ways, changes of lane by the marking between, speed limits (in km/h,
// or with their unit), stop lines, traffic lights, rights of way and crosswalks by regulatory elements. A lane's middle
// is the file's centerline, or else runs between its bounds, beginning and ending exactly between their ends, so that
// lanes that follow each other meet exactly. Errors name what is malformed or missing with file and line.
base::Result<LaneGraph> read_lanelet2(const std::string& path, const Lanelet2Projection& projection = {});
base::Result<LaneGraph> parse_lanelet2(std::string text, const std::string& file,
                                       const Lanelet2Projection& projection = {});

}  // namespace hangil::map
