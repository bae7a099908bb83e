// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace hangil::viewer {

struct Colour {
  std::uint8_t r = 0, g = 0, b = 0;
  bool operator==(const Colour&) const = default;
};

// Pixels from the upper left corner of the picture, x right, y down; the centre of the first pixel is (0.5, 0.5).
struct PixelPoint {
  double x_px = 0, y_px = 0;
};

// An RGB picture with anti-aliased shapes: a pixel is covered by the part of it that lies within the shape, estimated
// from its centre's distance to the edge. Shapes may reach beyond the picture; shapes with numbers that are not finite
// draw nothing.
class Raster {
 public:
  Raster(int width_px, int height_px, Colour background);

  int width_px() const { return width_px_; }
  int height_px() const { return height_px_; }
  Colour at(int x_px, int y_px) const;
  std::span<const std::uint8_t> rgb() const { return rgb_; }  // row by row, 3 bytes a pixel

  void disc(PixelPoint centre, double radius_px, Colour colour, double opacity = 1);
  void line(PixelPoint from, PixelPoint to, double width_px, Colour colour, double opacity = 1);
  // Joined segments with round ends; where they overlap the colour is laid on once. `opacities` has one for each
  // segment.
  void polyline(std::span<const PixelPoint> points, double width_px, Colour colour, std::span<const double> opacities);
  void polyline(std::span<const PixelPoint> points, double width_px, Colour colour, double opacity = 1);
  void dashed(std::span<const PixelPoint> points, double width_px, double dash_px, Colour colour, double opacity = 1);
  void outline(std::span<const PixelPoint> corners, double width_px, Colour colour, double opacity = 1);
  // Any simple polygon, even-odd inside.
  void polygon(std::span<const PixelPoint> corners, Colour colour, double opacity = 1);

 private:
  struct Area {
    int left = 0, top = 0, right = 0, bottom = 0;  // right and bottom are outside
  };
  Area clipped(double left, double top, double right, double bottom) const;
  Area around(std::span<const PixelPoint> points, double margin_px) const;
  void blend(int x_px, int y_px, Colour colour, double opacity);
  void lay_segment(PixelPoint from, PixelPoint to, double width_px, double opacity);
  void blend_mask(const Area& area, Colour colour);

  int width_px_, height_px_;
  std::vector<std::uint8_t> rgb_;
  std::vector<float> mask_;  // of the shape being drawn; all zero between shapes
};

}  // namespace hangil::viewer
