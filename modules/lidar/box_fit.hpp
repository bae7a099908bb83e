// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "messages/box3.hpp"

namespace hangil::lidar {

// An interval along each of two axes, the first at yaw_rad from +x, the second 90 degrees further.
struct Rectangle {
  float yaw_rad = 0;
  float along_least_m = 0, along_most_m = 0;    // of c * x + s * y
  float across_least_m = 0, across_most_m = 0;  // of c * y - s * x
  float along_m() const { return along_most_m - along_least_m; }
  float across_m() const { return across_most_m - across_least_m; }
};

// Yaw in [0, pi/2) of the rectangle whose edges lie closest to the points: the search over angles with the closeness
// criterion of Zhang, Xu, Dong and Dolan ("Efficient L-shape fitting for vehicle detection using laser scanners",
// IV 2017, algorithms 2 and 4), 48 angles at once. `count` of at least 1.
float fit_yaw_rad(const float* x_m, const float* y_m, std::size_t count);

// The smallest rectangle of that yaw around the points, turned so that it is longer along than across.
Rectangle enclose(const float* x_m, const float* y_m, std::size_t count, float yaw_rad);

// How far the points above `height_least_m` extend along the rectangle's first axis; 0 when they are fewer than 3.
float upper_along_m(const Rectangle& rectangle, const float* x_m, const float* y_m, const float* height_m,
                    std::size_t count, float height_least_m);

// The same rectangle with the axes named the other way round.
Rectangle turned(const Rectangle& rectangle);

// Share of the points within `margin_m` of the two edges that face the sensor.
float share_near_faces_ratio(const Rectangle& rectangle, const float* x_m, const float* y_m, std::size_t count,
                             float sensor_x_m, float sensor_y_m, float margin_m);

// Makes it at least `along_m` by `across_m`, moving the edges that face away from the sensor.
Rectangle extended(Rectangle rectangle, float along_m, float across_m, float sensor_x_m, float sensor_y_m);

// Upright box on that rectangle; yaw in (-pi/2, pi/2], for front and back look alike.
messages::Box3 box_of(const Rectangle& rectangle, float ground_m, float height_m);

}  // namespace hangil::lidar
