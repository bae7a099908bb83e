// SPDX-License-Identifier: Apache-2.0
#include "map/map_file.hpp"

#include "map/common_road.hpp"
#include "map/lanelet2.hpp"
#include "map/map_document.hpp"

namespace hangil::map {

namespace {

base::Result<MapFile> with_lanes(std::string format, base::Result<LaneGraph> lanes) {
  if (!lanes) return lanes.error();
  return MapFile{std::move(format), nullptr, *std::move(lanes)};
}

}  // namespace

base::Result<MapFile> read_map_file(const std::string& path, const LaneGraphShape& shape) {
  const auto document = base::XmlDocument::load(path);
  if (!document) return document.error();
  const std::string_view first = document->root().name();
  if (first == "osm") return with_lanes("Lanelet2", lanelet2_of(*document, {}));
  if (first == "commonRoad") return with_lanes("CommonRoad", common_road_of(*document));
  auto map = open_drive_of(*document);
  if (!map) return map.error();
  MapFile file;
  file.format = "OpenDRIVE " + std::to_string(map->network().major) + "." + std::to_string(map->network().minor);
  file.roads = std::make_shared<const Map>(*std::move(map));
  file.lanes = lane_graph(*file.roads, shape);
  return file;
}

}  // namespace hangil::map
