// SPDX-License-Identifier: Apache-2.0
#include "map/route.hpp"

#include <array>
#include <memory>
#include <random>

#include <gtest/gtest.h>

#include "map/advance.hpp"
#include "map/open_drive.hpp"
#include "map/road_pose.hpp"
#include "map/suites.hpp"

namespace hangil::map {
namespace {

class RouteOnTown : public testing::Test {
 protected:
  void SetUp() override {
    HANGIL_NEEDS_DATA(tests::suites_dir());
    auto map = read_open_drive(tests::suite_file("Town02.xodr"));
    ASSERT_TRUE(map);
    map_ = std::make_unique<Map>(*std::move(map));
  }

  // A drivable place; the road must be no connecting road.
  std::optional<LanePlace> random_place(std::mt19937_64& random) const {
    std::uniform_real_distribution<double> share(0, 1);
    const int index = static_cast<int>(share(random) * static_cast<double>(map_->roads().size()));
    const Road& road = map_->road(index);
    const LanePlace place{index, share(random) < 0.5 ? -1 : 1, share(random) * road.length_m, 0};
    const Lane* lane = find_lane(section_at(road, place.s_m), place.lane_id);
    if (lane == nullptr || lane->type != LaneType::kDriving || road.junction >= 0) return std::nullopt;
    return place;
  }

  std::unique_ptr<Map> map_;
};

TEST_F(RouteOnTown, LeadsFromPlaceToPlaceWithoutGaps) {
  std::mt19937_64 random(11);
  int found_count = 0;
  for (int i = 0; i < 400; ++i) {
    const auto from = random_place(random), to = random_place(random);
    if (!from || !to) continue;
    const auto route = find_route(*map_, std::array{*from, *to});
    ASSERT_TRUE(route) << route.error().message;
    ++found_count;
    for (double path = 1; path < route->length_m(); path += 1) {
      const RoadPlace a = route_place(*map_, *route, path - 1, 0), b = route_place(*map_, *route, path, 0);
      const RoadPose p = road_pose(map_->road(a.road), a.s_m, 0), q = road_pose(map_->road(b.road), b.s_m, 0);
      // Connecting roads may begin beside the reference line of the road before.
      EXPECT_LT(std::hypot(p.x_m - q.x_m, p.y_m - q.y_m), a.road == b.road ? 1.001 : 8.5) << path;
      const auto back = on_route(*route, {b.road, b.s_m, route_is_along_s(*route, path) ? 2.0 : -2.0}, path - 0.5);
      ASSERT_TRUE(back);
      EXPECT_NEAR(back->path_m, path, 1e-6);
      EXPECT_NEAR(back->left_m, 2, 1e-9);
    }
    const RoadPlace end = route_place(*map_, *route, route->length_m(), 0);
    EXPECT_EQ(end.road, to->road);
    EXPECT_NEAR(end.s_m, to->s_m, 1e-9);
  }
  EXPECT_GT(found_count, 10);
}

TEST_F(RouteOnTown, IsNoLongerThanAnyDrive) {
  std::mt19937_64 random(12);
  for (int i = 0; i < 60; ++i) {
    const auto from = random_place(random);
    if (!from) continue;
    const bool along = runs_along_s(map_->road(from->road), from->lane_id);
    double driven_m = 0;
    Advance at{*from, along};
    const auto pick = [&](const Map&, const LanePlace&, std::span<const Continuation> ways) {
      return random() % ways.size();
    };
    for (int step = 0; step < 100 && at.end == TravelEnd::kNone; ++step) {
      at = advance(*map_, at.place, at.is_along_s, 2, pick);
      driven_m += at.travelled_m;
    }
    const auto route = find_route(*map_, std::array{*from, at.place});
    ASSERT_TRUE(route) << route.error().message;
    EXPECT_LT(route->length_m(), driven_m * 1.15 + 15);  // reference lines in bends differ from lanes
  }
}

TEST_F(RouteOnTown, TooFewPlacesAreAnError) { EXPECT_FALSE(find_route(*map_, {})); }

}  // namespace
}  // namespace hangil::map
