// SPDX-License-Identifier: Apache-2.0
#include "map/open_drive.hpp"

#include <algorithm>
#include <cmath>

#include "base/xml.hpp"
#include "map/map_document.hpp"
#include "map/open_drive_parts.hpp"

namespace hangil::map {

namespace {

using base::XmlElement;
using base::XmlProblems;
using open_drive::Ids;

constexpr double kRoadLengthMax_m = 1e6, kNetworkLengthMax_m = 3e7;
constexpr std::size_t kPiecesMax = 3'000'000;

Ids ids_of(const std::vector<XmlElement>& elements, std::string_view what, XmlProblems& problems) {
  Ids ids;
  for (const XmlElement& element : elements) {
    ids.sorted.emplace_back(element.required("id", problems), static_cast<int>(ids.sorted.size()));
  }
  std::sort(ids.sorted.begin(), ids.sorted.end());
  for (std::size_t i = 1; i < ids.sorted.size(); ++i) {
    if (ids.sorted[i].first != ids.sorted[i - 1].first) continue;
    const XmlElement& again = elements[static_cast<std::size_t>(ids.sorted[i].second)];
    problems.add(again, std::string(what) + " id '" + ids.sorted[i].first + "' is given twice");
  }
  return ids;
}

std::vector<SpeedLimit> read_road_limits(const XmlElement& element, XmlProblems& problems) {
  std::vector<SpeedLimit> limits;
  for (const XmlElement& type : element.children("type")) {
    const double limit = open_drive::read_speed_mps(type.child("speed"), problems);
    limits.push_back({type.number_or("s", 0, problems), limit});
  }
  return limits;
}

Road read_road(const XmlElement& element, const Ids& roads, const Ids& junctions, std::vector<DanglingLink>& dangling,
               XmlProblems& problems) {
  Road road;
  road.id = element.attribute("id");
  road.name = element.attribute("name");
  road.line = element.place().line;
  road.length_m = element.number("length", problems);
  if (!(road.length_m > 0) || road.length_m > kRoadLengthMax_m) {
    problems.add(element, "road '" + road.id + "' must be longer than 0 and at most 1000 km");
    road.length_m = 1;
  }
  road.junction = junctions.find(element.attribute("junction"));
  road.is_left_hand_traffic = element.attribute("rule") == "LHT";
  road.plan = open_drive::read_plan_view(element, problems);
  road.elevation = open_drive::read_profile(element.child("elevationProfile"), "elevation", "s", problems);
  road.lane_offset = open_drive::read_profile(element.child("lanes"), "laneOffset", "s", problems);
  road.sections = open_drive::read_lane_sections(element, road.length_m, problems);
  open_drive::read_lateral_profile(element, road, problems);
  road.signals = open_drive::read_signals(element, problems);
  road.objects = open_drive::read_objects(element, problems);
  road.speed_limits = read_road_limits(element, problems);
  open_drive::read_road_links(element, roads, junctions, road, dangling, problems);
  return road;
}

void read_roads(const std::vector<XmlElement>& elements, const Ids& roads, const Ids& junctions, RoadNetwork& network,
                XmlProblems& problems) {
  double length_m = 0;
  std::size_t piece_count = 0;
  for (const XmlElement& element : elements) {
    network.roads.push_back(read_road(element, roads, junctions, network.dangling_links, problems));
    length_m += network.roads.back().length_m;
    piece_count += network.roads.back().plan.pieces().size();
    if (length_m < kNetworkLengthMax_m && piece_count < kPiecesMax) continue;
    problems.add(element, "the roads up to here are longer than 30,000 km, or bend too much to be kept in memory");
    return;
  }
}

RoadNetwork read_network(const XmlElement& root, XmlProblems& problems) {
  const std::vector<XmlElement> roads = root.children("road"), junctions = root.children("junction");
  const Ids road_ids = ids_of(roads, "road", problems), junction_ids = ids_of(junctions, "junction", problems);
  RoadNetwork network;
  const XmlElement header = root.child("header");
  network.name = header.attribute("name");
  network.geo_reference = header.child("geoReference").text();
  const XmlElement offset = header.child("offset");
  network.offset = {offset.number_or("x", 0, problems), offset.number_or("y", 0, problems),
                    offset.number_or("z", 0, problems), offset.number_or("hdg", 0, problems)};
  network.major = header.integer_or("revMajor", 1, problems);
  network.minor = header.integer_or("revMinor", 4, problems);
  read_roads(roads, road_ids, junction_ids, network, problems);
  for (const XmlElement& element : root.children("controller")) {
    network.controllers.push_back(open_drive::read_controller(element, problems));
  }
  for (const XmlElement& element : junctions) {
    network.junctions.push_back(open_drive::read_junction(element, road_ids, network.dangling_links, problems));
  }
  return network;
}

}  // namespace

base::Result<Map> open_drive_of(const base::XmlDocument& document) {
  const XmlElement root = document.root();
  XmlProblems problems;
  if (root.name() != "OpenDRIVE") {
    problems.add(root, "is not OpenDRIVE: the first element is <" + std::string(root.name()) + ">");
    return problems.error();
  }
  RoadNetwork network = read_network(root, problems);
  if (!problems.empty()) return problems.error();
  return Map(std::move(network));
}

int open_drive::Ids::find(std::string_view id) const {
  const auto at = std::lower_bound(sorted.begin(), sorted.end(), id,
                                   [](const auto& entry, std::string_view key) { return entry.first < key; });
  return at == sorted.end() || at->first != id ? -1 : at->second;
}

base::Result<Map> read_open_drive(const std::string& path) {
  const auto document = base::XmlDocument::load(path);
  if (!document) return document.error();
  return open_drive_of(*document);
}

base::Result<Map> parse_open_drive(std::string text, const std::string& file) {
  const auto document = base::XmlDocument::parse(std::move(text), file);
  if (!document) return document.error();
  return open_drive_of(*document);
}

}  // namespace hangil::map
