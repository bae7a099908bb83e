// SPDX-License-Identifier: Apache-2.0
#include "simulation/motorway.hpp"

#include <algorithm>
#include <cmath>

#include "simulation/staging.hpp"

namespace hangil::simulation {

namespace {

// Ways along the ego path, which is the middle lane of three; lefts from it.
constexpr double kStart_m = 180, kWayLength_m = 1500, kLane_m = 3.5, kHalfCarriageway_m = 7.5, kOpposite_m = 19;
constexpr double kPanel_m = 8;

struct Road {
  Path ego, opposite;  // middle lanes
};

Road make_road() {
  constexpr Bend kBends[] = {{250, 0}, {350, 1.0 / 700}, {600, 1.0 / 700}, {750, -1.0 / 800}, {1500, -1.0 / 800}};
  Path ego = Path::from_bends({-kStart_m, 0, 0}, kBends, kWayLength_m);
  Path opposite = ego.shifted(kOpposite_m).reversed();
  return {std::move(ego), std::move(opposite)};
}

Ground make_ground(const Road& road) {
  Hills hills{{{2.5, 0.011, 0.004, 0.4}, {0.8, -0.006, 0.021, 1.9}, {0.3, 0.045, -0.02, 0.7}}};
  std::vector<Band> bands = {{-1e9, 0, kAsphalt}, {-5.80, 0, kPaint},   {-5.68, 0, kAsphalt},
                             {-2.33, 0, kPaint},  {-2.18, 0, kAsphalt}, {0, 0.05, kGrass}};
  return Ground(std::move(hills), std::move(bands), area_around(road.ego, 130), [&](double x_m, double y_m) {
    const double left_m = foot(road.ego, {x_m, y_m}).left_m;
    return std::min(std::abs(left_m), std::abs(left_m - kOpposite_m)) - kHalfCarriageway_m;
  });
}

void put_barriers(Stage& stage, const Road& road) {
  for (double way_m = 20; way_m < 1300; way_m += kPanel_m) {
    stage.put(panel(kPanel_m, 0.25, 0, 0.85, kConcrete), beside(road.ego, way_m, kOpposite_m / 2));
    for (const double left_m : {-kHalfCarriageway_m - 0.6, kOpposite_m + kHalfCarriageway_m + 0.6}) {
      stage.put(panel(kPanel_m, 0.1, 0.45, 0.78, kSteel), beside(road.ego, way_m, left_m));
      stage.put(panel(0.12, 0.1, -0.3, 0.6, kSteel), beside(road.ego, way_m, left_m));
    }
    if (way_m > 420 && way_m < 640) {  // noise barrier
      stage.put(panel(kPanel_m, 0.2, -0.5, 4, kConcrete), beside(road.ego, way_m, -kHalfCarriageway_m - 5));
    }
  }
}

void put_greenery(Stage& stage, const Road& road) {
  for (double way_m = 20; way_m < 1300; way_m += stage.dice.between(8, 22)) {
    const double left_m =
        stage.dice.chance(0.5) ? -stage.dice.between(15, 32) : kOpposite_m + stage.dice.between(12, 28);
    stage.put(tree(stage.dice.between(6, 11), stage.dice.between(1.8, 3)), beside(road.ego, way_m, left_m));
  }
}

// A beam across the way, in pieces that follow its height above the land.
void put_across(Stage& stage, const Road& road, double way_m, double thickness_m, double bottom_m, double top_m) {
  const double across = std::acos(-1.0) / 2, width_m = kOpposite_m + 2 * kHalfCarriageway_m + 4;
  stage.put(panel(width_m, thickness_m, bottom_m, top_m, kConcrete), beside(road.ego, way_m, kOpposite_m / 2, across));
  for (const double left_m : {-kHalfCarriageway_m - 1.7, kOpposite_m / 2, kOpposite_m + kHalfCarriageway_m + 1.7}) {
    stage.put(panel(0.6, std::min(thickness_m, 8.0), -1, bottom_m + 0.2, kConcrete),
              beside(road.ego, way_m, left_m, across));
  }
}

void enter_lane(Stage& stage, const Road& road, Actor actor, double ahead_m, double left_m, SpeedProfile speed) {
  const math::Pose2 start = beside(road.ego, kStart_m + ahead_m, left_m);
  stage.enter(std::move(actor), road.ego.shifted(left_m), {start.x_m, start.y_m}, std::move(speed));
}

void enter_own_way(Stage& stage, const Road& road) {
  enter_lane(stage, road, any_car(stage.dice), 95, 0, SpeedProfile(29.5));
  enter_lane(stage, road, any_car(stage.dice), -45, 0, SpeedProfile(30, {{4, 25, 1.4}, {13, 29, 1}}));
  enter_lane(stage, road, truck(0), 110, -kLane_m, SpeedProfile(22.5));
  enter_lane(stage, road, truck(0), 150, -kLane_m, SpeedProfile(22.5));
  enter_lane(stage, road, van(0, 0.5), -35, -kLane_m, SpeedProfile(23));
  enter_lane(stage, road, any_car(stage.dice), 20, kLane_m, SpeedProfile(34));
  enter_lane(stage, road, any_car(stage.dice), -60, kLane_m, SpeedProfile(36));
  enter_lane(stage, road, any_car(stage.dice), -130, kLane_m, SpeedProfile(35));
  // Closes up to the lorry and cuts in ahead of the ego vehicle.
  const double begin_m = kStart_m + 175;
  const Path cut_in =
      road.ego.shifted([&](double way_m) { return -kLane_m * (1 - smooth_step(begin_m, begin_m + 85, way_m)); });
  const math::Pose2 start = beside(road.ego, kStart_m + 62, -kLane_m);
  stage.enter(any_car(stage.dice), cut_in, {start.x_m, start.y_m}, SpeedProfile(24.5, {{12, 30, 1.2}}));
}

void enter_opposite(Stage& stage, const Road& road) {
  double way_m = kStart_m + 60;
  for (int i = 0; i < 14; ++i, way_m += stage.dice.between(55, 95)) {
    const int lane = i % 3 - 1;  // from the ego vehicle: left is the opposite's right
    Actor actor = lane == 1 ? truck(0) : any_car(stage.dice);
    const math::Pose2 start = beside(road.ego, way_m, kOpposite_m + lane * kLane_m);
    stage.enter(std::move(actor), road.opposite.shifted(-lane * kLane_m), {start.x_m, start.y_m},
                SpeedProfile(lane == 1 ? 23 : 31 - lane));
  }
}

void stand_on_shoulder(Stage& stage, const Road& road) {
  stage.stand(any_car(stage.dice), beside(road.ego, kStart_m + 330, -kHalfCarriageway_m + 1.1));
  stage.stand(pedestrian(0, 1.8), beside(road.ego, kStart_m + 338, -kHalfCarriageway_m - 1.6));
}

}  // namespace

Scene motorway_scene(std::uint64_t seed) {
  const Road road = make_road();
  Stage stage{make_ground(road), Dice(seed)};
  put_barriers(stage, road);
  put_greenery(stage, road);
  put_across(stage, road, kStart_m + 210, 0.8, 5.6, 6.6);  // gantry
  put_across(stage, road, kStart_m + 480, 12, 5.4, 6.6);   // bridge
  enter_own_way(stage, road);
  enter_opposite(stage, road);
  stand_on_shoulder(stage, road);
  return std::move(stage).scene({road.ego, kStart_m, SpeedProfile(30, {{3, 25, 1.5}, {13, 29, 1.2}})}, 30);
}

}  // namespace hangil::simulation
