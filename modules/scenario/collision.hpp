// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "math/box2.hpp"
#include "scenario/world.hpp"

namespace hangil::scenario {

// Whether two rectangles that keep their headings touch while the second moves by (dx, dy) relative to the first.
// Separating axes over the whole motion (Gottschalk, Lin and Manocha, SIGGRAPH 1996, with moving intervals), so nothing
// passes through at any speed.
bool sweep_touches(const math::Box2& first, const math::Box2& second, double dx_m, double dy_m);

// Pairs that touch at some moment of a step. Keeps its memory between steps.
class CollisionCheck {
 public:
  // `before` are the states at the start of the step. Pairs in order. Vehicles and their trailers do not count.
  void find(const World& world, const std::vector<EntityState>& before, std::vector<Contact>& contacts);

 private:
  struct Body {
    EntityIndex entity = 0;
    double least_x_m = 0, most_x_m = 0, least_y_m = 0, most_y_m = 0;  // over the step
  };
  void gather(const World& world, const std::vector<EntityState>& before);

  std::vector<Body> bodies_;
};

}  // namespace hangil::scenario
