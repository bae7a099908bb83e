// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace hangil::drivers {

enum class Phase { kDriving, kReacting, kBraking };

// What a driver does in one step: the acceleration holds until the next one.
struct Decision {
  double acceleration_mps2 = 0;
  Phase phase = Phase::kDriving;
};

// How the driver's foot follows what it decides: a delay, then a deceleration that grows with bounded jerk.
struct Reaction {
  double unsafe_s = 0;           // how long it has been judged unsafe; safe moments do not count, nor set it back
  double deceleration_mps2 = 0;  // of the last step
};

// One step of a driver that brakes towards `target_mps2` once it has been unsafe for longer than `delay_s`; safe again,
// it holds its speed.
Decision react(Reaction& reaction, bool is_unsafe, double delay_s, double target_mps2, double jerk_mps3, double dt_s);

inline constexpr double kGravity_mps2 = 9.80665;
// UN R157 Annex 4 App. 3: 0.774 g reached within 0.6 s, 12.65 m/s3.
inline constexpr double kFullBraking_mps2 = 0.774 * kGravity_mps2;
inline constexpr double kBrakingJerk_mps3 = 12.65;

}  // namespace hangil::drivers
