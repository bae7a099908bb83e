// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

namespace hangil::simulation {

// "At time_s, go over to speed_mps with at most acceleration_mps2." Accelerations ramp up and down in 0.8 s each.
struct SpeedChange {
  double time_s = 0, speed_mps = 0, acceleration_mps2 = 2;
};

// How far, how fast and how hard at one moment, along the way.
struct Advance {
  double way_m = 0, speed_mps = 0, acceleration_mps2 = 0;
};

// A speed over time whose acceleration is continuous and linear between knots. Before 0 s the speed is the first one.
class SpeedProfile {
 public:
  // A change that comes before the last one has ended waits until it has.
  SpeedProfile(double start_mps, std::span<const SpeedChange> changes = {});
  SpeedProfile(double start_mps, std::initializer_list<SpeedChange> changes);

  Advance at(double time_s) const;

 private:
  struct Knot {
    double time_s = 0;
    Advance state;
  };
  void add(double time_s, double acceleration_mps2);
  void change(const SpeedChange& change);

  std::vector<Knot> knots_;
};

}  // namespace hangil::simulation
