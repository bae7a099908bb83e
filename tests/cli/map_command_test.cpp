// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/program.hpp"

namespace hangil::cli {
namespace {

// Two straight roads in line; the first leads to the second, which may lead back.
std::string two_roads(bool is_linked_back) {
  const std::string lanes =
      "<lanes><laneSection s='0'><center><lane id='0'/></center><right><lane id='-1' type='driving'><width sOffset='0' "
      "a='3'/>"
      "</lane></right></laneSection></lanes></road>\n";
  const std::string back = "<predecessor elementType='road' elementId='1' contactPoint='end'/>";
  return "<OpenDRIVE><header revMajor='1' revMinor='7'/>\n"
         "<road id='1' length='50'><link><successor elementType='road' elementId='2' "
         "contactPoint='start'/></link><planView>"
         "<geometry s='0' x='0' y='0' hdg='0' length='50'><line/></geometry></planView>" +
         lanes + "<road id='2' length='50'><link>" + (is_linked_back ? back : "") +
         "</link><planView>"
         "<geometry s='0' x='50' y='0' hdg='0' length='50'><line/></geometry></planView>" +
         lanes + "</OpenDRIVE>\n";
}

TEST(MapCommand, InfoSaysWhatAMapHolds) {
  const Outcome run = hangil("map info " + write_text("roads.xodr", two_roads(true)));
  EXPECT_EQ(run.exit_code, kClean) << run.err;
  EXPECT_TRUE(contains(run.out, "OpenDRIVE 1.7")) << run.out;
  EXPECT_TRUE(contains(run.out, "2 roads of 0.100 km")) << run.out;
}

TEST(MapCommand, CheckNamesFileLineRoadAndPlace) {
  EXPECT_EQ(hangil("map check " + write_text("sound.xodr", two_roads(true))).exit_code, kClean);
  const std::string path = write_text("one_way.xodr", two_roads(false));
  const Outcome run = hangil("map check " + path);
  EXPECT_EQ(run.exit_code, kFailed);
  EXPECT_TRUE(contains(run.out, path + ":2: road 1 s 50.00: wrong link")) << run.out;
}

TEST(MapCommand, DrawWritesAPicture) {
  const std::string picture = own_folder() + "roads.svg";
  EXPECT_EQ(hangil("map draw " + write_text("roads.xodr", two_roads(true)) + " -o " + picture).exit_code, kClean);
  EXPECT_TRUE(contains(read_text(picture), "</svg>"));
  EXPECT_EQ(hangil("map draw " + write_text("roads.xodr", two_roads(true)) + " -o /nowhere/roads.svg").exit_code,
            kFailed);
}

TEST(MapCommand, InfoIsAlsoJson) {
  const Outcome run = hangil("map info --json " + write_text("roads.xodr", two_roads(true)));
  EXPECT_EQ(run.exit_code, kClean) << run.err;
  const auto all = nlohmann::json::parse(run.out, nullptr, false);
  ASSERT_TRUE(all.is_object()) << run.out;
  EXPECT_EQ(all["roads"], 2);
  EXPECT_NEAR(all["road_length_m"].get<double>(), 100, 1e-9);
  EXPECT_EQ(all["types"]["driving"]["lanes"], 2);
  EXPECT_EQ(all["format"], "OpenDRIVE 1.7");
}

TEST(MapCommand, CheckIsAlsoJson) {
  const Outcome sound = hangil("map check --json " + write_text("sound.xodr", two_roads(true)));
  EXPECT_EQ(sound.exit_code, kClean) << sound.err;
  EXPECT_EQ(nlohmann::json::parse(sound.out, nullptr, false)["findings"].size(), 0U) << sound.out;
  const Outcome run = hangil("map check --json " + write_text("one_way.xodr", two_roads(false)));
  EXPECT_EQ(run.exit_code, kFailed);
  const auto all = nlohmann::json::parse(run.out, nullptr, false);
  ASSERT_TRUE(all.is_object() && all["findings"].size() == 2U) << run.out;
  EXPECT_EQ(all["findings"][0]["road"], "1");
  EXPECT_EQ(all["findings"][0]["line"], 2);
  EXPECT_EQ(all["findings"][0]["fault"], "wrong link");
}

// What every subcommand says of files that are no maps, and that none leaves a picture behind.
TEST(MapCommand, NoMapIsToldByEverySubcommand) {
  struct Case {
    std::string file, says;
  };
  const std::string cut = write_text("cut.xodr", "<OpenDRIVE>\n<header/>\n<road id='1'\n");
  const std::string other = write_text("other.xodr", "<?xml version='1.0'?>\n<Something/>\n");
  const std::string utf16 = write_text("utf16.xodr", std::string("\xff\xfe<\0r\0/\0>\0", 10));
  const std::vector<Case> cases = {{own_folder() + "absent.xodr", "absent.xodr"},
                                   {own_folder(), own_folder()},
                                   {write_text("empty.xodr", ""), "empty.xodr"},
                                   {cut, cut + ":"},
                                   {other, other + ":2: "},
                                   {utf16, "utf16.xodr"},
                                   {write_text("text.txt", "no map"), "text.txt"}};
  const std::string picture = own_folder() + "none.svg";
  for (const Case& one : cases) {
    for (const std::string& words : {std::string("info "), std::string("check --json "), "draw -o " + picture + " "}) {
      const Outcome run = hangil("map " + words + one.file);
      EXPECT_EQ(run.exit_code, kFailed) << words << one.file << run.out;
      EXPECT_TRUE(contains(run.err, one.says)) << words << run.err;
      EXPECT_TRUE(run.out.empty()) << words << run.out;
    }
  }
  EXPECT_TRUE(read_text(picture).empty());
}

TEST(MapCommand, BadFilesAreToldWithTheirLine) {
  const std::string path = write_text("bad.xodr", "<OpenDRIVE>\n<road id='1' length='0'/></OpenDRIVE>");
  const Outcome run = hangil("map info " + path);
  EXPECT_EQ(run.exit_code, kFailed);
  EXPECT_TRUE(contains(run.err, path + ":2: ")) << run.err;
}

}  // namespace
}  // namespace hangil::cli
