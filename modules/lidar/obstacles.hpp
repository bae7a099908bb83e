// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "lidar/ground.hpp"
#include "lidar/point_view.hpp"
#include "messages/obstacle_points.hpp"

namespace hangil::lidar {

// Configuration of the whole step from a scan to the points of obstacles.
struct ObstacleConfig {
  Crop crop;
  GroundConfig ground;
  double height_max_m = 4;

  void visit(base::ConfigVisitor& visitor) {
    visitor.field("range_max_m", crop.range_max_m, {5, 100}, "m", "points further from the sensor are left out");
    visitor.field("ego_front_m", crop.ego_front_m, {0, 20}, "m", "ego vehicle's front, ahead of the rear axle");
    visitor.field("ego_rear_m", crop.ego_rear_m, {0, 20}, "m", "ego vehicle's back, behind the rear axle");
    visitor.field("ego_half_width_m", crop.ego_half_width_m, {0, 5}, "m", "half the ego vehicle's width");
    visitor.field("height_max_m", height_max_m, {0.5, 20}, "m", "points higher above the ground are left out");
    ground.visit(visitor);
  }
};

// Working memory, reused from scan to scan.
struct ObstacleState {
  Points points;  // the scan in the ego frame
  std::vector<PolarPlace> places;
  std::vector<float> height_m;  // above the ground, of every point
  GroundState ground;
  std::vector<std::uint32_t> kept;  // indices of the obstacles' points
  std::vector<float> gathered;
};

// Takes a scan apart: what is cropped, what is ground, and the rest, in the scan's order. Errors are those of
// view_points. The header's stamp is the cloud's, its frame "ego".
base::Result<messages::ObstaclePoints> find_obstacles(const messages::PointCloud2& cloud,
                                                      const SensorPose& T_ego_sensor, const ObstacleConfig& config,
                                                      ObstacleState& state);

}  // namespace hangil::lidar
