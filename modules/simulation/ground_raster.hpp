// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "simulation/shape.hpp"
#include "simulation/surface.hpp"

namespace hangil::simulation {

// A band along the road: from `from_m` outside of the road's edge (negative: on the road) to the next band. Bands
// differ in height by vertical steps, each one up or level: curbs.
struct Band {
  double from_m = 0, height_m = 0;  // height above the land
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

// The land and the distance to the road's edge at one place.
struct GroundSample {
  float hill_m = 0, edge_m = 0;  // edge_m is negative on the road
};

// Ground as rays see it: a raster of 1 m with the land's height and the distance to the road's edge, bilinear between
// samples, and bands of surface and height laid over the land by that distance.
class GroundRaster {
 public:
  struct Level {
    double value_m = 0;
    Eigen::Vector2d gradient = Eigen::Vector2d::Zero();
  };

  // `sample(x_m, y_m)`: a GroundSample. Bands in order of `from_m`; the first also holds for everything before it.
  // `bend_per_m`: greatest second derivative of the land; where nothing is given it is measured from the samples.
  template <class Sampler>
  GroundRaster(std::vector<Band> bands, const MapArea& area, std::optional<double> bend_per_m, Sampler&& sample);

  // The first crossing within max_range_m of a ray that starts above the ground. Exact to 1 mm in height; steps are
  // found to 1 mm along the ray, and missed where the ray passes less than 5 cm of one.
  std::optional<GroundCrossing> intersect(const Ray& ray, double max_range_m) const;

  Level land(double x_m, double y_m) const { return at(&GroundSample::hill_m, x_m, y_m); }
  // Distance to the road's edge, negative on the road.
  double edge_m(double x_m, double y_m) const { return at(&GroundSample::edge_m, x_m, y_m).value_m; }
  const Band& band(double edge_m) const;

 private:
  void take_levels_of_bands();
  double measured_bend_per_m() const;
  Level at(float GroundSample::*channel, double x_m, double y_m) const;
  Level hill_at(const Eigen::Vector3d& p) const;
  Level edge_at(const Eigen::Vector3d& p) const;
  std::optional<double> reach(const Ray& ray, double from_m, double level_m, double max_range_m) const;
  double clearance_m(const Ray& ray, double range_m) const;
  GroundCrossing crossing(const Ray& ray, double range_m) const;
  std::optional<GroundCrossing> in_bands(const Ray& ray, double from_m, double to_m) const;
  GroundCrossing at_step(const Ray& ray, double above_m, double below_m) const;

  std::vector<Band> bands_;
  MapArea area_;
  std::size_t columns_ = 0, rows_ = 0;
  double lowest_m_ = 0, highest_m_ = 0, bend_per_m_ = 0;  // of the bands; greatest second derivative of the land
  std::vector<GroundSample> samples_;
};

template <class Sampler>
GroundRaster::GroundRaster(std::vector<Band> bands, const MapArea& area, std::optional<double> bend_per_m,
                           Sampler&& sample)
    : bands_(std::move(bands)),
      area_(area),
      columns_(static_cast<std::size_t>(area.most_x_m - area.least_x_m) + 2),
      rows_(static_cast<std::size_t>(area.most_y_m - area.least_y_m) + 2) {
  samples_.reserve(columns_ * rows_);
  for (std::size_t row = 0; row < rows_; ++row) {
    for (std::size_t column = 0; column < columns_; ++column) {
      samples_.push_back(
          sample(area.least_x_m + static_cast<double>(column), area.least_y_m + static_cast<double>(row)));
    }
  }
  take_levels_of_bands();
  bend_per_m_ = bend_per_m.value_or(measured_bend_per_m());
}

}  // namespace hangil::simulation
