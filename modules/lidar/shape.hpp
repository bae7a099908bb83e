// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lidar/box_fit.hpp"
#include "messages/object_class.hpp"

namespace hangil::lidar {

// What a piece looks like; all of it independent of where it is.
struct Shape {
  Rectangle rectangle;            // longer along than across
  float top_m = 0;                // height above ground of the top, without what hangs over it
  float low_ratio = 0;            // share of points below 1 m
  float face_ratio = 0;           // share of contour points on the faces towards the sensor
  float obliqueness_rad = 0;      // between the length axis and the line of sight, 0 to pi/2
  float point_count = 0;
  float upper_along_m = 0, upper_across_m = 0;  // extents of what is above 1.1 m; 0: next to nothing is
  bool is_alone = true;           // nothing else within the tolerance
  bool is_overhung = false;       // something hangs over it
  bool is_cut = false;  // at the top of the field of view
};

// How much a piece looks like something, 0 to 1, and the box of it: completed where the sensor sees a part only.
struct Judgement {
  messages::ObjectClass object_class = messages::ObjectClass::kUnknown;
  float likeness = 0;
  Rectangle rectangle;
};

// The class whose typical extents, height and distribution of points fit best: fuzzy membership by trapezoids, the
// product over the features. A vehicle seen from one side is extended away from the sensor to 3.9 m x 1.65 m.
Judgement judge(const Shape& shape, float sensor_x_m, float sensor_y_m);

// 0 outside (a, d), 1 within [b, c], linear between.
inline float trapezoid(float value, float a, float b, float c, float d) {
  if (value <= a || value >= d) return 0;
  if (value < b) return (value - a) / (b - a);
  return value > c ? (d - value) / (d - c) : 1;
}

}  // namespace hangil::lidar
