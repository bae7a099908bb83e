// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lidar/box_fit.hpp"
#include "messages/object_class.hpp"

namespace hangil::lidar {

// What a piece looks like. Heights are above ground.
struct Shape {
  Rectangle rectangle;        // longer along than across
  float top_m = 0;            // of the piece, without what hangs over it
  float low_ratio = 0;        // share of its points below 1 m
  float face_ratio = 0;       // share of its contour on the faces towards the sensor
  float obliqueness_rad = 0;  // between the length axis and the line of sight, 0 to pi/2
  float upper_along_m =
      0;  // extent along the length axis of what is above 1.1 m; 0: next to nothing is, or it is no matter
  float point_count = 0;
  bool is_alone = true;      // nothing else stands within the tolerance
  bool is_overhung = false;  // something hangs over it
  bool is_cut = false;       // may be higher than what is seen of it
};

// How much a piece looks like something, 0 to 1, and the rectangle of it: completed where the sensor sees a part only.
struct Judgement {
  messages::ObjectClass object_class = messages::ObjectClass::kUnknown;
  float likeness = 0;
  Rectangle rectangle;
};

// The class whose typical extents, height and distribution of points fit best: trapezoidal fuzzy membership (Zadeh,
// "Fuzzy sets", Information and Control 8, 1965), multiplied over the features. A vehicle of which one side or end is
// seen is extended away from the sensor to 3.9 m by 1.65 m.
Judgement judge(const Shape& shape, float sensor_x_m, float sensor_y_m);

}  // namespace hangil::lidar
