// SPDX-License-Identifier: Apache-2.0
#include "map/common_road.hpp"

#include <cstdlib>

#include <gtest/gtest.h>

#include "map/suites.hpp"

namespace hangil::map {
namespace {

std::string bound(const std::string& name, double from_x, double from_y, double to_x, double to_y,
                  const std::string& marking) {
  const auto point = [](double x, double y) {
    return "<point><x>" + std::to_string(x) + "</x><y>" + std::to_string(y) + "</y></point>";
  };
  return "<" + name + ">" + point(from_x, from_y) + point(to_x, to_y) + "<lineMarking>" + marking + "</lineMarking></" +
         name + ">\n";
}

std::string lanelet(const std::string& id, double x, double y, const std::string& more) {
  return "<lanelet id='" + id + "'>\n" + bound("leftBound", x, y + 2, x + 20, y + 2, "dashed") +
         bound("rightBound", x, y - 2, x + 20, y - 2, "solid") + more + "</lanelet>\n";
}

std::string made(const std::string& more_of_first = "") {
  return "<commonRoad commonRoadVersion='2020a'>\n" +
         lanelet("1", 0, 0,
                 "<successor ref='2'/><adjacentLeft ref='3' drivingDir='opposite'/><stopLine/>"
                 "<laneletType>urban</laneletType><trafficSignRef ref='8'/><trafficSignRef ref='9'/>" +
                     more_of_first) +
         lanelet("2", 20, 0, "<laneletType>urban</laneletType>") + lanelet("3", 0, 4, "<speedLimit>8.5</speedLimit>") +
         lanelet("4", 30, 0, "<laneletType>crosswalk</laneletType>") +
         "<trafficSign "
         "id='8'><trafficSignElement><trafficSignID>274</trafficSignID><additionalValue>13.5</additionalValue>"
         "</trafficSignElement></trafficSign>\n"
         "<trafficSign "
         "id='9'><trafficSignElement><trafficSignID>206</trafficSignID></trafficSignElement></trafficSign>\n"
         "</commonRoad>";
}

TEST(CommonRoad, LanesTheirNeighboursAndTheirRules) {
  const auto graph = parse_common_road(made(), "made.xml");
  ASSERT_TRUE(graph) << graph.error().message;
  ASSERT_EQ(graph->lanes.size(), 4u);
  const GraphLane& first = graph->lanes[0];
  EXPECT_EQ(first.successors, std::vector{1});
  EXPECT_EQ(graph->lanes[1].predecessors, std::vector{0});
  EXPECT_EQ(first.left_neighbour.lane, 2);
  EXPECT_FALSE(first.left_neighbour.is_same_direction);
  EXPECT_TRUE(first.left_neighbour.may_change);
  EXPECT_NEAR(first.speed_limit_mps, 13.5, 1e-12);
  EXPECT_NEAR(graph->lanes[2].speed_limit_mps, 8.5, 1e-12);
  EXPECT_EQ(graph->lanes[3].type, LaneType::kCrosswalk);
  ASSERT_EQ(graph->rights_of_way.size(), 1u);
  EXPECT_TRUE(graph->rights_of_way[0].is_stop);
  ASSERT_EQ(graph->stop_lines.size(), 1u);
  EXPECT_NEAR(graph->stop_lines[0].from.x_m, 20, 1e-12);
  ASSERT_EQ(graph->crosswalks.size(), 1u);
  EXPECT_EQ(graph->crosswalks[0].lanes.size(), 1u);
}

TEST(CommonRoad, DanglingReferencesAndBadPointsAreErrors) {
  auto graph = parse_common_road(made("<successor ref='77'/>"), "made.xml");
  ASSERT_FALSE(graph);
  EXPECT_NE(graph.error().message.find("made.xml:"), std::string::npos);
  EXPECT_NE(graph.error().message.find("'77'"), std::string::npos);
  EXPECT_FALSE(parse_common_road("<commonRoad><lanelet id='1'><leftBound/></lanelet></commonRoad>", "made.xml"));
  EXPECT_FALSE(parse_common_road("<osm/>", "made.xml"));
}

// The 2018b scenarios are packed; those named (all where none is) are unpacked and read. How many, and their lanes.
std::pair<int, int> read_packed(const std::string& names) {
  const std::string folder = ::testing::TempDir() + "hangil_common_road_2018b";
  const std::string archive = tests::suites_dir() + "/commonroad/commonroad_search.tar.xz";
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  EXPECT_EQ(std::system(("tar -xJf '" + archive + "' -C '" + folder + "' " + names).c_str()), 0);
  int file_count = 0, lane_count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".xml") continue;
    const auto graph = read_common_road(entry.path());
    EXPECT_TRUE(graph.ok()) << graph.error().message;
    ++file_count;
    lane_count += graph ? static_cast<int>(graph->lanes.size()) : 0;
  }
  std::filesystem::remove_all(folder);
  return {file_count, lane_count};
}

TEST(CommonRoad, APublicFileOf2018bIsRead) {
  HANGIL_NEEDS_DATA(tests::suites_dir() + "/commonroad");
  const auto [file_count, lane_count] = read_packed("--occurrence exercise/CHN_Sha-12_1_T-1.xml");
  EXPECT_EQ(file_count, 1);
  EXPECT_GT(lane_count, 5);
}

TEST(CommonRoadNightly, EveryPublicFileOf2018bIsRead) {
  HANGIL_NEEDS_DATA(tests::suites_dir() + "/commonroad");
  const auto [file_count, lane_count] = read_packed("");
  EXPECT_EQ(file_count, 267);
  EXPECT_GT(lane_count, 267 * 5);
}

TEST(CommonRoad, EveryPublicFileOf2020aIsRead) {
  const std::string folder = tests::suites_dir() + "/commonroad/2020a";
  HANGIL_NEEDS_DATA(folder);
  int lane_count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".xml") continue;
    const auto graph = read_common_road(entry.path());
    ASSERT_TRUE(graph) << graph.error().message;
    lane_count += static_cast<int>(graph->lanes.size());
  }
  EXPECT_GT(lane_count, 500);
}

}  // namespace
}  // namespace hangil::map
