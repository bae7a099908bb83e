// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include "map/open_drive.hpp"
#include "map/road_lanes.hpp"
#include "planning/road_ahead.hpp"
#include "planning/street.hpp"

// Roads of scenarios/ as a planner is told them.
namespace hangil::tests {

inline map::LaneMap town(const std::string& road) {
  const auto read = map::read_open_drive(std::string(HANGIL_SOURCE_DIR) + "/scenarios/roads/" + road + ".xodr");
  EXPECT_TRUE(read.ok()) << (read.ok() ? "" : read.error().message);
  return map::LaneMap(map::lane_graph(*read));
}

// Along the middles of lanes, by their names.
inline planning::Route route_along(const map::LaneMap& map, const std::vector<std::string>& lanes,
                                   double desired_speed_mps = 12) {
  messages::Mission mission;
  mission.desired_speed_mps = desired_speed_mps;
  for (const std::string& name : lanes) {
    const int lane = map.graph.find(name);
    EXPECT_GE(lane, 0) << name;
    for (double s_m = 0; s_m <= map.finder.length_m(lane) - 1; s_m += 2) {
      const auto pose = map.finder.pose(lane, s_m, 0);
      mission.path.push_back({pose.x_m, pose.y_m});
    }
  }
  return *planning::route_of(mission);
}

// A car on a lane.
inline messages::Track car_in_lane(const map::LaneMap& map, const std::string& name, double s_m, double speed_mps) {
  const auto pose = map.finder.pose(map.graph.find(name), s_m, 0);
  return car_at({pose.x_m, pose.y_m, pose.heading_rad}, speed_mps);
}

}  // namespace hangil::tests
