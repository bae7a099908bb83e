// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/config.hpp"
#include "lidar/segments.hpp"
#include "messages/objects.hpp"

namespace hangil::lidar {

struct ObjectConfig {
  double tolerance_m = 0.5;
  double body_least_m = 0.3, body_most_m = 2.4;
  int points_least = 5;
  double known_likeness = 0.5;
  double unknown_length_most_m = 12;

  void visit(base::ConfigVisitor& visitor) {
    visitor.field("tolerance_m", tolerance_m, {0.2, 2}, "m", "widest gap within one object");
    visitor.field("body_least_m", body_least_m, {0, 2}, "m", "points lower above ground connect nothing");
    visitor.field("body_most_m", body_most_m, {0.5, 4}, "m", "points higher above ground connect nothing");
    visitor.field("points_least", points_least, {1, 1000}, "", "objects with fewer points are left out");
    visitor.field("known_likeness", known_likeness, {0, 1}, "", "likeness from which an object gets a class");
    visitor.field("unknown_length_most_m", unknown_length_most_m, {1, 100}, "m",
                  "longer objects without a class (walls, hedges) are left out");
  }
};

// Working memory, reused from scan to scan.
struct ObjectState {
  SegmentTree tree;
  std::vector<messages::Object> objects;
};

// Boxes around what stands on the ground: pieces of three degrees (segments.hpp), of which those stay that look most
// like something, a piece against the mean of its parts, as Hu, Held and Ramanan choose from a tree ("Learning to
// optimally segment point clouds", RA-L 5(2), 2020, section III). Yaw in (-pi/2, pi/2], for front and back look alike.
// Existence probability: 0.95 times the likeness of an object with a class, 0.1 to 0.3 of others. Sorted by distance
// from the ego origin; the order of the points does not matter.
messages::Objects detect_objects(const messages::ObstaclePoints& points, const ObjectConfig& config,
                                 ObjectState& state);

}  // namespace hangil::lidar
