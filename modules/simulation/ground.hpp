// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "math/pose2.hpp"
#include "simulation/shape.hpp"
#include "simulation/surface.hpp"

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

// A band along the road: from `from_m` outside of the road's edge (negative: on the road) to the next band. Bands
// differ in height by vertical steps, each one up or level: curbs.
struct Band {
  double from_m = 0, height_m = 0;  // height above the hills
  Surface surface;
};

// The rectangle of the map that has ground; rays leave the world at its border.
struct MapArea {
  double least_x_m = 0, least_y_m = 0, most_x_m = 0, most_y_m = 0;
};

struct GroundCrossing : Crossing {
  Surface surface;
  bool is_curb = false;  // the vertical side of a step
};

// Hills with a road laid over them. Between samples of a 1 m raster, heights and distances to the road's edge are
// bilinear: within 1 mm of the hills for waves longer than 60 m.
class Ground {
 public:
  // `edge_distance_m(x, y)`: distance to the road's edge, negative on the road. Bands in order of `from_m`; the first
  // also holds for everything before it.
  template <class EdgeDistance>
  Ground(Hills hills, std::vector<Band> bands, const MapArea& area, EdgeDistance&& edge_distance_m);

  double height_m(double x_m, double y_m) const;
  // Angles of the hills under a body that heads for yaw_rad: its rotation R_map_body.
  Eigen::Matrix3d attitude(double x_m, double y_m, double yaw_rad) const;
  // Distance to the road's edge, negative on the road.
  double edge_m(double x_m, double y_m) const;
  // The first crossing within max_range_m of a ray that starts above the ground. Exact to 1 mm in height; steps are
  // found to 1 mm along the ray, and missed where the ray passes less than 5 cm of one.
  std::optional<GroundCrossing> intersect(const Ray& ray, double max_range_m) const;

 private:
  struct Sample {
    float hill_m = 0, edge_m = 0;
  };
  struct Level {  // the raster between samples
    double value_m = 0;
    Eigen::Vector2d gradient = Eigen::Vector2d::Zero();
  };

  Level at(float Sample::*channel, double x_m, double y_m) const;
  Level hill_at(const Eigen::Vector3d& p) const;
  Level edge_at(const Eigen::Vector3d& p) const;
  const Band& band(double edge_m) const;
  std::optional<double> reach(const Ray& ray, double from_m, double level_m, double max_range_m) const;
  double clearance_m(const Ray& ray, double range_m) const;
  GroundCrossing crossing(const Ray& ray, double range_m) const;
  std::optional<GroundCrossing> in_bands(const Ray& ray, double from_m, double to_m) const;
  GroundCrossing at_step(const Ray& ray, double above_m, double below_m) const;

  Hills hills_;
  std::vector<Band> bands_;
  MapArea area_;
  std::size_t columns_ = 0, rows_ = 0;
  double lowest_m_ = 0, highest_m_ = 0, bend_per_m_ = 0;  // of the bands; greatest second derivative of the hills
  std::vector<Sample> samples_;
};

template <class EdgeDistance>
Ground::Ground(Hills hills, std::vector<Band> bands, const MapArea& area, EdgeDistance&& edge_distance_m)
    : hills_(std::move(hills)), bands_(std::move(bands)), area_(area) {
  columns_ = static_cast<std::size_t>(area.most_x_m - area.least_x_m) + 2;
  rows_ = static_cast<std::size_t>(area.most_y_m - area.least_y_m) + 2;
  samples_.reserve(columns_ * rows_);
  for (std::size_t row = 0; row < rows_; ++row) {
    for (std::size_t column = 0; column < columns_; ++column) {
      const double x_m = area.least_x_m + static_cast<double>(column);
      const double y_m = area.least_y_m + static_cast<double>(row);
      samples_.push_back(
          {static_cast<float>(simulation::height_m(hills_, x_m, y_m)), static_cast<float>(edge_distance_m(x_m, y_m))});
    }
  }
  lowest_m_ = highest_m_ = bands_.front().height_m;
  for (const Band& band : bands_) {
    lowest_m_ = std::min(lowest_m_, band.height_m), highest_m_ = std::max(highest_m_, band.height_m);
  }
  for (const Wave& w : hills_.waves) {
    bend_per_m_ += std::abs(w.amplitude_m) * (w.kx_radpm * w.kx_radpm + w.ky_radpm * w.ky_radpm);
  }
}

}  // namespace hangil::simulation
