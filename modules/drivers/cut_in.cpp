// SPDX-License-Identifier: Apache-2.0
#include "drivers/cut_in.hpp"

#include <cmath>

#include "drivers/grid_timing.hpp"

namespace hangil::drivers {

namespace {

constexpr double kLaneWidth_m = kGridWidth_m + 1.6;  // between the lanes' centres: the side gap is 1.6 m
constexpr double kLeadInStep_mps = 0.15;             // 1.5 m/s2 at 10 Hz

// Where the other is beside ego's lane, over time: a lead-in with growing lateral speed, then a constant one.
class LateralPath {
 public:
  explicit LateralPath(double lateral_mps) : lateral_mps_(lateral_mps) {
    lead_in_count_ = static_cast<int>(std::ceil(lateral_mps / kLeadInStep_mps));
  }
  int lead_in_count() const { return lead_in_count_; }
  double speed_mps(int step) const {
    if (step < lead_in_count_) return step * kLeadInStep_mps;
    return offset_m(step) > 0 ? lateral_mps_ : 0;
  }
  // Between the centres of both cars.
  double offset_m(int step) const {
    const int since = step - lead_in_count_;
    if (since >= 0) return std::max(0.0, kLaneWidth_m - lateral_mps_ * kGridStep_s * since);
    const double remaining = lead_in_count_ * (lead_in_count_ - 1) / 2 - step * (step - 1) / 2;
    return kLaneWidth_m + remaining * kLeadInStep_mps * kGridStep_s;
  }

 private:
  double lateral_mps_;
  int lead_in_count_;
};

Neighbour neighbour_at(const LateralPath& path, int step, const GridCar& ego, const GridCar& other) {
  const double offset_m = path.offset_m(step);
  return {.gap_m = other.position_m - ego.position_m - kGridLength_m,
          .lateral_gap_m = offset_m - kGridWidth_m,
          .speed_mps = other.speed_mps,
          .lateral_speed_mps = path.speed_mps(step),
          .lane_deviation_m = std::min(std::abs(kLaneWidth_m - offset_m), offset_m),
          .length_m = kGridLength_m};
}

bool is_settled(const Driver& driver) {
  const CarefulHuman* human = std::get_if<CarefulHuman>(&driver);
  return human != nullptr && human->is_settled;
}

}  // namespace

CutInOutcome drive_cut_in(Driver driver, const CutInCase& point) {
  const LateralPath path(point.lateral_mps);
  GridCar ego{.speed_mps = point.ego_mps}, other{.speed_mps = point.other_mps};
  other.position_m =
      point.gap_m + kGridLength_m + (point.ego_mps - point.other_mps) * kGridStep_s * path.lead_in_count();
  for (int step = 0; step < kGridStepCount; ++step) {
    const Neighbour neighbour = neighbour_at(path, step, ego, other);
    if (neighbour.lateral_gap_m < 0 && neighbour.gap_m < 0 && neighbour.gap_m > -2 * kGridLength_m) {
      return neighbour.gap_m < -kGridLength_m ? CutInOutcome::kAlongside : CutInOutcome::kRear;
    }
    const Scene scene = {ego.speed_mps, ego.acceleration_mps2, kGridLength_m, {&neighbour, 1}};
    const Decision decision = drivers::step(driver, scene, kGridStep_s);
    if (is_settled(driver)) break;
    ego.advance(decision.acceleration_mps2);
    other.advance(0);
  }
  return CutInOutcome::kNoCollision;
}

}  // namespace hangil::drivers
