// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>

#include "map/open_drive_parts.hpp"

namespace hangil::map::open_drive {

namespace {

using base::XmlElement;
using base::XmlProblems;

constexpr double kKmph_mps = 1 / 3.6, kMph_mps = 0.44704;

double unit_mps(std::string_view unit) {
  if (unit == "km/h" || unit == "kph") return kKmph_mps;
  return unit == "mph" ? kMph_mps : 1;
}

std::vector<int> read_lane_ids(const XmlElement& link, std::string_view tag, XmlProblems& problems) {
  std::vector<int> ids;
  for (const XmlElement& element : link.children(tag)) ids.push_back(element.integer("id", problems));
  return ids;
}

std::vector<RoadMark> read_marks(const XmlElement& lane, XmlProblems& problems) {
  std::vector<RoadMark> marks;
  for (const XmlElement& mark : lane.children("roadMark")) {
    marks.push_back({mark.number_or("sOffset", 0, problems), mark.number_or("width", 0, problems),
                     std::string(mark.attribute("type")), std::string(mark.attribute("color")),
                     std::string(mark.attribute("laneChange"))});
  }
  return marks;
}

Lane read_lane(const XmlElement& element, XmlProblems& problems) {
  Lane lane;
  lane.id = element.integer("id", problems);
  lane.line = element.place().line;
  lane.type = lane_type(element.attribute("type"));
  lane.is_level = element.attribute("level") == "true" || element.attribute("level") == "1";
  lane.width = read_profile(element, "width", "sOffset", problems);
  lane.outer_border = read_profile(element, "border", "sOffset", problems);
  const XmlElement link = element.child("link");
  lane.predecessors = read_lane_ids(link, "predecessor", problems);
  lane.successors = read_lane_ids(link, "successor", problems);
  for (const XmlElement& speed : element.children("speed")) {
    lane.speed_limits.push_back({speed.number_or("sOffset", 0, problems), read_speed_mps(speed, problems)});
  }
  lane.marks = read_marks(element, problems);
  for (const XmlElement& height : element.children("height")) {
    lane.heights.push_back({height.number_or("sOffset", 0, problems), height.number_or("inner", 0, problems),
                            height.number_or("outer", 0, problems)});
  }
  return lane;
}

LaneSection read_section(const XmlElement& element, XmlProblems& problems) {
  LaneSection section;
  section.s_m = element.number("s", problems);
  for (const char* side : {"left", "center", "right"}) {
    for (const XmlElement& lane : element.child(side).children("lane")) {
      section.lanes.push_back(read_lane(lane, problems));
    }
  }
  std::stable_sort(section.lanes.begin(), section.lanes.end(),
                   [](const Lane& a, const Lane& b) { return a.id > b.id; });
  bool has_centre = false;
  for (std::size_t i = 0; i < section.lanes.size(); ++i) {
    if (i > 0 && section.lanes[i].id == section.lanes[i - 1].id)
      problems.add(element, "two lanes have the id " + std::to_string(section.lanes[i].id));
    if (section.lanes[i].id != 0) continue;
    section.centre = static_cast<int>(i);
    has_centre = true;
  }
  if (!has_centre) problems.add(element, "<laneSection> has no lane 0");
  return section;
}

}  // namespace

double read_speed_mps(const XmlElement& speed, XmlProblems& problems) {
  const std::string_view limit = speed.attribute("max");
  if (limit == "no limit") return std::numeric_limits<double>::infinity();
  if (!speed || limit.empty() || limit == "undefined") return -1;
  return speed.number("max", problems) * unit_mps(speed.attribute("unit"));
}

std::vector<LaneSection> read_lane_sections(const XmlElement& road, double length_m, XmlProblems& problems) {
  std::vector<LaneSection> sections;
  for (const XmlElement& element : road.child("lanes").children("laneSection")) {
    sections.push_back(read_section(element, problems));
  }
  if (sections.empty()) problems.add(road, "road '" + std::string(road.attribute("id")) + "' has no lane section");
  std::stable_sort(sections.begin(), sections.end(), [](const auto& a, const auto& b) { return a.s_m < b.s_m; });
  for (std::size_t i = 0; i < sections.size(); ++i) {
    sections[i].end_s_m = i + 1 < sections.size() ? sections[i + 1].s_m : std::max(length_m, sections[i].s_m);
  }
  return sections;
}

}  // namespace hangil::map::open_drive
