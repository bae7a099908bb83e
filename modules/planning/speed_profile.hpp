// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "math/polynomial.hpp"

namespace hangil::planning {

// A motion along the path over time, of polynomial pieces; at rest or steady after the last.
class SpeedProfile {
 public:
  // A piece that holds from `begin_s` on, in time since then.
  void add(double begin_s, const math::Polynomial5& piece) {
    if (count_ < kMost) pieces_[static_cast<std::size_t>(count_++)] = {begin_s, piece};
  }

  math::Jet at(double time_s) const { return piece(time_s).motion.jet(time_s - piece(time_s).begin_s); }
  double jerk_mps3(double time_s) const { return piece(time_s).motion.third(time_s - piece(time_s).begin_s); }
  // When the last piece begins.
  double settled_s() const { return pieces_[static_cast<std::size_t>(count_ - 1)].begin_s; }

 private:
  static constexpr int kMost = 4;
  struct Piece {
    double begin_s = 0;
    math::Polynomial5 motion;
  };

  const Piece& piece(double time_s) const {
    int i = count_ - 1;
    while (i > 0 && pieces_[static_cast<std::size_t>(i)].begin_s > time_s) --i;
    return pieces_[static_cast<std::size_t>(i)];
  }

  std::array<Piece, kMost> pieces_{};
  int count_ = 0;
};

// To `end_mps` within `duration_s`, wherever that is; steady afterwards (Werling et al. 2010, "Velocity keeping").
SpeedProfile reach_speed(const math::Jet& start, double end_mps, double duration_s);
// To a place that moves steadily, `target` being where it is after `duration_s`; with it afterwards ("Following",
// "Merging and stopping").
SpeedProfile reach_place(const math::Jet& start, double target_m, double target_mps, double duration_s);
// To rest: the deceleration grows at `jerk_mps3` to `braking_mps2`, holds, and fades as it grew. From a deceleration
// that more than suffices it just fades. Speeds must not be negative.
SpeedProfile brake(const math::Jet& start, double braking_mps2, double jerk_mps3);

}  // namespace hangil::planning
