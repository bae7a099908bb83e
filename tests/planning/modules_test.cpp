// SPDX-License-Identifier: Apache-2.0
#include <map>

#include <dlfcn.h>
#include <gtest/gtest.h>

#include "control/bicycle.hpp"
#include "messages/command.hpp"
#include "messages/pose_sample.hpp"
#include "messages/safety_report.hpp"
#include "planning/street.hpp"
#include "runtime/module.hpp"

namespace hangil::planning {
namespace {

using runtime::Message;
using runtime::MessagePtr;

// The newest messages by topic, and a sequence number for each.
struct Bus {
  std::map<std::string, MessagePtr> newest;
  std::uint64_t sequence = 0;

  template <class T>
  void put(const std::string& topic, base::Time stamp, T value) {
    put_any(topic, stamp, std::make_shared<const T>(std::move(value)));
  }
  void put_any(const std::string& topic, base::Time stamp, std::shared_ptr<const void> value) {
    auto message = std::make_shared<Message>();
    message->sequence = ++sequence;
    message->stamp = message->published = stamp;
    message->value = std::move(value);
    newest[topic] = message;
  }
  template <class T>
  const T* get(const std::string& topic) const {
    const auto found = newest.find(topic);
    return found == newest.end() ? nullptr : static_cast<const T*>(found->second->value.get());
  }
};

// One module library, loaded as the runtime does, with ports wired by name.
struct Loaded {
  std::vector<base::ConfigProblem> problems;
  runtime::Setup setup{nullptr, problems};
  std::unique_ptr<runtime::Module> module;
  std::map<std::string, std::string> topics;

  Loaded(const std::string& name, std::map<std::string, std::string> wires) : topics(std::move(wires)) {
    const std::string path = std::string(HANGIL_BUILD_DIR) + "/lib/hangil/libhangil_" + name + ".so";
    void* handle = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    EXPECT_NE(handle, nullptr) << dlerror();
    using Entry = const runtime::ModuleLibrary* (*)();
    const auto entry = reinterpret_cast<Entry>(dlsym(handle, "hangil_module_library"));
    EXPECT_NE(entry, nullptr);
    EXPECT_EQ(entry()->abi_version, runtime::kModuleAbiVersion);
    module = entry()->make(setup);
  }

  std::int64_t step(Bus& bus, base::Time now, std::int64_t allowance = 0) {
    runtime::Activation::Inputs inputs;
    for (const auto& input : setup.inputs()) {
      const auto found = bus.newest.find(topics.at(input.name));
      inputs.push_back(found == bus.newest.end() ? std::vector<MessagePtr>{} : std::vector<MessagePtr>{found->second});
    }
    runtime::Activation activation({now, 0, 0, 0, allowance}, inputs);
    module->step(activation);
    for (const auto& output : activation.outputs()) {
      const auto& declared = setup.outputs()[static_cast<std::size_t>(output.output)];
      bus.put_any(topics.at(declared.name), output.stamp, output.value);
    }
    return activation.operations();
  }
};

struct Chain {
  Loaded predictor{"predictor", {{"tracks", "/tracks"}, {"map", "/map/lanes"}, {"predictions", "/predictions"}}};
  Loaded planner{"planner",
                 {{"predictions", "/predictions"},
                  {"pose", "/localization/pose"},
                  {"mission", "/mission"},
                  {"map", "/map/lanes"},
                  {"signals", "/map/signals"},
                  {"reasons", "/planning/reasons"},
                  {"trajectory", "/trajectory"}}};
  Loaded validator{"trajectory_validator",
                   {{"trajectory", "/trajectory"},
                    {"predictions", "/predictions"},
                    {"pose", "/localization/pose"},
                    {"safe_trajectory", "/safe_trajectory"},
                    {"report", "/safety/report"},
                    {"health", "/runtime/health"},
                    {"level", "/safety/level"}}};
  Loaded controller{
      "controller",
      {{"trajectory", "/safe_trajectory"}, {"pose", "/localization/pose"}, {"command", "/control/command"}}};
  Loaded command_validator{
      "command_validator",
      {{"command", "/control/command"}, {"safe_command", "/command"}, {"report", "/safety/command_report"}}};
  Bus bus;

  void publish_pose(base::Time now, const control::BicycleState& vehicle) {
    math::PoseSample sample;
    sample.stamp = now;
    sample.x_m = vehicle.pose.x_m, sample.y_m = vehicle.pose.y_m;
    sample.qz = std::sin(vehicle.pose.yaw_rad / 2), sample.qw = std::cos(vehicle.pose.yaw_rad / 2);
    sample.vx_mps = vehicle.speed_mps;
    sample.wz_radps = vehicle.speed_mps * vehicle.curvature_radpm({});
    bus.put("/localization/pose", now, messages::odometry_of(sample, "map", "ego"));
  }

  void step(base::Time now, const std::vector<messages::Track>& tracks) {
    messages::Tracks message;
    message.header = {now, "map"};
    message.tracks = tracks;
    bus.put("/tracks", now, message);
    predictor.step(bus, now);
    EXPECT_GT(planner.step(bus, now, 100), 0);
    validator.step(bus, now);
    controller.step(bus, now);
    command_validator.step(bus, now);
  }
};

TEST(Modules, ChainDrivesToTheGoalOfItsMission) {
  Chain chain;
  messages::Mission mission;
  mission.header.frame_id = "map";
  for (double x = 0; x <= 60; x += 2) mission.path.push_back({x, 5 * std::sin(x / 20)});
  mission.has_goal = true;
  mission.desired_speed_mps = 8;
  chain.bus.put("/mission", {}, mission);
  control::BicycleState vehicle;
  vehicle.pose.yaw_rad = std::atan2(5.0, 20.0);
  for (int i = 0; i < 300; ++i) {
    const base::Time now{i * 100'000'000LL};
    chain.publish_pose(now, vehicle);
    chain.step(now, {tests::car_at({30, 12, 0}, 0)});
    const auto* command = chain.bus.get<messages::Command>("/command");
    ASSERT_NE(command, nullptr);
    EXPECT_TRUE(chain.bus.get<messages::SafetyReport>("/safety/report")->is_accepted) << i;
    EXPECT_TRUE(chain.bus.get<messages::SafetyReport>("/safety/command_report")->is_accepted) << i;
    vehicle = control::advance(vehicle, {command->steering_angle_rad, command->acceleration_mps2}, {}, 0.1);
  }
  EXPECT_EQ(vehicle.speed_mps, 0);
  EXPECT_NEAR(vehicle.pose.x_m, 60, 1.0);
}

TEST(Modules, PredictorThrowsOnTracksThatAreNotFinite) {
  Chain chain;
  messages::Tracks tracks;
  tracks.tracks = {tests::car_at({1e9, 0, 0}, 0)};
  chain.bus.put("/tracks", {}, tracks);
  EXPECT_THROW(chain.predictor.step(chain.bus, {}), std::runtime_error);
}

TEST(Modules, PlannerWithoutAPoseRefusesAndTheValidatorRejects) {
  Chain chain;
  chain.bus.put("/predictions", {}, tests::predictions_of({}));
  chain.planner.step(chain.bus, {});
  const auto* trajectory = chain.bus.get<messages::Trajectory>("/trajectory");
  ASSERT_NE(trajectory, nullptr);
  EXPECT_TRUE(trajectory->behaviour.starts_with("refused: ")) << trajectory->behaviour;
  chain.validator.step(chain.bus, {});
  EXPECT_EQ(chain.bus.get<messages::Trajectory>("/safe_trajectory"), nullptr);
  EXPECT_FALSE(chain.bus.get<messages::SafetyReport>("/safety/report")->is_accepted);
}

TEST(Modules, ConfigurationsAreReadAndDescribed) {
  Chain chain;
  for (const Loaded* loaded :
       {&chain.predictor, &chain.planner, &chain.validator, &chain.controller, &chain.command_validator}) {
    EXPECT_TRUE(loaded->problems.empty());
    EXPECT_FALSE(loaded->setup.parameters().empty());
    for (const auto& parameter : loaded->setup.parameters()) EXPECT_FALSE(parameter.meaning.empty());
  }
}

}  // namespace
}  // namespace hangil::planning
