// SPDX-License-Identifier: Apache-2.0
#include "map/open_drive_parts.hpp"

namespace hangil::map::open_drive {

namespace {

using base::XmlElement;
using base::XmlProblems;

RoadEnd read_contact(std::string_view word) { return word == "end" ? RoadEnd::kEnd : RoadEnd::kStart; }

RoadLink read_link(const XmlElement& element, const Ids& roads, const Ids& junctions, XmlProblems& problems) {
  RoadLink link;
  if (!element) return link;
  const bool is_junction = element.attribute("elementType") == "junction";
  link.index = (is_junction ? junctions : roads).find(element.attribute("elementId"));
  if (link.index < 0) return link;
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

JunctionConnection read_connection(const XmlElement& element, const Ids& roads, XmlProblems& problems) {
  JunctionConnection connection;
  connection.incoming_road = roads.find(element.attribute("incomingRoad"));
  const std::string_view linked = element.attribute("linkedRoad");  // of direct junctions
  connection.connecting_road = roads.find(linked.empty() ? element.attribute("connectingRoad") : linked);
  connection.contact = read_contact(element.attribute("contactPoint"));
  for (const XmlElement& link : element.children("laneLink")) {
    connection.lane_links.push_back({link.integer("from", problems), link.integer("to", problems)});
  }
  return connection;
}

}  // namespace

void read_road_links(const XmlElement& road_element, const Ids& roads, const Ids& junctions, Road& road,
                     XmlProblems& problems) {
  const XmlElement link = road_element.child("link");
  road.predecessor = read_link(link.child("predecessor"), roads, junctions, problems);
  road.successor = read_link(link.child("successor"), roads, junctions, problems);
}

Junction read_junction(const XmlElement& element, const Ids& roads, XmlProblems& problems) {
  Junction junction;
  junction.id = element.attribute("id");
  junction.name = element.attribute("name");
  junction.line = element.place().line;
  junction.kind = junction_kind(element.attribute("type"));
  for (const XmlElement& connection : element.children("connection")) {
    junction.connections.push_back(read_connection(connection, roads, problems));
  }
  return junction;
}

}  // namespace hangil::map::open_drive
