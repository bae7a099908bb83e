// SPDX-License-Identifier: Apache-2.0
#include <random>

#include <gtest/gtest.h>

#include "map/draw.hpp"
#include "map/lane_bounds.hpp"
#include "map/lane_finder.hpp"
#include "map/locate.hpp"
#include "map/road_lanes.hpp"
#include "map/road_pose.hpp"
#include "map/sample_roads.hpp"
#include "map/suites.hpp"

namespace hangil::map {
namespace {

TEST(LaneGraph, PolylinesKeepTheirTolerance) {
  HANGIL_NEEDS_DATA(tests::suites_dir());
  const auto map = read_open_drive(tests::suite_file("Town02.xodr"));
  ASSERT_TRUE(map);
  const LaneGraph graph = lane_graph(*map);
  std::mt19937_64 random(3);
  std::uniform_real_distribution<double> share(0, 1);
  for (const GraphLane& lane : graph.lanes) {
    const Road& road = map->road(lane.road);
    const LaneSection& section = road.sections[static_cast<std::size_t>(lane.section)];
    const double s = section.s_m + share(random) * (section.end_s_m - section.s_m);
    const RoadPose pose = lane_pose(road, {lane.road, lane.lane_id, s, 0});
    EXPECT_LT(distance_m(lane.centre, {pose.x_m, pose.y_m, pose.z_m}), graph.tolerance_m) << lane.id;
  }
}

// Successors begin where lanes end, and left is left, whichever way the road is drawn.
TEST(LaneGraph, LanesFollowEachOtherInTheirDirection) {
  HANGIL_NEEDS_DATA(tests::suites_dir());
  for (const char* name : {"Town02.xodr", "simple_3way_intersection_lht.xodr", "fabriksgatan.xodr"}) {
    const auto map = read_open_drive(tests::suite_file(name));
    ASSERT_TRUE(map);
    const LaneGraph graph = lane_graph(*map);
    int joint_count = 0;
    for (const GraphLane& lane : graph.lanes) {
      for (const int next : lane.successors) {
        const Point3 &end = lane.centre.back(), &start = graph.lanes[static_cast<std::size_t>(next)].centre.front();
        EXPECT_LT(std::hypot(end.x_m - start.x_m, end.y_m - start.y_m), 0.01) << name << " " << lane.id;
        ++joint_count;
      }
      if (length_m(lane.centre) < 1) continue;
      const Point3 &a = lane.centre[0], &b = lane.centre[1], &left = lane.left[0], &right = lane.right[0];
      const double across = (b.x_m - a.x_m) * (left.y_m - right.y_m) - (b.y_m - a.y_m) * (left.x_m - right.x_m);
      EXPECT_GE(across, -1e-9) << name << " " << lane.id;
    }
    EXPECT_GT(joint_count, 10) << name;
  }
}

TEST(LaneGraph, TheFinderAgreesWithTheRoads) {
  HANGIL_NEEDS_DATA(tests::suites_dir());
  const auto map = read_open_drive(tests::suite_file("e6mini-lht.xodr"));
  ASSERT_TRUE(map);
  const LaneGraph graph = lane_graph(*map);
  const LaneFinder finder(graph);
  std::mt19937_64 random(4);
  std::uniform_real_distribution<double> share(0, 1);
  for (int i = 0; i < 300; ++i) {
    const GraphLane& lane = graph.lanes[random() % graph.lanes.size()];
    const Road& road = map->road(lane.road);
    const RoadPose pose = lane_pose(road, {lane.road, lane.lane_id, road.length_m * share(random), 0.2});
    const auto by_lane = finder.nearest({pose.x_m, pose.y_m});
    const auto by_road = locate(*map, {pose.x_m, pose.y_m});
    ASSERT_TRUE(by_lane && by_road);
    EXPECT_EQ(graph.lanes[static_cast<std::size_t>(by_lane->lane)].lane_id, by_road->lane.lane_id);
    const double sign = runs_along_s(road, by_road->lane.lane_id) ? 1 : -1;
    EXPECT_NEAR(by_lane->offset_m, sign * by_road->lane.offset_m, 0.06);
  }
}

TEST(LaneGraph, SignalsAndObjectsGovernTheLanesTheyAreMeantFor) {
  auto road = samples::straight_road();
  road.other =
      "<objects><object id='7' type='crosswalk' s='60' t='0' hdg='0' length='3' width='7'/></objects>"
      "<signals><signal id='1' s='50' t='-4' orientation='+' dynamic='yes' type='1000001' country='OpenDRIVE'/>"
      "<signal id='2' s='48' t='0' orientation='+' dynamic='no' type='294' country='DE'/>"
      "<signal id='3' s='52' t='4' orientation='-' dynamic='no' type='205' country='DEU'/></signals>";
  const Map map = samples::read(samples::road(road));
  const LaneGraph graph = lane_graph(map);
  ASSERT_EQ(graph.lanes.size(), 2u);  // left lane 1 comes first
  ASSERT_EQ(graph.lights.size(), 1u);
  ASSERT_EQ(graph.lights[0].lanes.size(), 1u);
  EXPECT_EQ(graph.lights[0].lanes[0].lane, 1);
  EXPECT_NEAR(graph.lights[0].lanes[0].s_m, 50, 1e-9);
  ASSERT_EQ(graph.stop_lines.size(), 1u);
  EXPECT_NEAR(graph.stop_lines[0].from.y_m, -3.5, 1e-9);
  ASSERT_EQ(graph.rights_of_way.size(), 1u);
  EXPECT_EQ(graph.rights_of_way[0].yielding, std::vector{0});
  ASSERT_EQ(graph.crosswalks.size(), 1u);
  EXPECT_EQ(graph.crosswalks[0].lanes.size(), 2u);
  EXPECT_EQ(graph.crosswalks[0].outline.size(), 4u);
}

TEST(LaneGraph, TrafficThatKeepsLeftRunsTheOtherWay) {
  auto road = samples::straight_road();
  road.attributes = "rule='LHT'";
  const LaneGraph graph = lane_graph(samples::read(samples::road(road)));
  EXPECT_GT(graph.lanes[0].centre.back().x_m, graph.lanes[0].centre.front().x_m);  // lane 1
  EXPECT_LT(graph.lanes[1].centre.back().x_m, graph.lanes[1].centre.front().x_m);
  EXPECT_EQ(graph.lanes[0].right_neighbour.lane, 1);
  EXPECT_FALSE(graph.lanes[0].right_neighbour.is_same_direction);
}

TEST(MiddleLine, BeginsAndEndsBetweenTheBounds) {
  const std::vector<Point3> left{{0, 2, 0}, {3, 2, 0}, {10, 2, 1}}, right{{0, -2, 0}, {10, -2, 0}};
  const auto middle = middle_line(left, right);
  ASSERT_EQ(middle.size(), 3u);
  EXPECT_EQ(middle.front().y_m, 0);
  EXPECT_EQ(middle.back().x_m, 10);
  EXPECT_EQ(middle.back().z_m, 0.5);
  EXPECT_NEAR(middle[1].x_m, 3, 0.05);
}

TEST(DrawSvg, IsWellFormedAndEscapesWhatItShows) {
  const LaneGraph graph = lane_graph(samples::read(samples::road(samples::straight_road())));
  const std::string svg = draw_svg(graph, {{{50, 0, 0}, "a<b"}}, "R&D");
  EXPECT_NE(svg.find("a&lt;b"), std::string::npos);
  EXPECT_NE(svg.find("R&amp;D"), std::string::npos);
  EXPECT_EQ(svg.find("nan,"), std::string::npos);
  EXPECT_EQ(svg.find(",nan"), std::string::npos);
  EXPECT_NE(svg.find("class='road'"), std::string::npos);
  EXPECT_EQ(draw_svg({}, {}, "empty").find("inf"), std::string::npos);
}

}  // namespace
}  // namespace hangil::map
