// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "base/xml.hpp"
#include "map/map.hpp"

// The readers of OpenDRIVE's parts, one function an element. Each notes what is malformed in `problems`.
namespace hangil::map::open_drive {

// Elements <`tag` `at`= a= b= c= d=> under `parent`, in order of `at`.
Profile read_profile(const base::XmlElement& parent, std::string_view tag, std::string_view at,
                     base::XmlProblems& problems);
PlanView read_plan_view(const base::XmlElement& road, base::XmlProblems& problems);
std::vector<LaneSection> read_lane_sections(const base::XmlElement& road, double length_m, base::XmlProblems& problems);
// From <speed max= unit=>; negative where nothing is said, infinite for "no limit".
double read_speed_mps(const base::XmlElement& speed, base::XmlProblems& problems);

// Ids to indices, sorted by id.
struct Ids {
  std::vector<std::pair<std::string, int>> sorted;
  int find(std::string_view id) const;  // -1 where there is none
};

void read_road_links(const base::XmlElement& road_element, const Ids& roads, const Ids& junctions, Road& road,
                     std::vector<DanglingLink>& dangling, base::XmlProblems& problems);
std::vector<Signal> read_signals(const base::XmlElement& road, base::XmlProblems& problems);
std::vector<RoadObject> read_objects(const base::XmlElement& road, base::XmlProblems& problems);
SignalController read_controller(const base::XmlElement& element, base::XmlProblems& problems);
void read_lateral_profile(const base::XmlElement& road_element, Road& road, base::XmlProblems& problems);
Junction read_junction(const base::XmlElement& element, const Ids& roads, std::vector<DanglingLink>& dangling,
                       base::XmlProblems& problems);

}  // namespace hangil::map::open_drive
