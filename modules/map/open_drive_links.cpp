// SPDX-License-Identifier: Apache-2.0
#include "map/open_drive_parts.hpp"

namespace hangil::map::open_drive {

namespace {

using base::XmlElement;
using base::XmlProblems;

RoadEnd read_contact(std::string_view word) { return word == "end" ? RoadEnd::kEnd : RoadEnd::kStart; }

RoadLink read_link(const XmlElement& element, const Ids& roads, const Ids& junctions, const Road& road, double s_m,
                   std::vector<DanglingLink>& dangling, XmlProblems& problems) {
  RoadLink link;
  if (!element) return link;
  const bool is_junction = element.attribute("elementType") == "junction";
  link.index = (is_junction ? junctions : roads).find(element.attribute("elementId"));
  if (link.index < 0) {
    dangling.push_back({road.id,
                        std::string(element.name()) + (is_junction ? " names junction '" : " names road '") +
                            std::string(element.attribute("elementId")) + "', which is not in the file",
                        s_m, element.place().line});
    return link;
  }
  link.kind = is_junction ? RoadLink::Kind::kJunction : RoadLink::Kind::kRoad;
  link.contact = element.has("contactPoint") ? read_contact(element.attribute("contactPoint"))
                                             : read_contact(element.attribute("elementDir") == "-" ? "end" : "start");
  link.contact_s_m = element.number_or("elementS", -1, problems);
  return link;
}

Junction::Kind junction_kind(std::string_view word) {
  if (word == "direct") return Junction::Kind::kDirect;
  if (word == "virtual") return Junction::Kind::kVirtual;
  return word == "crossing" ? Junction::Kind::kCrossing : Junction::Kind::kDefault;
}

JunctionConnection read_connection(const XmlElement& element, const Ids& roads, std::vector<DanglingLink>& dangling,
                                   XmlProblems& problems) {
  JunctionConnection connection;
  connection.incoming_road = roads.find(element.attribute("incomingRoad"));
  const std::string_view linked = element.attribute("linkedRoad");  // of direct junctions
  connection.connecting_road = roads.find(linked.empty() ? element.attribute("connectingRoad") : linked);
  connection.contact = read_contact(element.attribute("contactPoint"));
  if (connection.incoming_road < 0 || connection.connecting_road < 0) {
    dangling.push_back({std::string(element.attribute("incomingRoad")),
                        "connection " + std::string(element.attribute("id")) + " names a road that is not in the file",
                        0, element.place().line});
  }
  for (const XmlElement& link : element.children("laneLink")) {
    connection.lane_links.push_back({link.integer("from", problems), link.integer("to", problems)});
  }
  return connection;
}

}  // namespace

void read_road_links(const XmlElement& road_element, const Ids& roads, const Ids& junctions, Road& road,
                     std::vector<DanglingLink>& dangling, XmlProblems& problems) {
  const XmlElement link = road_element.child("link");
  road.predecessor = read_link(link.child("predecessor"), roads, junctions, road, 0, dangling, problems);
  road.successor = read_link(link.child("successor"), roads, junctions, road, road.length_m, dangling, problems);
}

Junction read_junction(const XmlElement& element, const Ids& roads, std::vector<DanglingLink>& dangling,
                       XmlProblems& problems) {
  Junction junction;
  junction.id = element.attribute("id");
  junction.name = element.attribute("name");
  junction.line = element.place().line;
  junction.kind = junction_kind(element.attribute("type"));
  for (const XmlElement& connection : element.children("connection")) {
    junction.connections.push_back(read_connection(connection, roads, dangling, problems));
  }
  for (const XmlElement& priority : element.children("priority")) {
    const RoadPriority ends{roads.find(priority.attribute("high")), roads.find(priority.attribute("low"))};
    if (ends.high >= 0 && ends.low >= 0) junction.priorities.push_back(ends);
  }
  for (const XmlElement& controller : element.children("controller")) {
    junction.controllers.emplace_back(controller.attribute("id"));
  }
  return junction;
}

}  // namespace hangil::map::open_drive
