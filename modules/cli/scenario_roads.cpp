// SPDX-License-Identifier: Apache-2.0
#include "cli/scenario_roads.hpp"

#include <algorithm>

#include "map/road_lanes.hpp"
#include "scenario/assignments.hpp"
#include "scenario/map_library.hpp"
#include "scenario/read_scenario.hpp"

namespace hangil::cli {

namespace {

constexpr double kMargin_m = 80;

struct Area {
  double x_min_m = 1e300, x_max_m = -1e300, y_min_m = 1e300, y_max_m = -1e300;
  void include(double x_m, double y_m) {
    x_min_m = std::min(x_min_m, x_m - kMargin_m), x_max_m = std::max(x_max_m, x_m + kMargin_m);
    y_min_m = std::min(y_min_m, y_m - kMargin_m), y_max_m = std::max(y_max_m, y_m + kMargin_m);
  }
  bool holds(const map::Point3& p) const {
    return p.x_m >= x_min_m && p.x_m <= x_max_m && p.y_m >= y_min_m && p.y_m <= y_max_m;
  }
};

// The stretches of a line within the area.
void add_stretches(const std::vector<map::Point3>& line, bool is_solid, const Area& area,
                   std::vector<viewer::RoadLine>& roads) {
  viewer::RoadLine stretch{is_solid, {}};
  const auto keep = [&] {
    if (stretch.points.size() > 1) roads.push_back(stretch);
    stretch.points.clear();
  };
  for (const map::Point3& point : line) {
    if (area.holds(point))
      stretch.points.push_back({point.x_m, point.y_m});
    else
      keep();
  }
  keep();
}

}  // namespace

std::vector<viewer::RoadLine> roads_around(const ScenarioDrive& drive, const verdict::ScenarioTrace& trace) {
  scenario::ScenarioLibrary library;
  scenario::MapLibrary maps;
  if (!drive.maps.empty()) maps.add_folder(drive.maps);
  const auto parameters = scenario::parse_assignments(drive.parameters);
  if (!parameters) return {};
  const auto read = scenario::read_scenario(library, drive.scenario_file, *parameters);
  if (!read) return {};
  const auto map = maps.map_of(read->scenario);
  if (!map || *map == nullptr) return {};
  Area area;
  for (const verdict::EntityStep& step : verdict::ego_of(trace).steps) area.include(step.pose.x_m, step.pose.y_m);
  std::vector<viewer::RoadLine> roads;
  for (const map::GraphLane& lane : map::lane_graph(**map, {0.1, 10}).lanes) {
    add_stretches(lane.left, lane.left_marking != map::Marking::kDashed, area, roads);
    add_stretches(lane.right, lane.right_marking != map::Marking::kDashed, area, roads);
  }
  return roads;
}

}  // namespace hangil::cli
