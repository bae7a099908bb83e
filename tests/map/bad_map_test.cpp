// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "map/check.hpp"
#include "map/common_road.hpp"
#include "map/lanelet2.hpp"
#include "map/sample_roads.hpp"

namespace hangil::map {
namespace {

using samples::geometry;
using samples::lane;
using samples::section;

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string straight() { return samples::road(samples::straight_road()); }

TEST(BadOpenDrive, SaysFileAndLineOfWhatIsMalformed) {
  const std::string why = samples::reason(replaced(straight(), "y='0.000000'", "y='zero'"));
  EXPECT_TRUE(contains(why, "sample.xodr:3: <geometry> y 'zero' is not a number")) << why;
}

TEST(BadOpenDrive, RefusesNumbersThatAreNotFinite) {
  EXPECT_NE(samples::reason(replaced(straight(), "hdg='0.000000'", "hdg='nan'")), "");
  EXPECT_NE(samples::reason(replaced(straight(), "a='3.500000'", "a='inf'")), "");
  EXPECT_NE(samples::reason(replaced(straight(), "x='0.000000'", "x='1e300'")), "");
}

TEST(BadOpenDrive, RefusesRoadsWithoutLengthGeometryOrLanes) {
  EXPECT_TRUE(contains(samples::reason(replaced(straight(), "length='100.000000'", "length='0'")), "longer than 0"));
  EXPECT_TRUE(
      contains(samples::reason(samples::road({.lanes = section(0, "", lane(-1, "driving", 3))})), "no geometry"));
  EXPECT_TRUE(contains(samples::reason(samples::road({.plan = geometry(0, 0, 0, 0, 100)})), "no lane section"));
  EXPECT_TRUE(contains(samples::reason(replaced(straight(), "<lane id='0'/>", "")), "no lane 0"));
}

TEST(BadOpenDrive, RefusesIdsGivenTwice) {
  EXPECT_TRUE(contains(samples::reason(straight() + straight()), "road id '1' is given twice"));
  auto twice = samples::straight_road();
  twice.lanes = section(0, "", lane(-1, "driving", 3) + lane(-1, "driving", 3));
  EXPECT_TRUE(contains(samples::reason(samples::road(twice)), "two lanes have the id -1"));
}

TEST(BadOpenDrive, OtherFilesAreNamed) {
  const auto map = parse_open_drive("<osm/>", "a.osm");
  ASSERT_FALSE(map);
  EXPECT_TRUE(contains(map.error().message, "a.osm:1: is not OpenDRIVE"));
  EXPECT_FALSE(read_open_drive("/nowhere.xodr"));
}

TEST(BadOpenDrive, HugeCurvesEndInTime) {
  const std::string spin = "<spiral curvStart='-900' curvEnd='900'/>";
  const std::string wild =
      "<paramPoly3 aU='0' bU='1e9' cU='1e9' dU='-1e9' aV='1e9' bV='1' cV='1e9' dV='1e9' pRange='normalized'/>";
  const std::string poly = "<poly3 a='1e6' b='1e6' c='1e9' d='1e9'/>";
  for (const std::string& shape : {spin, wild, poly}) {
    auto road = samples::straight_road();
    road.length_m = 900'000;
    road.plan = geometry(0, 0, 0, 0, 900'000, shape);
    const auto map = parse_open_drive(samples::file(samples::road(road)), "sample.xodr");
    EXPECT_TRUE(!map || map->roads().size() == 1);
  }
}

TEST(BadOpenDrive, XmlBombsAndDeepNestingAreRefused) {
  const std::string bomb =
      "<!DOCTYPE a [<!ENTITY b \"bbbbbbbbbb\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]><OpenDRIVE>&c;</OpenDRIVE>";
  std::string deep = "<OpenDRIVE>";
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  for (const std::string& text : {bomb, deep, std::string("<OpenDRIVE><road")}) {
    const auto map = parse_open_drive(text, "bomb.xodr");
    ASSERT_FALSE(map);
    EXPECT_TRUE(contains(map.error().message, "bomb.xodr:")) << map.error().message;
  }
}

TEST(BadOpenDriveNightly, AHundredMegabytesAreReadOrRefused) {
  std::string many = samples::file("");
  const std::string road = straight();
  many.resize(many.rfind("</OpenDRIVE>"));
  many.reserve(100'000'000 + road.size());
  while (many.size() < 100'000'000) many += road;  // each with the same id
  const auto map = parse_open_drive(many + "</OpenDRIVE>", "big.xodr");
  ASSERT_FALSE(map);
  EXPECT_TRUE(contains(map.error().message, "big.xodr")) << map.error().message.substr(0, 300);
}

TEST(CheckMap, FindsNothingOnASoundRoad) { EXPECT_TRUE(check_map(samples::read(straight())).empty()); }

std::vector<MapFault> faults(const Map& map) {
  std::vector<MapFault> found;
  for (const MapFinding& finding : check_map(map)) found.push_back(finding.fault);
  return found;
}

TEST(CheckMap, FindsGapsAndKinksOfTheReferenceLine) {
  auto road = samples::straight_road();
  road.plan = geometry(0, 0, 0, 0, 50) + geometry(50, 50, 0.5, 0.2, 50);
  const auto findings = check_map(samples::read(samples::road(road)));
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_EQ(findings[0].fault, MapFault::kGap);
  EXPECT_NEAR(findings[0].s_m, 50, 1e-9);
  EXPECT_TRUE(contains(findings[0].text, "0.500 m"));
  EXPECT_EQ(findings[1].fault, MapFault::kKink);
  EXPECT_EQ(findings[1].line, 3);
}

TEST(CheckMap, FindsLinksThatDangleContradictOrAreMissing) {
  auto first = samples::straight_road(), second = samples::straight_road();
  second.id = "2";
  second.plan = geometry(0, 100, 0, 0, 100);
  EXPECT_EQ(faults(samples::read(samples::road(first) + samples::road(second))),
            (std::vector{MapFault::kMissingLink, MapFault::kMissingLink}));
  first.link = "<successor elementType='road' elementId='2' contactPoint='start'/>";
  EXPECT_EQ(faults(samples::read(samples::road(first) + samples::road(second))),
            (std::vector{MapFault::kWrongLink, MapFault::kMissingLink}));
  first.link = "<successor elementType='road' elementId='9' contactPoint='start'/>";
  const auto findings = check_map(samples::read(samples::road(first)));
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_TRUE(contains(findings[0].text, "'9'"));
}

TEST(CheckMap, FindsLanesThatDoNotMeetAndLackLinks) {
  auto road = samples::straight_road();
  road.lanes = section(0, "", lane(-1, "driving", 3, "<successor id='-1'/>") + lane(-2, "driving", 3)) +
               section(50, "", lane(-1, "driving", 4) + lane(-2, "driving", 2));
  EXPECT_EQ(faults(samples::read(samples::road(road))), (std::vector{MapFault::kGap}));
  road.lanes = section(0, "", lane(-1, "driving", 3)) + section(50, "", lane(-1, "driving", 3));
  EXPECT_EQ(faults(samples::read(samples::road(road))), (std::vector{MapFault::kMissingLink}));
}

// Two lanes to the right, from 50 m on numbered as one to the left and one to the right: they go on all the same.
TEST(CheckMap, TakesAnOffsetThatStepsWithTheNumbersOfLanesForSound) {
  auto road = samples::straight_road();
  const std::string offset = "<laneOffset s='0' a='0' b='0' c='0' d='0'/><laneOffset s='50' a='-3' b='0' c='0' d='0'/>";
  road.lanes =
      offset +
      section(0, "", lane(-1, "driving", 3, "<successor id='1'/>") + lane(-2, "driving", 3, "<successor id='-1'/>")) +
      section(50, lane(1, "driving", 3, "<predecessor id='-1'/>"), lane(-1, "driving", 3, "<predecessor id='-2'/>"));
  EXPECT_TRUE(faults(samples::read(samples::road(road))).empty());
  road.lanes = offset + section(0, "", lane(-1, "driving", 3));
  EXPECT_EQ(faults(samples::read(samples::road(road))), (std::vector{MapFault::kGap}));
}

TEST(CheckMap, FindsRoadsThatLieOnEachOther) {
  auto over = samples::straight_road();
  over.id = "2";
  over.plan = geometry(0, 50, -50, 1.5, 100);
  EXPECT_EQ(faults(samples::read(straight() + samples::road(over))), (std::vector{MapFault::kOverlap}));
  over.other = "<elevationProfile><elevation s='0' a='6' b='0' c='0' d='0'/></elevationProfile>";
  EXPECT_TRUE(check_map(samples::read(straight() + samples::road(over))).empty());
}

TEST(CheckMap, FindsNegativeWidths) {
  auto road = samples::straight_road();
  road.lanes = section(0, "", "<lane id='-1' type='driving'><width sOffset='0' a='1' b='-0.1' c='0' d='0'/></lane>");
  EXPECT_EQ(faults(samples::read(samples::road(road))), (std::vector{MapFault::kWidth}));
}

}  // namespace
}  // namespace hangil::map
