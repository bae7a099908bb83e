// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "map/open_drive_parts.hpp"

namespace hangil::map::open_drive {

namespace {

using base::XmlElement;
using base::XmlProblems;

CubicPiece read_piece(const XmlElement& element, std::string_view at, XmlProblems& problems) {
  return {element.number_or(at, 0, problems), element.number_or("a", 0, problems), element.number_or("b", 0, problems),
          element.number_or("c", 0, problems), element.number_or("d", 0, problems)};
}

void read_crossfall(const XmlElement& lateral, Road& road, XmlProblems& problems) {
  for (const XmlElement& element : lateral.children("crossfall")) {
    const CubicPiece piece = read_piece(element, "s", problems);
    const std::string_view side = element.attribute("side");
    if (side != "right") road.crossfall_left.pieces.push_back(piece);
    if (side != "left") road.crossfall_right.pieces.push_back(piece);
  }
}

// Records with the same s make one cross section.
void read_shapes(const XmlElement& lateral, Road& road, XmlProblems& problems) {
  for (const XmlElement& element : lateral.children("shape")) {
    const double s = element.number("s", problems);
    const auto same =
        std::find_if(road.shapes.begin(), road.shapes.end(), [&](const auto& shape) { return shape.s_m == s; });
    LateralShape& shape = same != road.shapes.end() ? *same : road.shapes.emplace_back(LateralShape{s, {}});
    shape.height_by_t.pieces.push_back(read_piece(element, "t", problems));
  }
  const auto by_s = [](const auto& a, const auto& b) { return a.s_m < b.s_m; };
  std::stable_sort(road.shapes.begin(), road.shapes.end(), by_s);
  for (LateralShape& shape : road.shapes) {
    std::stable_sort(shape.height_by_t.pieces.begin(), shape.height_by_t.pieces.end(), by_s);
  }
}

bool is_uneven(const Road& road) {
  if (!road.crossfall_left.pieces.empty() || !road.crossfall_right.pieces.empty() || !road.shapes.empty()) return true;
  for (const LaneSection& section : road.sections) {
    for (const Lane& lane : section.lanes) {
      if (!lane.heights.empty() || (lane.is_level && !road.superelevation.pieces.empty())) return true;
    }
  }
  return false;
}

}  // namespace

void read_lateral_profile(const XmlElement& road_element, Road& road, XmlProblems& problems) {
  const XmlElement lateral = road_element.child("lateralProfile");
  road.superelevation = read_profile(lateral, "superelevation", "s", problems);
  read_crossfall(lateral, road, problems);
  read_shapes(lateral, road, problems);
  road.has_uneven_lanes = is_uneven(road);
}

}  // namespace hangil::map::open_drive
