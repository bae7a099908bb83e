// SPDX-License-Identifier: Apache-2.0
#include "scenario/made_scenario.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "scenario/expression.hpp"
#include "scenario/map_library.hpp"
#include "scenario/read_scenario.hpp"

namespace hangil::tests {

namespace {

std::string number(double value) { return scenario::number_text(value); }

std::string lane(int id) {
  return "<lane id=\"" + std::to_string(id) +
         "\" type=\"driving\" level=\"false\"><width sOffset=\"0\" a=\"3.5\" b=\"0\" c=\"0\" d=\"0\"/></lane>";
}

}  // namespace

std::string straight_road(double length_m) {
  return "<?xml version=\"1.0\"?><OpenDRIVE><header revMajor=\"1\" revMinor=\"6\"/><road name=\"\" length=\"" +
         number(length_m) +
         "\" id=\"1\" junction=\"-1\"><planView><geometry s=\"0\" x=\"0\" y=\"0\" hdg=\"0\" length=\"" +
         number(length_m) + "\"><line/></geometry></planView><lanes><laneSection s=\"0\"><left>" + lane(3) + lane(2) +
         lane(1) + "</left><center><lane id=\"0\" type=\"none\" level=\"false\"/></center><right>" + lane(-1) +
         lane(-2) + lane(-3) + "</right></laneSection></lanes></road></OpenDRIVE>";
}

std::string made_folder(const std::string& name) {
  const std::string folder = ::testing::TempDir() + "hangil_scenario_" + name;
  std::filesystem::create_directories(folder);
  write_file(folder, "road.xodr", straight_road(2000));
  return folder;
}

std::string write_file(const std::string& folder, const std::string& name, const std::string& text) {
  const std::string path = folder + "/" + name;
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

std::string scenario_object(const std::string& name) {
  return "<ScenarioObject name=\"" + name +
         "\"><Vehicle name=\"car\" vehicleCategory=\"car\"><BoundingBox><Center x=\"1.5\" y=\"0\" z=\"0.75\"/>"
         "<Dimensions length=\"4\" width=\"2\" height=\"1.5\"/></BoundingBox>"
         "<Performance maxSpeed=\"70\" maxAcceleration=\"200\" maxDeceleration=\"200\"/>"
         "<Axles><FrontAxle maxSteering=\"0.5\" wheelDiameter=\"0.6\" trackWidth=\"1.6\" positionX=\"2.8\" "
         "positionZ=\"0.3\"/>"
         "<RearAxle maxSteering=\"0\" wheelDiameter=\"0.6\" trackWidth=\"1.6\" positionX=\"0\" "
         "positionZ=\"0.3\"/></Axles>"
         "</Vehicle></ScenarioObject>\n";
}

std::string speed_action(const std::string& shape, const std::string& dimension, double value, double target_mps) {
  return "<PrivateAction><LongitudinalAction><SpeedAction><SpeedActionDynamics dynamicsShape=\"" + shape +
         "\" dynamicsDimension=\"" + dimension + "\" value=\"" + number(value) +
         "\"/><SpeedActionTarget><AbsoluteTargetSpeed value=\"" + number(target_mps) +
         "\"/></SpeedActionTarget></SpeedAction></LongitudinalAction></PrivateAction>";
}

std::string placed(const std::string& entity, int lane_id, double s_m, double speed_mps) {
  return "<Private entityRef=\"" + entity +
         "\"><PrivateAction><TeleportAction><Position><LanePosition roadId=\"1\" laneId=\"" + std::to_string(lane_id) +
         "\" s=\"" + number(s_m) + "\"/></Position></TeleportAction></PrivateAction>" +
         speed_action("step", "time", 0, speed_mps) + "</Private>\n";
}

std::string when_time(double time_s, const std::string& edge, double delay_s) {
  return "<ConditionGroup><Condition name=\"time\" delay=\"" + number(delay_s) + "\" conditionEdge=\"" + edge +
         "\"><ByValueCondition><SimulationTimeCondition value=\"" + number(time_s) +
         "\" rule=\"greaterOrEqual\"/></ByValueCondition></Condition></ConditionGroup>";
}

std::string at_time(double time_s, const std::string& actor, const std::string& action, const std::string& name) {
  return "<Story name=\"story " + name + "\"><Act name=\"act " + name + "\"><ManeuverGroup name=\"group " + name +
         "\" maximumExecutionCount=\"1\"><Actors selectTriggeringEntities=\"false\"><EntityRef entityRef=\"" + actor +
         "\"/></Actors><Maneuver name=\"maneuver " + name + "\"><Event name=\"event " + name +
         "\" priority=\"override\"><Action name=\"action " + name + "\">" + action + "</Action><StartTrigger>" +
         when_time(time_s) + "</StartTrigger></Event></Maneuver></ManeuverGroup></Act></Story>\n";
}

std::string MadeScenario::text() const {
  const std::string actions = !init.empty() ? init : placed("Ego", -2, 50, 20) + placed("Other", -2, 100, 10);
  return "<?xml version=\"1.0\"?>\n<OpenSCENARIO>\n<FileHeader revMajor=\"1\" revMinor=\"3\" "
         "date=\"2026-01-01T00:00:00\" "
         "description=\"\" author=\"\"/>\n<ParameterDeclarations>" +
         parameters + "</ParameterDeclarations>\n<VariableDeclarations>" + variables +
         "</VariableDeclarations>\n<CatalogLocations/>\n<RoadNetwork><LogicFile filepath=\"" + road + "\"/>" +
         (signals.empty() ? "" : "<TrafficSignals>" + signals + "</TrafficSignals>") + "</RoadNetwork>\n<Entities>\n" +
         scenario_object("Ego") + scenario_object("Other") + more_entities +
         "</Entities>\n<Storyboard><Init><Actions>\n" + actions + "</Actions></Init>\n" + stories + "<StopTrigger>" +
         stop + "</StopTrigger></Storyboard>\n</OpenSCENARIO>\n";
}

PlayedScenario start_made(const MadeScenario& made, const scenario::RunOptions& options) {
  const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
  const std::string folder = made_folder(std::string(info->test_suite_name()) + "_" + info->name());
  PlayedScenario played;
  scenario::ScenarioLibrary library;
  scenario::MapLibrary maps;
  auto read = scenario::read_scenario(library, write_file(folder, "made.xosc", made.text()));
  if (!read) return played.trouble = read.error().message, std::move(played);
  if (scenario::has_errors(read->findings)) {
    played.trouble = scenario::errors_of(read->findings).message;
    return played;
  }
  played.scenario = std::make_shared<const scenario::Scenario>(std::move(read->scenario));
  const auto map = maps.map_of(*played.scenario);
  if (!map) return played.trouble = map.error().message, std::move(played);
  auto run = scenario::ScenarioRun::start(played.scenario, *map, options);
  if (!run) return played.trouble = run.error().message, std::move(played);
  played.run.emplace(std::move(*run));
  return played;
}

bool play_until(PlayedScenario& played, double time_s) {
  while (played.run && played.run->world().time_s() < time_s - 1e-9) {
    const auto going = played.run->step();
    if (!going) played.trouble = going.error().message;
    if (!going || !*going) return played.run->world().time_s() >= time_s - 1e-9 && going;
  }
  return played.run.has_value();
}

}  // namespace hangil::tests
