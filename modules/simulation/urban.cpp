// SPDX-License-Identifier: Apache-2.0
#include "simulation/urban.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "simulation/staging.hpp"

namespace hangil::simulation {

namespace {

// Ways along the ego path; lefts from the road's middle, which is half a lane to the left of the ego path.
constexpr double kEgoStart_m = 80, kLength_m = 620, kCrossing_m = 196, kJunction_m = 246;
constexpr double kHalfLane_m = 1.65, kHalfRoad_m = 5.5, kHalfSideStreet_m = 3.6, kParking_m = 4.4;
constexpr double kPi = std::numbers::pi;

struct Street {
  Path ego, middle, oncoming, side;
};

Street make_street() {
  constexpr Bend kBends[] = {{130, 0}, {155, 1.0 / 70},  {195, 1.0 / 70},  {220, 0},
                             {262, 0}, {287, -1.0 / 55}, {325, -1.0 / 55}, {350, 0}};
  Path ego = Path::from_bends({-kEgoStart_m, 0, 0}, kBends, kLength_m);
  Path middle = ego.shifted(kHalfLane_m), oncoming = middle.shifted(kHalfLane_m).reversed();
  const math::Pose2 across = beside(ego, kJunction_m, kHalfLane_m, kPi / 2);
  return {std::move(ego), std::move(middle), std::move(oncoming),
          Path::straight(across * math::Pose2{-140, 0, 0}, 280)};
}

Ground make_ground(const Street& street) {
  Hills hills{{{0.6, 0.035, 0.012, 0.4}, {0.35, -0.014, 0.041, 1.9}, {0.12, 0.06, -0.05, 0.7}}};
  std::vector<Band> bands = {{-1e9, 0, kAsphalt},  {-2.25, 0, kPaint},   {-2.15, 0, kAsphalt},
                             {0, 0.12, kConcrete}, {0.2, 0.12, kPaving}, {3.2, 0.15, kGrass}};
  return Ground(std::move(hills), std::move(bands), area_around(street.ego, 130), [&](double x_m, double y_m) {
    const math::Point2 p{x_m, y_m};
    return std::min(std::abs(foot(street.middle, p).left_m) - kHalfRoad_m,
                    std::abs(foot(street.side, p).left_m) - kHalfSideStreet_m);
  });
}

bool is_junction(double way_m) { return std::abs(way_m - kJunction_m) < 13; }
bool is_crossing(double way_m) { return std::abs(way_m - kCrossing_m) < 9; }

Surface any_wall(Dice& dice) { return dice.chance(0.5) ? kBrick : kPlaster; }

void put_buildings(Stage& stage, const Street& street, double side) {
  for (double way_m = 8; way_m < 460;) {
    const double length_m = stage.dice.between(9, 19), depth_m = stage.dice.between(8, 12);
    const double middle_m = way_m + length_m / 2;
    const double left_m = side * (kHalfRoad_m + stage.dice.between(4, 6.5) + depth_m / 2);
    way_m += length_m + (stage.dice.chance(0.3) ? stage.dice.between(4, 9) : 0.4);
    if (std::abs(middle_m - kJunction_m) < length_m / 2 + 10) continue;
    const double turn = side > 0 ? kPi : 0;
    stage.put(building(length_m, depth_m, stage.dice.between(5, 14), any_wall(stage.dice)),
              beside(street.middle, middle_m, left_m, turn));
  }
}

// Along the side street, behind the corner houses.
void put_side_street(Stage& stage, const Street& street) {
  for (const double side : {-1.0, 1.0}) {
    for (double way_m = 20; way_m < 260; way_m += 17) {
      if (std::abs(way_m - 140) < 32) continue;
      stage.put(building(14, 9, stage.dice.between(5, 11), any_wall(stage.dice)),
                beside(street.side, way_m, side * (kHalfSideStreet_m + 8)));
    }
  }
}

void put_greenery(Stage& stage, const Street& street, double side) {
  for (double way_m = 15; way_m < 450; way_m += stage.dice.between(11, 19)) {
    if (is_junction(way_m) || is_crossing(way_m)) continue;
    stage.put(tree(stage.dice.between(5.5, 8), stage.dice.between(1.4, 2.2)),
              beside(street.middle, way_m, side * (kHalfRoad_m + 0.8)));
  }
  for (double way_m = 20; way_m < 450; way_m += stage.dice.between(9, 30)) {
    if (is_junction(way_m)) continue;
    stage.put(bush(stage.dice.between(0.4, 0.8), stage.dice.between(0.7, 1.3)),
              beside(street.middle, way_m, side * (kHalfRoad_m + 3.4)));
  }
}

void put_furniture(Stage& stage, const Street& street) {
  for (double way_m = 25; way_m < 450; way_m += 28) {
    if (is_junction(way_m)) continue;
    stage.put(lamp_post(1.8), beside(street.middle, way_m, -kHalfRoad_m - 0.5));
  }
  for (const double side : {-1.0, 1.0}) {
    const double left_m = side * (kHalfRoad_m + 0.4), turn = side > 0 ? kPi : 0;
    stage.put(traffic_sign(), beside(street.middle, kCrossing_m - side * 4, left_m, turn));
    stage.put(traffic_sign(), beside(street.middle, kJunction_m - side * 11, left_m, turn));
    for (double way_m = kCrossing_m - 9; way_m <= kCrossing_m + 9; way_m += 2) {
      if (std::abs(way_m - kCrossing_m) > 2.5) stage.put(pole(0.06, 0.9), beside(street.middle, way_m, left_m));
    }
  }
  stage.put(bus_shelter(), beside(street.middle, 128, -kHalfRoad_m - 3.9, kPi));
  stage.put(panel(16, 0.5, 0, 1.2, {kLeaves.reflectance_ratio}), beside(street.middle, 105, kHalfRoad_m + 3.3));
}

void park_cars(Stage& stage, const Street& street, double chance_ratio) {
  for (const double side : {-1.0, 1.0}) {
    for (double way_m = 28; way_m < 430; way_m += stage.dice.between(5.7, 7)) {
      if (is_crossing(way_m) || std::abs(way_m - kJunction_m) < 17 || !stage.dice.chance(chance_ratio)) continue;
      const double turn = (side > 0 ? kPi : 0) + stage.dice.between(-0.03, 0.03);
      Actor parked = stage.dice.chance(0.12) ? van(0, stage.dice.between(0.3, 0.7)) : any_car(stage.dice);
      stage.stand(std::move(parked), beside(street.middle, way_m, side * kParking_m, turn));
    }
  }
}

// The vehicle ahead stops for the pedestrian; the ego vehicle and the one behind stop after it.
void enter_own_lane(Stage& stage, const Street& street) {
  stage.enter(any_car(stage.dice), {street.ego, kEgoStart_m + 26, SpeedProfile(12, {{4, 0, 2.8}, {11.5, 11.5, 2.2}})});
  stage.enter(any_car(stage.dice), {street.ego, kEgoStart_m - 24, SpeedProfile(12, {{6, 0, 2.5}, {14.5, 11, 1.8}})});
}

// Long vehicles keep 0.3 m to the left, so that their noses clear the parked cars in the bend.
void enter_oncoming(Stage& stage, const Street& street, bool is_dense) {
  const auto enter = [&](Actor actor, double way_m, SpeedProfile speed) {
    const math::Pose2 start = beside(street.ego, way_m, 2 * kHalfLane_m);
    const Path path = actor.length_m > 8 ? street.oncoming.shifted(0.3) : street.oncoming;
    stage.enter(std::move(actor), path, {start.x_m, start.y_m}, std::move(speed));
  };
  enter(any_car(stage.dice), 190, SpeedProfile(11));
  enter(any_car(stage.dice), 248, SpeedProfile(11));
  enter(van(0, 0.6), 316, SpeedProfile(11, {{7.1, 0, 2.2}, {13.5, 11, 2}}));
  enter(any_car(stage.dice), 340, SpeedProfile(11, {{8.3, 0, 2.2}, {14.5, 11, 2}}));
  enter(bus(0), 440, SpeedProfile(8.5));
  if (!is_dense) return;
  enter(any_car(stage.dice), 150, SpeedProfile(11));
  enter(truck(0), 465, SpeedProfile(8.5));
  enter(any_car(stage.dice), 485, SpeedProfile(8.5));
}

// From one curb to the other, where they stay.
void enter_crossing(Stage& stage, const Street& street, bool is_dense) {
  const auto cross = [&](double way_m, double side, double delay_s, double speed_mps) {
    const double left_m = side * (kHalfRoad_m + 0.9), way_across_m = 2 * kHalfRoad_m + 1.5;
    const Path path = Path::straight(beside(street.middle, way_m, left_m, -side * kPi / 2), way_across_m + 1);
    stage.enter(pedestrian(0, stage.dice.between(1.6, 1.85)),
                {path, 0, SpeedProfile(0, {{delay_s, speed_mps, 1.5}, {delay_s + way_across_m / speed_mps, 0, 1.5}})});
  };
  cross(kCrossing_m, -1, 4.2, 1.4);
  cross(kCrossing_m - 1.1, -1, 4.6, 1.35);
  if (is_dense) cross(kCrossing_m + 1.2, 1, 4.0, 1.3), cross(kCrossing_m + 2.1, 1, 4.4, 1.2);
  // Across the junction from the left before the queue arrives, past a car that waits there.
  const math::Pose2 start = beside(street.side, 140 + 62, 1.4);
  stage.enter(cyclist(0), street.side.reversed().shifted(-1.4), {start.x_m, start.y_m}, SpeedProfile(4.6));
  stage.stand(any_car(stage.dice), beside(street.side, 140 - kHalfRoad_m - 7, -1.7));
}

// People keep to their own side of the pavement, beyond the cycle way.
void enter_pavements(Stage& stage, const Street& street, int count_a_side) {
  for (const double side : {-1.0, 1.0}) {
    const Path there = street.middle.shifted(side * (kHalfRoad_m + 2.0));
    const Path back = street.middle.shifted(side * (kHalfRoad_m + 2.65)).reversed();
    const double pace_mps[] = {stage.dice.between(1.1, 1.5), stage.dice.between(1.1, 1.5)};
    for (int i = 0; i < count_a_side; ++i) {
      const double way_m = 70 + 300.0 * (i + stage.dice.between(0.2, 0.8)) / count_a_side;
      const math::Pose2 start = beside(there, way_m, 0);
      stage.enter(pedestrian(0, stage.dice.between(1.55, 1.9)), i % 2 == 0 ? there : back, {start.x_m, start.y_m},
                  SpeedProfile(pace_mps[i % 2]));
    }
  }
  const Path cycle_way = street.middle.shifted(-kHalfRoad_m - 1.35);
  stage.enter(cyclist(0), {cycle_way, kEgoStart_m + 12, SpeedProfile(4.8)});
}

}  // namespace

Scene urban_scene(std::uint64_t seed, bool is_dense) {
  const Street street = make_street();
  Stage stage{make_ground(street), Dice(seed)};
  for (const double side : {-1.0, 1.0}) {
    put_buildings(stage, street, side);
    put_greenery(stage, street, side);
  }
  put_side_street(stage, street);
  put_furniture(stage, street);
  enter_own_lane(stage, street);
  enter_oncoming(stage, street, is_dense);
  enter_crossing(stage, street, is_dense);
  enter_pavements(stage, street, is_dense ? 9 : 4);
  park_cars(stage, street, is_dense ? 0.92 : 0.6);
  return std::move(stage).scene({street.ego, kEgoStart_m, SpeedProfile(12, {{5, 0, 2.4}, {12.5, 11, 2.0}})}, 12);
}

}  // namespace hangil::simulation
