// SPDX-License-Identifier: Apache-2.0
#include <chrono>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "scenario/made_scenario.hpp"
#include "scenario/map_library.hpp"
#include "scenario/read_scenario.hpp"

namespace hangil::tests {

namespace {

// All errors of a file that a person would see.
std::string errors_in(const std::string& text) {
  const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
  scenario::ScenarioLibrary library;
  const auto read =
      scenario::read_scenario(library, write_file(made_folder(std::string("Bad_") + info->name()), "bad.xosc", text));
  if (!read) return read.error().message;
  return scenario::has_errors(read->findings) ? scenario::errors_of(read->findings).message : "";
}

std::string declared_in(const std::string& name, const std::string& type, const std::string& value) {
  return "<ParameterDeclaration name=\"" + name + "\" parameterType=\"" + type + "\" value=\"" + value + "\"/>";
}

void expect_error(const std::string& errors, const std::string& what) {
  EXPECT_NE(errors.find(what), std::string::npos) << errors;
  EXPECT_NE(errors.find("bad.xosc:"), std::string::npos) << errors;
}

TEST(BadScenario, AGoodOneHasNoErrors) { EXPECT_EQ(errors_in(MadeScenario{}.text()), ""); }

TEST(BadScenario, MissingMapIsNamedWithTheLine) {
  MadeScenario made;
  made.road = "nowhere.xodr";
  const auto played = start_made(made);
  EXPECT_NE(played.trouble.find("made.xosc:7: LogicFile 'nowhere.xodr'"), std::string::npos) << played.trouble;
}

TEST(BadScenario, MissingCatalogAndEntryAreNamed) {
  MadeScenario made;
  made.more_entities =
      "<ScenarioObject name=\"Third\"><CatalogReference catalogName=\"Cars\" entryName=\"red\"/></ScenarioObject>";
  expect_error(errors_in(made.text()), "no catalog 'Cars'");
}

TEST(BadScenario, MissingParametersAreNamed) {
  MadeScenario made;
  made.init = placed("Ego", -2, 50, 20) + "<Private entityRef=\"$who\"></Private>";
  expect_error(errors_in(made.text()), "parameter 'who' is not declared");
}

TEST(BadScenario, UnknownEntitiesAreNamedWithTheNearest) {
  MadeScenario made;
  made.init = placed("Egoo", -2, 50, 20);
  expect_error(errors_in(made.text()), "entity 'Egoo' is not declared, did you mean 'Ego'?");
}

TEST(BadScenario, CyclicParametersAreFound) {
  MadeScenario made;
  made.parameters = declared_in("a", "double", "$b") + declared_in("b", "double", "${$a + 1}");
  expect_error(errors_in(made.text()), "parameter 'a' depends on itself");
}

TEST(BadScenario, ExpressionErrorsSayWhere) {
  MadeScenario made;
  made.parameters = declared_in("a", "double", "${1 + * 2}");
  expect_error(errors_in(made.text()), "unexpected '*' at character 5");
}

TEST(BadScenario, NumbersMustBeFinite) {
  for (const char* text : {"NaN", "1e999", "ten", ""}) {
    MadeScenario made;
    made.init = placed("Ego", -2, 50, 20);
    made.init.replace(made.init.find("s=\"50\""), 6, "s=\"" + std::string(text) + "\"");
    EXPECT_NE(errors_in(made.text()), "") << text;
  }
}

TEST(BadScenario, TenThousandActorsPlay) {
  MadeScenario made;
  made.init = placed("Ego", -2, 50, 20) + placed("Other", -2, 100, 10);
  for (int i = 0; i < 10'000; ++i) {
    made.more_entities += scenario_object("Extra" + std::to_string(i));
    made.init += placed("Extra" + std::to_string(i), i % 3 + 1, 5 + 0.19 * i, 10);
  }
  auto played = start_made(made);
  ASSERT_TRUE(played.run) << played.trouble;
  EXPECT_TRUE(play_until(played, 0.05));
  EXPECT_FALSE(played.run->world().contacts.empty());  // they are nearer to each other than they are long
}

TEST(BadScenario, RoadOfNoLengthIsRefused) {
  const std::string folder = made_folder("NoLength");
  write_file(folder, "road.xodr", straight_road(0));
  const std::string file = write_file(folder, "bad.xosc", MadeScenario{}.text());
  scenario::ScenarioLibrary library;
  scenario::MapLibrary maps;
  const auto read = scenario::read_scenario(library, file);
  ASSERT_TRUE(read);
  const auto map = maps.map_of(read->scenario);
  ASSERT_FALSE(map);
  EXPECT_NE(map.error().message.find("bad.xosc:7"), std::string::npos);
  EXPECT_NE(map.error().message.find("road.xodr:"), std::string::npos) << map.error().message;
}

TEST(BadScenario, ElementsThatNobodyKnowsAreNamedAndThenCounted) {
  std::string text = MadeScenario{}.text();
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "<Nonsense/>\n";
  text.insert(text.find("</OpenSCENARIO>"), many);
  scenario::ScenarioLibrary library;
  const auto read = scenario::read_scenario(library, write_file(made_folder("unknown"), "many.xosc", text));
  ASSERT_TRUE(read);
  ASSERT_EQ(read->findings.size(), 21U);
  EXPECT_NE(read->findings[0].text().find("Nonsense: is not known inside OpenSCENARIO"), std::string::npos);
  EXPECT_EQ(read->findings[1].place.line, read->findings[0].place.line + 1);
  EXPECT_NE(read->findings[20].what.find("980 more elements"), std::string::npos);
}

TEST(BadScenario, StandingSomewhereIsCountedFromTheFirstStepThere) {
  MadeScenario made;  // at 2000 m, the end of the road, after 0.5 s
  made.init = placed("Ego", -2, 1990, 20) + placed("Other", -2, 100, 0);
  auto played = start_made(made);
  ASSERT_TRUE(play_until(played, 0.5)) << played.trouble;
  EXPECT_FALSE(played.state("Ego").at_road_end_s.value_or(0) > 0);
  EXPECT_NEAR(played.state("Other").standing_s, 0.5, 1e-9);
  ASSERT_TRUE(play_until(played, 1.51));
  EXPECT_NEAR(played.state("Ego").at_road_end_s.value_or(-1), 1.0, 0.011);
  EXPECT_LE(played.state("Ego").standing_s, played.state("Ego").at_road_end_s.value_or(-1) + 1e-9);
}

TEST(BadScenario, RoadThatEndsHoldsEntitiesAtItsEnd) {
  MadeScenario made;
  made.init = placed("Ego", -2, 1990, 20) + placed("Other", -2, 100, 10);
  auto played = start_made(made);
  ASSERT_TRUE(play_until(played, 3)) << played.trouble;
  EXPECT_NEAR(played.state("Ego").x_m, 2000, 1e-6);
  EXPECT_NEAR(played.state("Ego").at_road_end_s.value_or(-1), 2.5, 0.02);
}

TEST(BadScenario, PlacesThatAreNotOnTheRoadAreNamed) {
  MadeScenario made;
  made.init = placed("Ego", -7, 50, 20);
  EXPECT_NE(start_made(made).trouble.find("road '1' has no lane -7"), std::string::npos);
  made.init = placed("Ego", -2, 5000, 20);
  const std::string trouble = start_made(made).trouble;
  EXPECT_NE(trouble.find("s = 5000"), std::string::npos) << trouble;
  EXPECT_NE(trouble.find("made.xosc:"), std::string::npos) << trouble;
}

TEST(BadScenario, EndlessOnesEndAtTheTimeLimit) {
  scenario::RunOptions options;
  options.time_limit = base::Duration::seconds(2);
  auto played = start_made({}, options);
  EXPECT_FALSE(play_until(played, 10));
  EXPECT_EQ(played.run->end_reason(), scenario::EndReason::kTimeLimit);
  EXPECT_NEAR(played.run->world().time_s(), 2, 1e-9);
}

TEST(BadScenario, XmlBombsAndDeepNestingAreRefused) {
  const std::string bomb =
      "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"bbbbbbbbbb\"><!ENTITY c "
      "\"&b;&b;&b;&b;&b;&b;&b;&b;\">]><OpenSCENARIO>&c;</OpenSCENARIO>";
  expect_error(errors_in(bomb), "");
  std::string deep = "<OpenSCENARIO>";
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  expect_error(errors_in(deep), "");
  expect_error(errors_in("<OpenSCENARIO><FileHeader"), "");
  expect_error(errors_in("<OpenDRIVE/>"), "root element is 'OpenDRIVE'");
}

TEST(BadScenario, AHundredMegabytesAreReadOrRefusedInSeconds) {
  const std::string folder = made_folder("Huge");
  const std::string file = folder + "/bad.xosc";
  {
    std::ofstream out(file, std::ios::binary);
    out << "<OpenSCENARIO><FileHeader/><Storyboard>";
    const std::string piece = "<Story name=\"" + std::string(1000, 'x') + "\"/>\n";
    for (int i = 0; i < 100'000; ++i) out << piece;
    out << "</Storyboard></OpenSCENARIO>";
  }
  scenario::ScenarioLibrary library;
  const auto read = scenario::read_scenario(library, file);
  EXPECT_TRUE(!read || scenario::has_errors(read->findings));
  std::filesystem::remove(file);
}

TEST(BadScenario, PositionsInEachOtherEndSomewhere) {
  MadeScenario made;
  made.init =
      "<Private entityRef=\"Ego\"><PrivateAction><TeleportAction><Position><RelativeObjectPosition entityRef=\"Other\" "
      "dx=\"1\" dy=\"0\"/>"
      "</Position></TeleportAction></PrivateAction></Private>"
      "<Private entityRef=\"Other\"><PrivateAction><TeleportAction><Position><RelativeObjectPosition entityRef=\"Ego\" "
      "dx=\"1\" dy=\"0\"/>"
      "</Position></TeleportAction></PrivateAction></Private>";
  EXPECT_NE(start_made(made).trouble.find("has no position yet"), std::string::npos);
}

TEST(UnsupportedElements, AreNamedWithTheirLineAndWhatHappens) {
  MadeScenario made;
  made.stories =
      at_time(1, "Ego", "<PrivateAction><RoutingAction><RandomRouteAction/></RoutingAction></PrivateAction>");
  made.stop =
      "<ConditionGroup><Condition name=\"c\" delay=\"0\" conditionEdge=\"none\"><ByValueCondition>"
      "<UserDefinedValueCondition name=\"n\" value=\"1\" rule=\"equalTo\"/></ByValueCondition></Condition>"
      "</ConditionGroup>";
  scenario::ScenarioLibrary library;
  const auto read = scenario::read_scenario(library, write_file(made_folder("Unsupported"), "bad.xosc", made.text()));
  ASSERT_TRUE(read);
  std::string all;
  for (const auto& finding : read->findings) all += finding.text() + "\n";
  EXPECT_NE(all.find("unsupported: RandomRouteAction: is no routing action of the standard; it is played as an action "
                     "that ends at once"),
            std::string::npos)
      << all;
  EXPECT_NE(all.find("unsupported: UserDefinedValueCondition: nobody sets user-defined values; the condition never "
                     "holds"),
            std::string::npos)
      << all;
}

TEST(UnsupportedElements, UnknownAttributesAndElementsAreReported) {
  std::string text = MadeScenario{}.text();
  text.insert(text.find("<Storyboard>") + 11, " colour=\"red\"");
  text.insert(text.find("<Init>"), "<Nonsense/>");
  scenario::ScenarioLibrary library;
  const auto read = scenario::read_scenario(library, write_file(made_folder("Unknown"), "bad.xosc", text));
  ASSERT_TRUE(read);
  ASSERT_EQ(read->findings.size(), 2u);
  EXPECT_NE(read->findings[0].text().find("'colour' is not known"), std::string::npos);
  EXPECT_NE(read->findings[1].text().find("Nonsense"), std::string::npos);
}

}  // namespace

}  // namespace hangil::tests
