// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "fusion/fuse_objects.hpp"
#include "messages/obstacle_points.hpp"

namespace hangil::fusion {

// Points in ego, as one array a coordinate.
struct FrustumPoints {
  std::vector<float> x_m, y_m, z_m;
};

// Those that a camera at T_camera_ego could see if its picture were twice as wide: room for a pose that is corrected
// later.
void take_points_ahead(const messages::ObstaclePoints& obstacles, const math::Pinhole& optics,
                       const Eigen::Isometry3d& T_camera_ego, FrustumPoints& points);

// Where points show in a picture. Keep one to avoid allocation.
struct ProjectedPoints {
  std::vector<float> x_px, y_px, depth_m;  // of those in the picture
};
void project_points(const FrustumPoints& points, const ImageView& view, ProjectedPoints& projected);

// The object that a box of a picture shows, from the points in its frustum (Qi et al., "Frustum PointNets", CVPR 2018,
// without the network): at the nearest depth where many of them lie close together, as large as its class usually is,
// upright, along ego's x. Nothing for a class without a usual size, too few points, or a depth at which the box would
// be far too tall or small.
std::optional<messages::Object> object_in_frustum(const messages::ImageObject& seen, const ImageView& view,
                                                  const ProjectedPoints& projected);

}  // namespace hangil::fusion
