// SPDX-License-Identifier: Apache-2.0
#include "map/advance.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include <gtest/gtest.h>

#include "map/road_pose.hpp"
#include "map/sample_roads.hpp"
#include "map/suites.hpp"

namespace hangil::map {
namespace {

using samples::geometry;
using samples::lane;
using samples::section;

// Road 1 runs 100 m along x; road 2 goes on from there but is drawn the other way round, so its end touches road 1's
// end; its lanes carry the opposite signs. Road 1 has a second section at 60 m, where a lane -2 begins.
Map turned_roads() {
  const std::string first =
      section(0, lane(1, "driving", 3, "<successor id='1'/>"), lane(-1, "driving", 3, "<successor id='-1'/>"));
  const std::string second =
      section(60, lane(1, "driving", 3, "<predecessor id='1'/><successor id='-1'/>"),
              lane(-1, "driving", 3, "<predecessor id='-1'/><successor id='1'/>") + lane(-2, "driving", 3));
  const std::string beyond =
      section(0, lane(1, "driving", 3, "<successor id='-1'/>"), lane(-1, "driving", 3, "<successor id='1'/>"));
  return samples::read(samples::road({.id = "1",
                                      .link = "<successor elementType='road' elementId='2' contactPoint='end'/>",
                                      .plan = geometry(0, 0, 0, 0, 100),
                                      .lanes = first + second}) +
                       samples::road({.id = "2",
                                      .link = "<successor elementType='road' elementId='1' contactPoint='end'/>",
                                      .plan = geometry(0, 150, 0, std::numbers::pi, 50),
                                      .lanes = beyond,
                                      .length_m = 50}));
}

TEST(Advance, CrossesSectionsAndRoadsDrawnTheOtherWayRound) {
  const Map map = turned_roads();
  const Advance ahead = advance(map, {0, -1, 40, 0.5}, true, 80);
  EXPECT_EQ(ahead.end, TravelEnd::kNone);
  EXPECT_EQ(ahead.place.road, 1);
  EXPECT_EQ(ahead.place.lane_id, 1);
  EXPECT_FALSE(ahead.is_along_s);
  EXPECT_NEAR(ahead.place.s_m, 30, 1e-5);
  EXPECT_NEAR(ahead.place.offset_m, -0.5, 1e-12);
  const RoadPose pose = lane_pose(map.road(1), ahead.place);
  EXPECT_NEAR(pose.x_m, 120, 1e-5);
  EXPECT_NEAR(pose.y_m, -1, 1e-4);

  const Advance back = advance(map, ahead.place, !ahead.is_along_s, 80);
  EXPECT_EQ(back.place.road, 0);
  EXPECT_EQ(back.place.lane_id, -1);
  EXPECT_NEAR(back.place.s_m, 40, 1e-5);
  EXPECT_NEAR(back.place.offset_m, 0.5, 1e-12);
}

TEST(Advance, SaysWhereRoadsAndLanesEnd) {
  const Map map = turned_roads();
  const Advance road_end = advance(map, {0, -1, 40, 0}, true, 500);
  EXPECT_EQ(road_end.end, TravelEnd::kRoadEnd);
  EXPECT_NEAR(road_end.travelled_m, 110, 1e-5);
  EXPECT_NEAR(road_end.place.s_m, 0, 1e-9);
  const Advance lane_end = advance(map, {0, -2, 80, 0}, true, 500);
  EXPECT_EQ(lane_end.end, TravelEnd::kLaneEnd);
  EXPECT_NEAR(lane_end.travelled_m, 20, 1e-5);
  EXPECT_EQ(advance(map, {0, -2, 80, 0}, false, 500).end, TravelEnd::kLaneEnd);
}

TEST(Advance, ABendTakesAsMuchMoreRoadAsTheLaneIsInside) {
  const Map map = samples::read(samples::road({.plan = geometry(0, 0, 0, 0, 100, "<arc curvature='0.02'/>"),
                                               .lanes = section(0, lane(1, "driving", 4), lane(-1, "driving", 4))}));
  EXPECT_NEAR(advance(map, {0, 1, 0, 0}, true, 48).place.s_m, 50, 1e-6);
  EXPECT_NEAR(advance(map, {0, -1, 0, 0}, true, 52).place.s_m, 50, 1e-6);
  EXPECT_NEAR(advance(map, {0, -1, 50, 0}, false, 52).place.s_m, 0, 1e-6);
  // Counted along the reference line, the lane does not matter.
  for (const int lane_id : {1, -1}) EXPECT_NEAR(advance_along_s(map, {0, lane_id, 0, 0}, true, 50).place.s_m, 50, 1e-9);
}

TEST(LaneBeside, CountsWithoutLaneZero) {
  const Map map = turned_roads();
  const LaneSection& wide = map.road(0).sections[1];
  EXPECT_EQ(lane_beside(wide, -2, 1), -1);
  EXPECT_EQ(lane_beside(wide, -2, 2), 1);
  EXPECT_EQ(lane_beside(wide, 1, -2), -2);
  EXPECT_EQ(lane_beside(wide, 1, 1), 0);
  EXPECT_EQ(lane_beside(wide, 7, 0), 0);
  EXPECT_EQ(lanes_between(wide, -2, 1), 2);
  EXPECT_EQ(lanes_between(wide, 1, -1), -1);
}

TEST(RoadDistance, IsSignedByTheDirectionOfTravel) {
  const Map map = turned_roads();
  const auto ahead = road_distance(map, {0, 40, 1}, {1, 30, 1}, true, 1000);
  ASSERT_TRUE(ahead);
  EXPECT_NEAR(ahead->ds_m, 80, 1e-9);
  EXPECT_NEAR(ahead->dt_m, -2, 1e-9);
  EXPECT_FALSE(ahead->is_same_direction);
  const auto behind = road_distance(map, {0, 40, 1}, {1, 30, 1}, false, 1000);
  ASSERT_TRUE(behind);
  EXPECT_NEAR(behind->ds_m, -80, 1e-9);
  EXPECT_NEAR(behind->dt_m, 2, 1e-9);
  EXPECT_FALSE(road_distance(map, {0, 40, 1}, {1, 30, 1}, true, 79));
  EXPECT_NEAR(road_distance(map, {1, 30, 0}, {0, 40, 0}, true, 1000)->ds_m, 80, 1e-9);
  EXPECT_NEAR(road_distance(map, {0, 40, 0}, {0, 30, 0}, true, 1000)->ds_m, -10, 1e-9);
}

// Every lane that follows another, and how far its middle begins from where that one's ends.
struct Joint {
  std::string from_road, to_road;
  double gap_m = 0;
};

void add_joints(const Map& map, int road_index, int section_index, std::vector<Joint>& joints) {
  const Road& road = map.road(road_index);
  const LaneSection& section = road.sections[static_cast<std::size_t>(section_index)];
  for (int i = 0; i < static_cast<int>(section.lanes.size()); ++i) {
    for (const bool along : {true, false}) {
      const double s = along ? section.end_s_m : section.s_m;
      const RoadPose end = road_pose(road, s, lane_edges(road, section, i, s).centre_t_m());
      for (const Continuation& way : continuations(map, road_index, section_index, section.lanes[i].id, along)) {
        const Road& next = map.road(way.road);
        const double within = way.s_m + (way.is_along_s ? 1e-6 : -1e-6);
        const RoadPose start = lane_pose(next, {way.road, way.lane_id, within, 0});
        joints.push_back({road.id, next.id, std::hypot(end.x_m - start.x_m, end.y_m - start.y_m)});
      }
    }
  }
}

std::vector<Joint> joints_of(const Map& map) {
  std::vector<Joint> joints;
  for (int r = 0; r < static_cast<int>(map.roads().size()); ++r) {
    for (int i = 0; i < static_cast<int>(map.road(r).sections.size()); ++i) add_joints(map, r, i, joints);
  }
  return joints;
}

TEST(Continuations, LanesBeginWhereTheOnesBeforeThemEnd) {
  HANGIL_NEEDS_DATA(tests::suites_dir());
  for (const char* name : {"Town01.xodr", "Town04.xodr", "X-Intersection_NCAP.xodr", "fabriksgatan.xodr",
                           "direct_junction_simple.xodr", "highway_example_with_merge_and_split.xodr"}) {
    const auto map = read_open_drive(tests::suite_file(name));
    ASSERT_TRUE(map);
    const std::vector<Joint> joints = joints_of(*map);
    EXPECT_GT(joints.size(), 10u) << name;
    std::string misfits;
    int misfit_count = 0;
    for (const Joint& joint : joints) {
      if (joint.gap_m < 0.01) continue;
      misfits += " " + joint.from_road + "-" + joint.to_road;
      ++misfit_count;
    }
    EXPECT_EQ(misfit_count, 0) << name << misfits;
  }
}

// What was driven can be driven back, by the lanes it came from.
TEST(Advance, BackingUpLeadsBackToTheStart) {
  HANGIL_NEEDS_DATA(tests::suites_dir());
  const auto map = read_open_drive(tests::suite_file("Town04.xodr"));
  ASSERT_TRUE(map);
  std::mt19937_64 random(7);
  std::uniform_real_distribution<double> share(0, 1);
  int driven_count = 0;
  for (int i = 0; i < 300; ++i) {
    const int index = static_cast<int>(share(random) * static_cast<double>(map->roads().size()));
    const Road& road = map->road(index);
    const double s = share(random) * road.length_m;
    const LanePlace start{index, -1, s, 0.3};
    if (find_lane(section_at(road, s), -1) == nullptr) continue;
    std::vector<LanePlace> left;  // where lanes were left on the way
    const auto remember = [&](const Map& m, const LanePlace& from, std::span<const Continuation> ways) {
      left.push_back(from);
      return straightest(m, from, ways);
    };
    const Advance there = advance(*map, start, true, 120, remember);
    if (there.end != TravelEnd::kNone) continue;
    const auto return_to = [&](const Map&, const LanePlace&, std::span<const Continuation> ways) {
      for (std::size_t w = 0; w < ways.size(); ++w) {
        const bool is_start = ways[w].road == start.road && ways[w].lane_id == start.lane_id;
        const bool was_left = std::any_of(left.begin(), left.end(), [&](const LanePlace& at) {
          return at.road == ways[w].road && at.lane_id == ways[w].lane_id;
        });
        if (is_start || was_left) return w;
      }
      return std::size_t{0};
    };
    const Advance back = advance(*map, there.place, !there.is_along_s, 120, return_to);
    if (back.place.road != start.road) continue;  // came out of a merge by its other arm
    EXPECT_NEAR(back.place.s_m, start.s_m, 0.05);
    EXPECT_EQ(back.place.lane_id, start.lane_id);
    ++driven_count;
  }
  EXPECT_GT(driven_count, 50);
}

}  // namespace
}  // namespace hangil::map
