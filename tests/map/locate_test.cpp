// SPDX-License-Identifier: Apache-2.0
#include "map/locate.hpp"

#include <random>

#include <gtest/gtest.h>

#include "map/open_drive.hpp"
#include "map/project.hpp"
#include "map/road_pose.hpp"
#include "map/suites.hpp"

namespace hangil::map {
namespace {

struct Sample {
  RoadPlace place;
  RoadPose pose;
};

// A place on a lane somewhere; the reference line's normals must not have met before it.
std::optional<Sample> random_place(const Map& map, std::mt19937_64& random) {
  const auto share = [&] { return std::uniform_real_distribution<double>(0, 1)(random); };
  const int index = static_cast<int>(share() * static_cast<double>(map.roads().size()));
  const Road& road = map.road(index);
  const double s = share() * road.length_m;
  const LaneSection& section = section_at(road, s);
  const double right = lane_edges(road, section, static_cast<int>(section.lanes.size()) - 1, s).right_t_m;
  const double left = lane_edges(road, section, 0, s).left_t_m;
  const double t = right + share() * (left - right);
  if (std::abs(t * road.plan.at(s).curvature_radpm) > 0.7) return std::nullopt;
  return Sample{{index, s, t}, road_pose(road, s, t)};
}

// The best of every road by itself.
Located brute_force(const Map& map, math::Point2 point) {
  Located best = locate_on(map, 0, point);
  for (int i = 1; i < static_cast<int>(map.roads().size()); ++i) {
    const Located other = locate_on(map, i, point);
    const bool is_nearer = other.beside_m < best.beside_m - 1e-9;
    const bool is_as_near = std::abs(other.beside_m - best.beside_m) <= 1e-9;
    if (is_nearer || (is_as_near && std::abs(other.lane.offset_m) < std::abs(best.lane.offset_m))) best = other;
  }
  return best;
}

TEST(Locate, FindsBackEveryPlaceOnEveryPublicMap) {
  HANGIL_NEEDS_DATA(tests::suites_dir());
  std::mt19937_64 random(1);
  for (const std::string& path : tests::suite_files(".xodr")) {
    const auto map = read_open_drive(path);
    ASSERT_TRUE(map);
    for (int i = 0; i < 100; ++i) {
      const auto sample = random_place(*map, random);
      if (!sample) continue;
      const auto [place, pose] = *sample;
      const Foot foot = project(map->road(place.road), {pose.x_m, pose.y_m}, place.s_m + 0.3);
      EXPECT_NEAR(foot.s_m, place.s_m, 1e-6) << path << " road " << map->road(place.road).id << " t " << place.t_m;
      EXPECT_NEAR(t_of_left(map->road(place.road), foot.s_m, foot.left_m), place.t_m, 1e-6);
      const auto found = locate(*map, {pose.x_m, pose.y_m});
      ASSERT_TRUE(found) << path << " road " << place.road;
      EXPECT_LT(found->beside_m, 1e-6) << path << " road " << map->road(place.road).id << " s " << place.s_m;
      const RoadPose again = road_pose(map->road(found->lane.road), found->lane.s_m, found->t_m);
      EXPECT_LT(std::hypot(again.x_m - pose.x_m, again.y_m - pose.y_m), 1e-6) << path;
    }
  }
}

TEST(Locate, AgreesWithASearchOfEveryRoad) {
  HANGIL_NEEDS_DATA(tests::suites_dir());
  std::mt19937_64 random(2);
  for (const char* name : {"e6mini-lht.xodr", "fabriksgatan.xodr", "Town02.xodr", "multi_intersections.xodr"}) {
    const auto map = read_open_drive(tests::suite_file(name));
    ASSERT_TRUE(map);
    std::uniform_real_distribution<double> away(-40, 40);
    for (int i = 0; i < 150; ++i) {
      const auto sample = random_place(*map, random);
      if (!sample) continue;
      const math::Point2 point{sample->pose.x_m + away(random), sample->pose.y_m + away(random)};
      const auto found = locate(*map, point);
      const Located expected = brute_force(*map, point);
      ASSERT_TRUE(found);
      EXPECT_NEAR(found->beside_m, expected.beside_m, 1e-6)
          << name << " " << point.x_m << " " << point.y_m << " roads " << map->road(found->lane.road).id << " "
          << map->road(expected.lane.road).id;
    }
  }
}

}  // namespace
}  // namespace hangil::map
