// SPDX-License-Identifier: Apache-2.0
#include "map/lanelet2.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "map/check.hpp"
#include "map/lane_finder.hpp"
#include "map/suites.hpp"

namespace hangil::map {
namespace {

// Two lanes eastwards side by side with a dashed line between, and one that follows the right one; the lowest line is
// drawn westwards. A stop line with a light ends the right lane, which yields to the left one.
struct MadeMap {
  std::string nodes, ways, relations;

  static std::string tag(const std::string& key, const std::string& value) {
    return "<tag k='" + key + "' v='" + value + "'/>";
  }
  void node(int id, double x, double y) {
    nodes += "<node id='" + std::to_string(id) + "' lat='0' lon='0'>" + tag("local_x", std::to_string(x)) +
             tag("local_y", std::to_string(y)) + tag("ele", "2") + "</node>\n";
  }
  void way(int id, const std::vector<int>& refs, const std::string& tags) {
    ways += "<way id='" + std::to_string(id) + "'>";
    for (const int ref : refs) ways += "<nd ref='" + std::to_string(ref) + "'/>";
    ways += tags + "</way>\n";
  }
  void lanelet(int id, int left, int right, const std::string& more = "") {
    relations += "<relation id='" + std::to_string(id) + "'><member type='way' role='left' ref='" +
                 std::to_string(left) + "'/><member type='way' role='right' ref='" + std::to_string(right) + "'/>" +
                 more + tag("type", "lanelet") + tag("subtype", "road") + "</relation>\n";
  }
  std::string text() const { return "<?xml version='1.0'?>\n<osm>\n" + nodes + ways + relations + "</osm>\n"; }
};

MadeMap made_map() {
  MadeMap made;
  for (int i = 0; i < 3; ++i) {
    made.node(10 + i, 50.0 * i, 3.5);
    made.node(20 + i, 50.0 * i, 0);
    made.node(30 + i, 50.0 * i, -3.5);
  }
  const std::string dashed = MadeMap::tag("type", "line_thin") + MadeMap::tag("subtype", "dashed");
  const std::string solid = MadeMap::tag("type", "line_thin") + MadeMap::tag("subtype", "solid");
  made.way(1, {10, 11}, solid);
  made.way(2, {20, 21}, dashed);
  made.way(3, {31, 30}, solid);
  made.way(4, {21, 22}, solid);
  made.way(5, {31, 32}, solid);
  made.way(6, {21, 31}, MadeMap::tag("type", "stop_line"));
  made.way(7, {11, 21}, MadeMap::tag("type", "traffic_light") + MadeMap::tag("height", "1"));
  const std::string governed =
      "<member type='relation' role='regulatory_element' ref='200'/>"
      "<member type='relation' role='regulatory_element' ref='201'/>";
  made.lanelet(100, 1, 2);
  made.lanelet(101, 2, 3, governed + MadeMap::tag("speed_limit", "30 mph"));
  made.lanelet(102, 4, 5, MadeMap::tag("speed_limit", "50"));
  made.relations +=
      "<relation id='200'><member type='way' role='refers' ref='7'/><member type='way' role='ref_line' ref='6'/>" +
      MadeMap::tag("type", "regulatory_element") + MadeMap::tag("subtype", "traffic_light") + "</relation>\n";
  made.relations +=
      "<relation id='201'><member type='relation' role='yield' ref='101'/>"
      "<member type='relation' role='right_of_way' ref='100'/>" +
      MadeMap::tag("type", "regulatory_element") + MadeMap::tag("subtype", "right_of_way") + "</relation>\n";
  return made;
}

TEST(Lanelet2, LanesConnectAsTheirBoundsDo) {
  const auto graph = parse_lanelet2(made_map().text(), "made.osm");
  ASSERT_TRUE(graph) << graph.error().message;
  ASSERT_EQ(graph->lanes.size(), 3u);
  const GraphLane &left = graph->lanes[0], &right = graph->lanes[1], &next = graph->lanes[2];
  EXPECT_EQ(right.successors, std::vector{2});
  EXPECT_EQ(next.predecessors, std::vector{1});
  EXPECT_EQ(left.right_neighbour.lane, 1);
  EXPECT_TRUE(left.right_neighbour.is_same_direction);
  EXPECT_TRUE(left.right_neighbour.may_change);
  EXPECT_EQ(right.left_neighbour.lane, 0);
  EXPECT_EQ(right.right_neighbour.lane, -1);
  EXPECT_EQ(left.left_marking, Marking::kSolid);
  EXPECT_EQ(left.right_marking, Marking::kDashed);
  EXPECT_NEAR(right.speed_limit_mps, 30 * 0.44704, 1e-9);
  EXPECT_NEAR(next.speed_limit_mps, 50 / 3.6, 1e-9);
  EXPECT_NEAR(right.centre.front().y_m, -1.75, 1e-12);
  EXPECT_NEAR(right.centre.front().x_m, 0, 1e-12);
  EXPECT_NEAR(right.centre.front().z_m, 2, 1e-12);
}

TEST(Lanelet2, RegulatoryElementsGovernTheirLanes) {
  const auto graph = parse_lanelet2(made_map().text(), "made.osm");
  ASSERT_TRUE(graph);
  ASSERT_EQ(graph->stop_lines.size(), 1u);
  ASSERT_EQ(graph->stop_lines[0].lanes.size(), 1u);
  EXPECT_EQ(graph->stop_lines[0].lanes[0].lane, 1);
  EXPECT_NEAR(graph->stop_lines[0].lanes[0].s_m, 50, 1e-9);
  ASSERT_EQ(graph->lights.size(), 1u);
  EXPECT_NEAR(graph->lights[0].position.z_m, 2.5, 1e-12);
  ASSERT_EQ(graph->rights_of_way.size(), 1u);
  EXPECT_EQ(graph->rights_of_way[0].yielding, std::vector{1});
  EXPECT_EQ(graph->rights_of_way[0].priority, std::vector{0});
}

TEST(Lanelet2, MissingPartsAreErrorsWithTheirLine) {
  MadeMap made = made_map();
  made.way(8, {10, 99}, "");
  auto graph = parse_lanelet2(made.text(), "made.osm");
  ASSERT_FALSE(graph);
  EXPECT_NE(graph.error().message.find("node 99 is not in the file"), std::string::npos);
  made = made_map();
  made.lanelet(103, 1, 77);
  graph = parse_lanelet2(made.text(), "made.osm");
  ASSERT_FALSE(graph);
  EXPECT_NE(graph.error().message.find("made.osm:"), std::string::npos);
  EXPECT_NE(graph.error().message.find("way 77"), std::string::npos);
  EXPECT_FALSE(parse_lanelet2("<osm/>", "made.osm"));
}

// Lanes that follow each other share their nodes, so their middles meet exactly.
TEST(Lanelet2, MiddlesOfTheRealMapMeetExactly) {
  const std::string path = tests::suites_dir() + "/lanelet2/mapping_example.osm";
  HANGIL_NEEDS_DATA(path);
  const auto graph = read_lanelet2(path);
  ASSERT_TRUE(graph) << graph.error().message;
  EXPECT_EQ(graph->lanes.size(), 371u);
  int joint_count = 0;
  for (const GraphLane& lane : graph->lanes) {
    for (const int next : lane.successors) {
      const Point3 &end = lane.centre.back(), &start = graph->lanes[static_cast<std::size_t>(next)].centre.front();
      EXPECT_EQ(end.x_m, start.x_m);
      EXPECT_EQ(end.y_m, start.y_m);
      ++joint_count;
    }
  }
  EXPECT_GT(joint_count, 100);
}

TEST(Lanelet2, ProjectionsDifferByAShiftOnly) {
  const std::string path = tests::suites_dir() + "/lanelet2/mapping_example.osm";
  HANGIL_NEEDS_DATA(path);
  const auto local = read_lanelet2(path);
  const auto mgrs = read_lanelet2(path, {Lanelet2Projection::Kind::kMgrs, {}, {}});
  ASSERT_TRUE(local && mgrs);
  const Point3 &a = local->lanes[0].centre[0], &b = mgrs->lanes[0].centre[0];
  for (std::size_t i = 0; i < local->lanes.size(); ++i) {
    const Point3 &p = local->lanes[i].centre[0], &q = mgrs->lanes[i].centre[0];
    EXPECT_NEAR(q.x_m - p.x_m, b.x_m - a.x_m, 1e-6);
    EXPECT_NEAR(q.y_m - p.y_m, b.y_m - a.y_m, 1e-6);
    EXPECT_TRUE(q.x_m >= 0 && q.x_m < 100'000);
  }
}

TEST(LaneFinder, FindsTheLaneAndThePlaceOnIt) {
  const auto graph = parse_lanelet2(made_map().text(), "made.osm");
  ASSERT_TRUE(graph);
  const LaneFinder finder(*graph);
  const auto found = finder.nearest({20, -1.25});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->lane, 1);
  EXPECT_NEAR(found->s_m, 20, 1e-9);
  EXPECT_NEAR(found->offset_m, 0.5, 1e-6);
  EXPECT_NEAR(found->beside_m, 0, 1e-9);
  const auto beside = finder.nearest({70, 4});
  ASSERT_TRUE(beside);
  EXPECT_EQ(beside->lane, 2);
  EXPECT_NEAR(beside->beside_m, 4, 1e-6);
  EXPECT_FALSE(finder.nearest({500, 500}));
  const auto pose = finder.pose(1, 20, 0.5);
  EXPECT_NEAR(pose.x_m, 20, 1e-9);
  EXPECT_NEAR(pose.y_m, -1.25, 1e-9);
}

}  // namespace
}  // namespace hangil::map
