// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "simulation/bodies.hpp"
#include "simulation/random.hpp"
#include "simulation/scene.hpp"

// What scenes are put together with.
namespace hangil::simulation {

// Numbers for one scene, in the order they are asked for.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : seed_(seed) {}
  double between(double least, double most) {
    return least + (most - least) * uniform(draw(seed_, RandomStream::kScene, 0, next_++)[0]);
  }
  bool chance(double ratio) { return between(0, 1) < ratio; }

 private:
  std::uint64_t seed_;
  std::uint32_t next_ = 0;
};

// The pose beside a path: `left_m` to its left at `way_m`, turned by `turn_rad` against it.
math::Pose2 beside(const Path& path, double way_m, double left_m, double turn_rad = 0);

// The smallest rectangle of whole metres around a path, widened by margin_m.
MapArea area_around(const Path& path, double margin_m);

// A car of random size and paint.
Actor any_car(Dice& dice);

// A scene while it is put together; actors get their ids (from 1) in the order they come on.
struct Stage {
  Ground ground;
  Dice dice;
  std::vector<Fixture> fixtures = {};
  std::vector<Actor> actors = {};
  std::vector<Motion> motions = {};

  void put(Body body, const math::Pose2& pose);
  void enter(Actor actor, Motion motion);
  // Comes on at the place of `path` that is nearest to `start`.
  void enter(Actor actor, const Path& path, math::Point2 start, SpeedProfile speed);
  void stand(Actor actor, const math::Pose2& pose);
  Scene scene(Motion ego, double desired_speed_mps) &&;
};

}  // namespace hangil::simulation
