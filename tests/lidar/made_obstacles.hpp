// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include <gtest/gtest.h>

#include "lidar/made_scan.hpp"
#include "lidar/obstacles.hpp"

namespace hangil::lidar::tests {

inline messages::ObstaclePoints obstacles_of(const MadeScene& scene) {
  ObstacleState state;
  auto obstacles = find_obstacles(scan(scene).cloud, made_sensor_pose(), {}, state);
  EXPECT_TRUE(obstacles.ok());
  return *std::move(obstacles);
}

// Points on level ground, at these places.
inline messages::ObstaclePoints cloud_of(const std::vector<std::array<float, 3>>& places) {
  messages::ObstaclePoints points;
  for (const auto& [x, y, z] : places) {
    points.x_m.push_back(x), points.y_m.push_back(y), points.z_m.push_back(z);
    points.height_m.push_back(z), points.intensity.push_back(0);
  }
  return points;
}

// A car, a van, a pedestrian and a wall.
inline MadeScene street() {
  return {.boxes = {{{12, 4, 0.1}, 4.1, 1.7, 1.5},
                    {{19, -5, -0.2}, 4.8, 1.9, 2.0},
                    {{8, -4, 0.7}, 0.6, 0.5, 1.7},
                    {{25, 9, 1.3}, 12, 0.3, 2.5}}};
}

}  // namespace hangil::lidar::tests
