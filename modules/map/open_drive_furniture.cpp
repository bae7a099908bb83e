// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "map/open_drive_parts.hpp"

// What stands on and beside the road.
namespace hangil::map::open_drive {

namespace {

using base::XmlElement;
using base::XmlProblems;

Orientation read_orientation(std::string_view word) {
  if (word == "+") return Orientation::kForward;
  return word == "-" ? Orientation::kBackward : Orientation::kBoth;
}

std::vector<LaneRange> read_validity(const XmlElement& element, XmlProblems& problems) {
  std::vector<LaneRange> ranges;
  for (const XmlElement& validity : element.children("validity")) {
    const int from = validity.integer("fromLane", problems), to = validity.integer("toLane", problems);
    ranges.push_back({std::min(from, to), std::max(from, to)});
  }
  return ranges;
}

// What signals and references to signals have in common.
Signal read_placement(const XmlElement& element, XmlProblems& problems) {
  Signal signal;
  signal.id = element.attribute("id");
  signal.line = element.place().line;
  signal.s_m = element.number("s", problems);
  signal.t_m = element.number("t", problems);
  signal.z_offset_m = element.number_or("zOffset", 0, problems);
  signal.orientation = read_orientation(element.attribute("orientation"));
  signal.validity = read_validity(element, problems);
  return signal;
}

Signal read_signal(const XmlElement& element, XmlProblems& problems) {
  Signal signal = read_placement(element, problems);
  signal.name = element.attribute("name");
  signal.is_dynamic = element.attribute("dynamic") == "yes";
  signal.country = element.attribute("country");
  signal.country_revision = element.attribute("countryRevision");
  signal.type = element.attribute("type");
  signal.subtype = element.attribute("subtype");
  signal.unit = element.attribute("unit");
  signal.text = element.attribute("text");
  signal.value = base::parse_number(element.attribute("value")).value_or(-1);
  signal.heading_offset_rad = element.number_or("hOffset", 0, problems);
  signal.height_m = element.number_or("height", 0, problems);
  signal.width_m = element.number_or("width", 0, problems);
  for (const XmlElement& dependency : element.children("dependency")) {
    signal.dependencies.emplace_back(dependency.attribute("id"));
  }
  return signal;
}

std::vector<OutlineCorner> read_outline(const XmlElement& outline, XmlProblems& problems) {
  std::vector<OutlineCorner> corners;
  for (const XmlElement& corner : outline.children()) {
    const double height = corner.number_or("height", 0, problems);
    if (corner.name() == "cornerLocal") {
      corners.push_back({false, corner.number("u", problems), corner.number("v", problems),
                         corner.number_or("z", 0, problems), height});
    } else if (corner.name() == "cornerRoad") {
      corners.push_back({true, corner.number("s", problems), corner.number("t", problems),
                         corner.number_or("dz", 0, problems), height});
    }
  }
  return corners;
}

RoadObject read_object(const XmlElement& element, XmlProblems& problems) {
  RoadObject object;
  object.id = element.attribute("id");
  object.name = element.attribute("name");
  object.type = element.attribute("type");
  object.subtype = element.attribute("subtype");
  object.line = element.place().line;
  object.s_m = element.number_or("s", 0, problems);
  object.t_m = element.number_or("t", 0, problems);
  object.z_offset_m = element.number_or("zOffset", 0, problems);
  object.heading_rad = element.number_or("hdg", 0, problems);
  object.length_m = element.number_or("length", 0, problems);
  object.width_m = element.number_or("width", 0, problems);
  object.height_m = element.number_or("height", 0, problems);
  object.radius_m = element.number_or("radius", 0, problems);
  object.orientation = read_orientation(element.attribute("orientation"));
  const XmlElement outlines = element.child("outlines");  // 1.4 has one outline without the list
  const XmlElement outline = outlines ? outlines.child("outline") : element.child("outline");
  object.outline = read_outline(outline, problems);
  object.validity = read_validity(element, problems);
  return object;
}

}  // namespace

std::vector<Signal> read_signals(const XmlElement& road, XmlProblems& problems) {
  std::vector<Signal> signals;
  for (const XmlElement& element : road.child("signals").children()) {
    if (element.name() == "signal") signals.push_back(read_signal(element, problems));
    if (element.name() != "signalReference") continue;
    signals.push_back(read_placement(element, problems));
    signals.back().is_reference = true;
  }
  return signals;
}

std::vector<RoadObject> read_objects(const XmlElement& road, XmlProblems& problems) {
  std::vector<RoadObject> objects;
  for (const XmlElement& element : road.child("objects").children("object")) {
    objects.push_back(read_object(element, problems));
  }
  return objects;
}

SignalController read_controller(const XmlElement& element, XmlProblems& problems) {
  SignalController controller;
  controller.id = element.required("id", problems);
  controller.name = element.attribute("name");
  for (const XmlElement& control : element.children("control")) {
    controller.signals.emplace_back(control.attribute("signalId"));
  }
  return controller;
}

}  // namespace hangil::map::open_drive
