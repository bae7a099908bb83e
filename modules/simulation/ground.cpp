// SPDX-License-Identifier: Apache-2.0
#include "simulation/ground.hpp"

#include <cmath>

#include <Eigen/Geometry>

namespace hangil::simulation {

double height_m(const Hills& hills, double x_m, double y_m) {
  double height = 0;
  for (const Wave& w : hills.waves) {
    height += w.amplitude_m * (std::sin(w.kx_radpm * x_m + w.ky_radpm * y_m + w.phase_rad) - std::sin(w.phase_rad));
  }
  return height;
}

Eigen::Vector2d gradient(const Hills& hills, double x_m, double y_m) {
  Eigen::Vector2d slope = Eigen::Vector2d::Zero();
  for (const Wave& w : hills.waves) {
    const double change = w.amplitude_m * std::cos(w.kx_radpm * x_m + w.ky_radpm * y_m + w.phase_rad);
    slope += change * Eigen::Vector2d(w.kx_radpm, w.ky_radpm);
  }
  return slope;
}

double bend_per_m(const Hills& hills) {
  double bend = 0;
  for (const Wave& w : hills.waves) {
    bend += std::abs(w.amplitude_m) * (w.kx_radpm * w.kx_radpm + w.ky_radpm * w.ky_radpm);
  }
  return bend;
}

double Ground::height_m(double x_m, double y_m) const {
  return simulation::height_m(hills_, x_m, y_m) + raster_.band(edge_m(x_m, y_m)).height_m;
}

Eigen::Matrix3d Ground::attitude(double x_m, double y_m, double yaw_rad) const {
  const Eigen::Vector2d slope = gradient(hills_, x_m, y_m);
  const Eigen::Vector2d heading(std::cos(yaw_rad), std::sin(yaw_rad));
  const Eigen::Vector3d up = Eigen::Vector3d(-slope.x(), -slope.y(), 1).normalized();
  const Eigen::Vector3d forward = Eigen::Vector3d(heading.x(), heading.y(), slope.dot(heading)).normalized();
  Eigen::Matrix3d rotation;
  rotation << forward, up.cross(forward), up;
  return rotation;
}

}  // namespace hangil::simulation
