// SPDX-License-Identifier: Apache-2.0
#include "drivers/jrc_grids.hpp"

#include "drivers/grid_timing.hpp"

namespace hangil::drivers {

namespace {

constexpr double kKmh = 1 / 3.6;  // m/s

struct Range {
  int first, last, step;
};

void add_pair(int ego_kmh, int other_kmh, Range gaps_m, std::vector<CutInCase>& cases) {
  for (int gap_m = gaps_m.first; gap_m <= gaps_m.last; gap_m += gaps_m.step) {
    for (int tenths = 0; tenths <= 17; ++tenths) {
      cases.push_back({ego_kmh * kKmh, other_kmh * kKmh, static_cast<double>(gap_m), tenths * 0.1});
    }
  }
}

JrcCount count_cut_ins(const Driver& driver, JrcGrid grid) {
  JrcCount count;
  for (const CutInCase& point : cut_in_cases(grid)) {
    const CutInOutcome outcome = drive_cut_in(driver, point);
    ++count.case_count;
    count.collision_count += outcome != CutInOutcome::kNoCollision;
    count.rear_count += outcome == CutInOutcome::kRear;
  }
  return count;
}

template <class Cases, class Collides>
JrcCount count_cases(const Cases& cases, Collides&& collides) {
  JrcCount count;
  for (const auto& point : cases) {
    ++count.case_count;
    count.collision_count += collides(point);
  }
  return count;
}

}  // namespace

std::string_view name_of(JrcGrid grid) {
  switch (grid) {
    case JrcGrid::kCutInSlow:
      return "cut-in, up to 60 km/h";
    case JrcGrid::kCutInFast:
      return "cut-in, 70 to 130 km/h";
    case JrcGrid::kCutOut:
      return "cut-out";
    case JrcGrid::kCarFollowing:
      return "car following";
  }
  return "";
}

std::vector<CutInCase> cut_in_cases(JrcGrid grid) {
  const bool is_slow = grid == JrcGrid::kCutInSlow;
  const Range egos = is_slow ? Range{20, 60, 10} : Range{70, 130, 20};
  const Range gaps_m = is_slow ? Range{1, 59, 1} : Range{1, 119, 2};
  const int other_step_kmh = is_slow ? 10 : 30;
  std::vector<CutInCase> cases;
  for (int ego = egos.first; ego <= egos.last; ego += egos.step) {
    for (int other = 10; other < ego && other <= 100; other += other_step_kmh) add_pair(ego, other, gaps_m, cases);
  }
  return cases;
}

std::vector<CutOutCase> cut_out_cases() {
  std::vector<CutOutCase> cases;
  for (int speed = 10; speed <= 130; speed += 10) {
    for (int gap_m = 2; gap_m <= 147; gap_m += 5) {
      for (int tenths = 1; tenths <= 29; tenths += 2) {
        cases.push_back({speed * kKmh, static_cast<double>(gap_m), tenths * 0.1});
      }
    }
  }
  return cases;
}

std::vector<BrakingLeaderCase> braking_leader_cases() {
  std::vector<BrakingLeaderCase> cases;
  for (int hundredths = 5; hundredths <= 95; hundredths += 5) {
    for (int speed = 12; speed <= 128; speed += 2) cases.push_back({speed * kKmh, hundredths * 0.01 * kGravity_mps2});
  }
  return cases;
}

JrcCount count_collisions(const Driver& driver, JrcGrid grid) {
  switch (grid) {
    case JrcGrid::kCutInSlow:
    case JrcGrid::kCutInFast:
      return count_cut_ins(driver, grid);
    case JrcGrid::kCutOut:
      return count_cases(cut_out_cases(), [&](const CutOutCase& one) { return hits_after_cut_out(driver, one); });
    case JrcGrid::kCarFollowing:
      return count_cases(braking_leader_cases(), [&](const BrakingLeaderCase& one) {
        return drive_behind_braking_leader(driver, one).has_value();
      });
  }
  return {};
}

}  // namespace hangil::drivers
