// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "cli/commands.hpp"
#include "cli/program.hpp"

namespace hangil::cli {
namespace {

std::string our_scenarios() { return std::string(HANGIL_SOURCE_DIR) + "/scenarios/"; }

// One of our scenarios, anywhere: its roads and catalogs by their full paths.
std::string moved_scenario(const std::string& name) {
  std::string text = read_text(our_scenarios() + name + "/" + name + ".xosc");
  for (const std::string& folder : {std::string("roads"), std::string("catalogs")}) {
    const std::string relative = "../" + folder + "/";
    for (std::size_t at = text.find(relative); at != std::string::npos; at = text.find(relative)) {
      text.replace(at, relative.size(), our_scenarios() + folder + "/");
    }
  }
  return text;
}

TEST(ScenarioCheck, CheckNamesWhatIsNotSupportedAndSaysWhatHappens) {
  const Outcome sound = hangil("scenario check " + our_scenarios() + "light_by_phases/light_by_phases.xosc");
  EXPECT_EQ(sound.exit_code, kClean) << sound.err;
  EXPECT_TRUE(contains(sound.out, "0 errors, 0 unsupported")) << sound.out;
  const std::string path = write_text(
      "random.xosc", with(moved_scenario("follow_slow_truck"), "</Actions>",
                          "<Private entityRef='Ego'><PrivateAction><RoutingAction><RandomRouteAction/></RoutingAction>"
                          "</PrivateAction></Private></Actions>"));
  const Outcome run = hangil("scenario check " + path);
  EXPECT_EQ(run.exit_code, kClean) << run.err;
  EXPECT_TRUE(contains(run.out, ": unsupported: RandomRouteAction: ")) << run.out;
  EXPECT_TRUE(contains(run.out, "moves nothing")) << run.out;
}

TEST(ScenarioCheck, CheckAndPlayNameAMissingMapWithItsLine) {
  const std::string path =
      write_text("no_map.xosc", with(moved_scenario("follow_slow_truck"), "motorway.xodr", "absent.xodr"));
  const Outcome check = hangil("scenario check " + path);
  EXPECT_EQ(check.exit_code, kFailed);
  EXPECT_TRUE(contains(check.out, path + ":10: error: RoadNetwork: LogicFile ")) << check.out;
  EXPECT_TRUE(contains(check.out, "absent.xodr: No such file or directory")) << check.out;
  const Outcome play = hangil("scenario play " + path + " -o " + own_folder() + "no_map.mcap");
  EXPECT_EQ(play.exit_code, kFailed);
  EXPECT_TRUE(contains(play.err, path + ":10: LogicFile ")) << play.err;
  const std::string named = write_text(
      "named.xosc", with(moved_scenario("follow_slow_truck"), our_scenarios() + "roads/motorway.xodr", "motorway"));
  EXPECT_EQ(hangil("scenario check " + named).exit_code, kFailed);
  EXPECT_EQ(hangil("scenario check --map " + our_scenarios() + "roads " + named).exit_code, kClean);
}

TEST(ScenarioCheck, FilesThatAreNoScenariosAreTold) {
  struct Case {
    std::string file, says;
  };
  const std::vector<Case> cases = {
      {own_folder() + "absent.xosc", "absent.xosc: No such file"},
      {own_folder(), "Is a directory"},
      {write_text("empty.xosc", ""), "empty.xosc:1: malformed XML"},
      {write_text("utf16.xosc", std::string("\xff\xfe<\0a\0", 6)), "UTF-16; save it as UTF-8"},
      {write_text("bomb.xosc", "<!DOCTYPE l [<!ENTITY a \"lol\">]>\n<OpenSCENARIO>&a;</OpenSCENARIO>"),
       "bomb.xosc:1: "},
      {write_text("cut.xosc", "<OpenSCENARIO>\n<FileHeader"), "cut.xosc:2: malformed XML"}};
  for (const Case& one : cases) {
    for (const std::string& words :
         {std::string("check "), std::string("play --csv /dev/null "), std::string("expand ")}) {
      const Outcome run = hangil("scenario " + words + one.file);
      EXPECT_EQ(run.exit_code, kFailed) << words << one.file;
      EXPECT_TRUE(contains(run.err, one.says)) << words << run.err;
    }
  }
}

TEST(ScenarioCheck, OneThatNeverEndsEndsByTheTimeLimit) {
  std::string text = moved_scenario("follow_slow_truck");
  const std::size_t from = text.rfind("<StopTrigger>"), to = text.find("</StopTrigger>", from) + 14;
  text.replace(from, to - from, "<StopTrigger/>");
  const Outcome run = hangil("scenario play --time-limit 3 --csv /dev/null " + write_text("never.xosc", text));
  EXPECT_EQ(run.exit_code, kClean) << run.err;
  EXPECT_TRUE(contains(run.out, "3.00 s, ended by time limit")) << run.out;
}

}  // namespace
}  // namespace hangil::cli
