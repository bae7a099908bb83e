// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "math/box2.hpp"

namespace hangil::map {

struct RoadNetwork;

// Where a place on the earth (WGS 84) lies in the plane of a PROJ text as OpenDRIVE's geoReference has it: +proj=utm
// with its zone, or +proj=tmerc with lat_0, lon_0, k, x_0, y_0. Errors: none given, or another projection.
base::Result<math::Point2> project_to_map(std::string_view proj_text, double latitude_rad, double longitude_rad);

// The same in the file's own coordinates, which its header may offset and turn against that plane.
base::Result<math::Point2> place_in_network(const RoadNetwork& network, double latitude_rad, double longitude_rad);

}  // namespace hangil::map
