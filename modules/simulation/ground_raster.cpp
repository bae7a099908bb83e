// SPDX-License-Identifier: Apache-2.0
#include "simulation/ground_raster.hpp"

#include <cmath>

#include <Eigen/Geometry>

namespace hangil::simulation {

void GroundRaster::take_levels_of_bands() {
  lowest_m_ = highest_m_ = bands_.front().height_m;
  for (const Band& band : bands_) {
    lowest_m_ = std::min(lowest_m_, band.height_m), highest_m_ = std::max(highest_m_, band.height_m);
  }
}

// A bilinear raster bends at the borders of its cells only, by its second differences; a ray crosses at most three
// borders in 1.5 m.
double GroundRaster::measured_bend_per_m() const {
  double most = 0;
  const auto second = [&](std::size_t i, std::size_t step) {
    return std::abs(double{samples_[i - step].hill_m} - 2 * double{samples_[i].hill_m} +
                    double{samples_[i + step].hill_m});
  };
  for (std::size_t row = 1; row + 1 < rows_; ++row) {
    for (std::size_t column = 1; column + 1 < columns_; ++column) {
      const std::size_t i = row * columns_ + column;
      most = std::max({most, second(i, 1), second(i, columns_)});
    }
  }
  return 3 * most;
}

GroundRaster::Level GroundRaster::at(float GroundSample::*channel, double x_m, double y_m) const {
  const double u = std::clamp(x_m - area_.least_x_m, 0.0, static_cast<double>(columns_) - 1.001);
  const double v = std::clamp(y_m - area_.least_y_m, 0.0, static_cast<double>(rows_) - 1.001);
  const auto column = static_cast<std::size_t>(u), row = static_cast<std::size_t>(v);
  const double a = u - static_cast<double>(column), b = v - static_cast<double>(row);
  const GroundSample* const low = &samples_[row * columns_ + column];
  const GroundSample* const high = low + columns_;
  const double low_step = low[1].*channel - low[0].*channel, high_step = high[1].*channel - high[0].*channel;
  const double near = low[0].*channel + a * low_step, far = high[0].*channel + a * high_step;
  return {near + b * (far - near), {low_step + b * (high_step - low_step), far - near}};
}

GroundRaster::Level GroundRaster::hill_at(const Eigen::Vector3d& p) const {
  return at(&GroundSample::hill_m, p.x(), p.y());
}
GroundRaster::Level GroundRaster::edge_at(const Eigen::Vector3d& p) const {
  return at(&GroundSample::edge_m, p.x(), p.y());
}

const Band& GroundRaster::band(double edge_m) const {
  std::size_t i = bands_.size() - 1;
  while (i > 0 && edge_m < bands_[i].from_m) --i;
  return bands_[i];
}

// Where the ray first comes down to the hills raised by level_m. Each step goes to the first root of a lower bound of
// the clearance, gap + rate * t - bend * t^2 / 2, so none is jumped over, and near a root converges as Newton's does.
std::optional<double> GroundRaster::reach(const Ray& ray, double from_m, double level_m, double max_range_m) const {
  const Eigen::Vector2d along = ray.direction.head<2>();
  const double bend = std::max(bend_per_m_ * along.squaredNorm(), 1e-9);
  double range_m = from_m;
  for (int step = 0; step < 100 && range_m <= max_range_m; ++step) {
    const Eigen::Vector3d p = ray.origin + range_m * ray.direction;
    const Level hill = hill_at(p);
    const double gap_m = p.z() - hill.value_m - level_m;
    const double rate = ray.direction.z() - hill.gradient.dot(along);
    if (gap_m < 5e-4) return rate < 0 ? range_m + gap_m / -rate : range_m;
    range_m += 2 * gap_m / (std::sqrt(rate * rate + 2 * bend * gap_m) - rate);
  }
  return std::nullopt;
}

double GroundRaster::clearance_m(const Ray& ray, double range_m) const {
  const Eigen::Vector3d p = ray.origin + range_m * ray.direction;
  return p.z() - hill_at(p).value_m - band(edge_at(p).value_m).height_m;
}

GroundCrossing GroundRaster::crossing(const Ray& ray, double range_m) const {
  const Eigen::Vector3d p = ray.origin + range_m * ray.direction;
  const Eigen::Vector2d slope = hill_at(p).gradient;
  GroundCrossing found;
  found.range_m = range_m;
  found.normal = Eigen::Vector3d(-slope.x(), -slope.y(), 1).normalized();
  found.surface = band(edge_at(p).value_m).surface;
  return found;
}

// Above the step at above_m, below the ground behind it at below_m: halves the way between until 1 mm is left.
GroundCrossing GroundRaster::at_step(const Ray& ray, double above_m, double below_m) const {
  while (below_m - above_m > 1e-3) {
    const double middle_m = (above_m + below_m) / 2;
    (clearance_m(ray, middle_m) > 0 ? above_m : below_m) = middle_m;
  }
  GroundCrossing found = crossing(ray, below_m);
  if (clearance_m(ray, below_m) > -0.005) return found;
  const Eigen::Vector3d p = ray.origin + below_m * ray.direction;
  const Eigen::Vector2d outward = edge_at(p).gradient.normalized();
  found.normal = {outward.x(), outward.y(), 0};
  if (found.normal.dot(ray.direction) > 0) found.normal = -found.normal;
  found.surface = kConcrete;
  found.is_curb = true;
  return found;
}

// Between the highest and the lowest band's level: looks every 5 cm (at most 64 times) which band is below.
std::optional<GroundCrossing> GroundRaster::in_bands(const Ray& ray, double from_m, double to_m) const {
  const int count = std::clamp(static_cast<int>((to_m - from_m) / 0.05) + 1, 1, 64);
  double above_m = from_m;
  for (int i = 0; i <= count; ++i) {
    const double range_m = from_m + (to_m - from_m) * i / count;
    const double clearance = clearance_m(ray, range_m);
    if (clearance <= 1e-3)
      return clearance >= -1e-3 || i == 0 ? crossing(ray, range_m) : at_step(ray, above_m, range_m);
    above_m = range_m;
  }
  return std::nullopt;  // out of range before it came down
}

std::optional<GroundCrossing> GroundRaster::intersect(const Ray& ray, double max_range_m) const {
  const auto from_m = reach(ray, 0, highest_m_, max_range_m);
  if (!from_m) return std::nullopt;
  const Eigen::Vector3d p = ray.origin + *from_m * ray.direction;
  if (p.x() < area_.least_x_m || p.x() > area_.most_x_m || p.y() < area_.least_y_m || p.y() > area_.most_y_m) {
    return std::nullopt;
  }
  const double edge_m = edge_at(p).value_m;
  if (band(edge_m).height_m == highest_m_) return crossing(ray, *from_m);
  const auto to_m = reach(ray, *from_m, lowest_m_, max_range_m);
  if (!to_m) return in_bands(ray, *from_m, max_range_m);
  const double reach_m = 1.5 * (*to_m - *from_m);  // a bilinear distance grows by at most sqrt(2) a metre
  if (band(edge_m + reach_m).height_m == lowest_m_) return crossing(ray, *to_m);
  return in_bands(ray, *from_m, *to_m);
}

}  // namespace hangil::simulation
