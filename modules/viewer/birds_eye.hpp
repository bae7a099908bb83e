// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "math/footprint.hpp"
#include "viewer/raster.hpp"
#include "viewer/scene.hpp"

namespace hangil::viewer {

// The part of the world a picture shows: forward is up, ego's rear axle in the middle of the width.
struct ViewWindow {
  double ahead_m = 62, behind_m = 14, aside_m = 25;  // aside: to either side
  double pixels_per_m = 16;
  math::Footprint vehicle;

  int width_px() const { return static_cast<int>(2 * aside_m * pixels_per_m); }
  int height_px() const { return static_cast<int>((ahead_m + behind_m) * pixels_per_m); }
  PixelPoint pixel(math::Point2 p) const {
    return {(aside_m - p.y_m) * pixels_per_m, (ahead_m - p.x_m) * pixels_per_m};
  }
};

// Text to be laid over the picture, so that it stays sharp at any size.
struct Label {
  enum class Role { kScale, kTrack, kWarning };
  PixelPoint at;  // left end of the base line
  std::string text;
  Role role = Role::kTrack;
  Colour colour;
};

struct Picture {
  Raster raster;
  std::vector<Label> labels;
};

// The same scene and window give the same pixels.
Picture draw_birds_eye(const Scene& scene, const ViewWindow& window = {});

// What the picture's colours mean, for a legend.
struct LegendEntry {
  std::string meaning;
  Colour colour;
  enum class Shape { kLine, kDashed, kArea, kDot } shape = Shape::kLine;
};
std::vector<LegendEntry> legend();

Colour class_colour(messages::ObjectClass object_class);
// From the ground (blue) over 1.5 m (green) to 3 m and above (yellow).
Colour height_colour(double height_m);

}  // namespace hangil::viewer
