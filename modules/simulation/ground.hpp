// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "math/pose2.hpp"
#include "simulation/ground_raster.hpp"

namespace hangil::simulation {

// A wave of the land: amplitude * sin(kx x + ky y + phase).
struct Wave {
  double amplitude_m = 0, kx_radpm = 0, ky_radpm = 0, phase_rad = 0;
};

// Land with gentle hills: smooth, known in closed form, 0 at the origin. Vehicles stand on it.
struct Hills {
  std::vector<Wave> waves;
};
double height_m(const Hills& hills, double x_m, double y_m);
// d height / d x and d height / d y.
Eigen::Vector2d gradient(const Hills& hills, double x_m, double y_m);
// Bound of the second derivatives.
double bend_per_m(const Hills& hills);

// Hills with a road laid over them. What rays meet is a raster: within 1 mm of the hills for waves longer than 60 m.
class Ground {
 public:
  // `edge_distance_m(x, y)`: distance to the road's edge, negative on the road. Bands as GroundRaster's.
  template <class EdgeDistance>
  Ground(Hills hills, std::vector<Band> bands, const MapArea& area, EdgeDistance&& edge_distance_m)
      : hills_(std::move(hills)), raster_(std::move(bands), area, bend_per_m(hills_), [&](double x_m, double y_m) {
          return GroundSample{static_cast<float>(simulation::height_m(hills_, x_m, y_m)),
                              static_cast<float>(edge_distance_m(x_m, y_m))};
        }) {}

  double height_m(double x_m, double y_m) const;
  // Angles of the hills under a body that heads for yaw_rad: its rotation R_map_body.
  Eigen::Matrix3d attitude(double x_m, double y_m, double yaw_rad) const;
  // Distance to the road's edge, negative on the road.
  double edge_m(double x_m, double y_m) const { return raster_.edge_m(x_m, y_m); }
  std::optional<GroundCrossing> intersect(const Ray& ray, double max_range_m) const {
    return raster_.intersect(ray, max_range_m);
  }
  const GroundRaster& raster() const { return raster_; }

 private:
  Hills hills_;
  GroundRaster raster_;
};

}  // namespace hangil::simulation
