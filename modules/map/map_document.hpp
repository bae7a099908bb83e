// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/xml.hpp"
#include "map/lane_graph.hpp"
#include "map/lanelet2.hpp"
#include "map/map.hpp"

// Maps from XML already parsed.
namespace hangil::map {

base::Result<Map> open_drive_of(const base::XmlDocument& document);
base::Result<LaneGraph> lanelet2_of(const base::XmlDocument& document, const Lanelet2Projection& projection);
base::Result<LaneGraph> common_road_of(const base::XmlDocument& document);

}  // namespace hangil::map
