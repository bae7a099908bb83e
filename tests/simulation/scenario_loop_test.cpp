// SPDX-License-Identifier: Apache-2.0
#include "simulation/scenario_loop.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "base/json.hpp"
#include "simulation/signal_message.hpp"

namespace hangil::simulation {
namespace {

ScenarioLoopConfig config_of(const std::string& name) {
  ScenarioLoopConfig config;
  config.scenario_file = std::string(HANGIL_SOURCE_DIR) + "/scenarios/" + name + "/" + name + ".xosc";
  return config;
}

ScenarioLoop loaded(const ScenarioLoopConfig& config, std::uint64_t seed = 1) {
  auto loop = ScenarioLoop::load(config, seed);
  EXPECT_TRUE(loop.ok()) << (loop.ok() ? "" : loop.error().message);
  return *std::move(loop);
}

ScenarioLoop::Tick tick_at(ScenarioLoop& loop, double time_s, const messages::Command* command = nullptr) {
  auto tick = loop.advance_to(base::Time{} + base::Duration::seconds(time_s), command);
  EXPECT_TRUE(tick.ok() && tick->has_value());
  return **std::move(tick);
}

TEST(ScenarioLoop, BeginsWhereTheScenarioPutsEgoWithItsMission) {
  ScenarioLoop loop = loaded(config_of("follow_slow_truck"));
  const ScenarioLoop::Tick tick = tick_at(loop, 0);
  EXPECT_NEAR(tick.pose.pose.pose.position.x, 50, 1e-6);
  EXPECT_NEAR(tick.pose.pose.pose.position.y, -2.5 * 3.75, 1e-6);
  EXPECT_NEAR(tick.pose.twist.twist.linear.x, 100 / 3.6, 1e-3);
  ASSERT_TRUE(tick.mission.has_value());
  EXPECT_NEAR(tick.mission->desired_speed_mps, 100 / 3.6, 1e-3);
  ASSERT_GT(tick.mission->path.size(), 500U);
  for (std::size_t i = 0; i < 600; ++i) EXPECT_NEAR(tick.mission->path[i].y_m, -2.5 * 3.75, 1e-6);
  ASSERT_TRUE(tick.truth.has_value());
  ASSERT_EQ(tick.truth->objects.size(), 1U);
  EXPECT_NEAR(tick.truth->objects[0].box.x_m, 150 + 12.0 / 2 - 3, 1e-6);
}

TEST(ScenarioLoop, EgoObeysCommandsAndNobodyElseMovesIt) {
  ScenarioLoop loop = loaded(config_of("follow_slow_truck"));
  (void)tick_at(loop, 0);
  messages::Command brake;
  brake.acceleration_mps2 = -4;
  double x_m = 0, speed_mps = 0;
  for (int k = 1; k <= 300; ++k) {
    const ScenarioLoop::Tick tick = tick_at(loop, 0.01 * k, &brake);
    x_m = tick.pose.pose.pose.position.x, speed_mps = tick.pose.twist.twist.linear.x;
    EXPECT_FALSE(tick.mission.has_value());
  }
  EXPECT_NEAR(speed_mps, 100 / 3.6 - 4 * 2.8, 1.2);
  EXPECT_NEAR(x_m, 50 + 3 * 100 / 3.6 - 4 * 9.0 / 2, 4);
}

TEST(ScenarioLoop, ObjectsComeLateByTheSensorsLatency) {
  ScenarioLoopConfig config = config_of("follow_slow_truck");
  config.sensor_latency_s = 0.3;
  ScenarioLoop loop = loaded(config);
  int count = 0;
  for (int k = 0; k <= 100; ++k) {
    const ScenarioLoop::Tick tick = tick_at(loop, 0.01 * k);
    if (!tick.objects) continue;
    ++count;
    EXPECT_EQ((tick.pose.header.stamp - tick.objects->header.stamp).ns, 300'000'000);
  }
  EXPECT_EQ(count, 8);
}

TEST(ScenarioLoop, EndsWithItsReasonAndThenSaysNothing) {
  ScenarioLoopConfig config = config_of("overtaken_on_both_sides");
  config.time_limit_s = 1;
  ScenarioLoop loop = loaded(config);
  std::string last;
  for (int k = 0; k <= 100; ++k) {
    const ScenarioLoop::Tick tick = tick_at(loop, 0.01 * k);
    if (!tick.events.empty()) last = tick.events.back().kind + ": " + tick.events.back().detail;
  }
  EXPECT_EQ(last, "end: time limit");
  const auto after = loop.advance_to(base::Time{} + base::Duration::seconds(2), nullptr);
  ASSERT_TRUE(after.ok());
  EXPECT_FALSE(after->has_value());
}

// Ego closes in on the truck and then brakes far below its speed.
TEST(ScenarioLoop, EndsWhenNothingIsLeftToAvoidWhereThatIsAsked) {
  for (const double asked_s : {0.0, 2.0}) {
    ScenarioLoopConfig config = config_of("follow_slow_truck");
    config.time_limit_s = 12;
    config.ends_when_avoided_s = asked_s;
    ScenarioLoop loop = loaded(config);
    messages::Command brake;
    brake.acceleration_mps2 = -6;
    std::string end;
    double end_s = 0;
    for (int k = 0; k <= 1300 && end.empty(); ++k) {
      const auto tick = loop.advance_to(base::Time{} + base::Duration::milliseconds(10 * k), &brake);
      ASSERT_TRUE(tick.ok());
      if (!*tick) break;
      for (const messages::ScenarioEvent& event : (*tick)->events) {
        if (event.kind == "end") end = event.detail, end_s = 0.01 * k;
      }
    }
    EXPECT_EQ(end, asked_s > 0 ? "nothing left to avoid" : "time limit");
    EXPECT_LT(end_s, asked_s > 0 ? 6 : 12.1);
  }
}

TEST(ScenarioLoop, SameSeedSameObjects) {
  ScenarioLoop a = loaded(config_of("cut_in_close"), 3), b = loaded(config_of("cut_in_close"), 3),
               c = loaded(config_of("cut_in_close"), 4);
  bool has_differed = false;
  for (int k = 0; k < 200; ++k) {
    const auto at = [&](ScenarioLoop& loop) {
      return base::to_json(tick_at(loop, 0.01 * k).objects.value_or(messages::Objects{}), 1000);
    };
    const std::string first = at(a);
    EXPECT_EQ(first, at(b));
    has_differed = has_differed || first != at(c);
  }
  EXPECT_TRUE(has_differed);
}

TEST(ScenarioLoop, TellsTheMapOnceAndWhatLightsShow) {
  ScenarioLoop loop = loaded(config_of("light_turns_red"));
  const ScenarioLoop::Tick first = tick_at(loop, 0);
  ASSERT_TRUE(first.map.has_value());
  EXPECT_EQ(first.map->lights.size(), 1U);
  ASSERT_TRUE(first.signals.has_value());
  EXPECT_EQ(first.signals->signals.at(0).state, messages::LightState::kGreen);
  for (int k = 1; k <= 510; ++k) {
    const ScenarioLoop::Tick tick = tick_at(loop, 0.01 * k);
    EXPECT_FALSE(tick.map.has_value());
    if (k == 510) {
      EXPECT_EQ(tick.signals.value().signals.at(0).state, messages::LightState::kYellow);
    }
  }
}

TEST(ScenarioLoop, TellsWhereEgoIsInItsLane) {
  ScenarioLoop loop = loaded(config_of("follow_slow_truck"));
  messages::Command left;
  left.steering_angle_rad = 0.01;
  const messages::LanePlace first = tick_at(loop, 0).place.value();
  EXPECT_EQ(first.lane, "1.0.-3");
  EXPECT_NEAR(first.centre_offset_m, 0, 1e-6);
  EXPECT_NEAR(first.tyre_to_marking_m, (3.75 - 1.82) / 2 + 0.075, 1e-6);
  EXPECT_NEAR(first.speed_limit_mps, 130 / 3.6, 1e-6);
  EXPECT_FALSE(first.has_route);
  messages::LanePlace last;
  double y_m = 0;
  for (int k = 1; k <= 150; ++k) {
    const ScenarioLoop::Tick tick = tick_at(loop, 0.01 * k, &left);
    if (tick.place) last = *tick.place, y_m = tick.pose.pose.pose.position.y;
  }
  EXPECT_GT(y_m, -2.5 * 3.75 + 0.5);
  EXPECT_NEAR(last.centre_offset_m, std::remainder(y_m + 2.5 * 3.75, 3.75), 0.01);
  EXPECT_GT(last.progress_m, 35);
  EXPECT_EQ(last.off_drivable_m, 0);
}

TEST(ScenarioLoop, ARouteSaysHowMuchOfItIsLeft) {
  ScenarioLoop loop = loaded(config_of("stop_sign_at_tee"));
  const messages::LanePlace place = tick_at(loop, 0).place.value();
  EXPECT_TRUE(place.has_route);
  EXPECT_NEAR(place.route_left_m, 70 + 60 + 22, 5);
}

TEST(ScenarioLoop, BlindSensorsSayNothing) {
  ScenarioLoopConfig config = config_of("follow_slow_truck");
  config.blind_from_s = 0.35, config.blind_for_s = 0.4;
  ScenarioLoop loop = loaded(config);
  std::vector<double> seen_s;
  for (int k = 0; k <= 100; ++k) {
    if (tick_at(loop, 0.01 * k).objects) seen_s.push_back(0.01 * k);
  }
  ASSERT_EQ(seen_s.size(), 7U);
  EXPECT_NEAR(seen_s[3], 0.3, 1e-9);
  EXPECT_NEAR(seen_s[4], 0.8, 1e-9);
}

TEST(SignalMessage, ReadsTheWordsOfScenarios) {
  using enum messages::LightState;
  const std::vector<std::pair<std::string_view, messages::LightState>> words = {
      {"red", kRed},           {"GREEN", kGreen},    {"yellow", kYellow},
      {"off;off;on", kGreen},  {"on;off;off", kRed}, {"on;on;off", kRedYellow},
      {"off;on;off", kYellow}, {"true;false", kRed}, {"off;off;off", kOff},
      {"off", kOff},           {"blue", kUnknown},   {"", kUnknown}};
  for (const auto& [word, state] : words) EXPECT_EQ(light_state(word), state) << word;
}

TEST(ScenarioLoop, NamesWhatIsMissing) {
  ScenarioLoopConfig config = config_of("no_such_scenario");
  EXPECT_NE(ScenarioLoop::load(config, 1).error().message.find("no_such_scenario.xosc"), std::string::npos);
  config = config_of("end_of_queue");
  config.ego_entity = "Nobody";
  EXPECT_NE(ScenarioLoop::load(config, 1).error().message.find("no entity 'Nobody'"), std::string::npos);
  config = config_of("end_of_queue");
  config.vehicle_file = "no_such_vehicle.yaml";
  EXPECT_NE(ScenarioLoop::load(config, 1).error().message.find("no_such_vehicle.yaml"), std::string::npos);
}

}  // namespace
}  // namespace hangil::simulation
