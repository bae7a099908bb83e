// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <Eigen/Core>

#include "math/pinhole.hpp"
#include "simulation/surface.hpp"

namespace hangil::simulation {

// A picture being painted with flat convex faces, nearest first whatever their order. A pixel shows what lies behind
// its middle; pixel (0, 0) covers [0, 1) x [0, 1). Points are in the camera's frame (x right, y down, z forward).
class Canvas {
 public:
  explicit Canvas(const math::Pinhole& optics);

  int width() const { return width_; }
  int height() const { return height_; }

  // Begins a picture with what is infinitely far: colours by the rise of a pixel's ray, `up` . (u, v, 1), from
  // -rise_range to rise_range; beyond, the first and the last.
  void begin(const Eigen::Vector3d& up, std::span<const Colour> by_rise, double rise_range);

  // Paints the face where nothing nearer is. `over_ratio`: it also covers what is nearer by less than that ratio:
  // ground that lies on ground. Faces are cut 0.1 m before the camera; those with fewer than 3 or more than 16 corners,
  // or with numbers that are not finite, are left out.
  void paint(std::span<const Eigen::Vector3d> corners, Colour colour, double over_ratio = 0);

  Colour colour(int x, int y) const;
  // Along z; infinite where nothing is.
  double depth_m(int x, int y) const;
  // 0x00BBGGRR, row by row.
  std::span<const std::uint32_t> pixels() const { return pixels_; }
  std::span<const float> nearness() const { return nearness_; }  // 1 / depth

 private:
  struct Span {
    double left_px, right_px;
  };
  bool project(std::span<const Eigen::Vector3d> corners);
  bool take_rows();
  void take_edge(const math::Pixel& a, const math::Pixel& b);

  math::Pinhole optics_;
  int width_, height_;
  std::vector<std::uint32_t> pixels_;
  std::vector<float> nearness_;
  std::vector<math::Pixel> outline_;  // of the face being painted
  std::vector<Span> rows_;
  int first_row_ = 0, end_row_ = 0;
};

}  // namespace hangil::simulation
