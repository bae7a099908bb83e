// SPDX-License-Identifier: Apache-2.0
#include "cli/scenario_drive.hpp"

#include <atomic>

#include <fmt/format.h>

#include "base/digest.hpp"
#include "cli/drive_recorder.hpp"
#include "cli/drive_session.hpp"
#include "cli/installation.hpp"
#include "cli/interrupt.hpp"
#include "cli/pipeline_loading.hpp"
#include "cli/scenario_settings.hpp"
#include "scenario/assignments.hpp"
#include "scenario/read_scenario.hpp"
#include "simulation/scenario_start.hpp"

namespace hangil::cli {

namespace {

constexpr base::Time kStart{1'767'225'600'000'000'000};  // 2026-01-01 00:00 UTC, as made drives begin
constexpr double kTimeLimitS = 120, kLongestS = 400;
constexpr std::string_view kWorldLibrary = "scenario_world", kLidarLibrary = "scenario_lidar",
                           kCameraLibrary = "scenario_camera";
constexpr std::string_view kEventTopic = "/scenario/events";

// What modules are told of the vehicle: the ego entity's own measures.
std::vector<std::string> vehicle_overrides(const runtime::ModuleSpec& module, const scenario::EntityDefinition& ego,
                                           bool keeps_lane) {
  std::vector<std::string> overrides;
  const auto set = [&](std::string_view key, double value) {
    overrides.push_back(fmt::format("{}.{}={:.4f}", module.name, key, value));
  };
  if (module.library == "planner" || module.library == "trajectory_validator") {
    set("vehicle_length_m", ego.box.length_m);
    set("vehicle_width_m", ego.box.width_m);
    set("rear_overhang_m", std::max(0.0, ego.box.length_m / 2 - ego.box.center_x_m));
  }
  if (module.library == "planner" && keeps_lane) overrides.push_back(module.name + ".keep_lane=true");
  const double wheelbase_m = ego.front_axle.position_x_m - ego.rear_axle.position_x_m;
  if (module.library == "controller" && wheelbase_m > 0.5) set("wheelbase_m", wheelbase_m);
  return overrides;
}

// What the world and the sensors in it are told of the scenario.
std::vector<std::string> world_overrides(const runtime::ModuleSpec& module, const ScenarioDrive& drive,
                                         const ScenarioSettings& settings) {
  std::string parameters;
  for (const std::string& one : drive.parameters) parameters += (parameters.empty() ? "" : ";") + one;
  std::vector<std::string> overrides;
  const auto set = [&](std::string_view key, const std::string& value) {
    if (!value.empty()) overrides.push_back(fmt::format("{}.{}={}", module.name, key, value));
  };
  set("scenario_file", drive.scenario_file);
  set("parameters", parameters);
  set("maps", drive.maps);
  if (module.library == kCameraLibrary && module.config.find("rig_file") == nullptr) {
    set("rig_file", config_dir() + "/sensors/closed_loop.yaml");
  }
  if (module.library != kWorldLibrary) return overrides;
  set("ego_entity", drive.ego_entity);
  set("vehicle_file", drive.vehicle_file);
  set("time_limit_s", fmt::format("{}", drive.time_limit_s));
  if (drive.ends_when_avoided_s > 0) set("ends_when_avoided_s", fmt::format("{}", drive.ends_when_avoided_s));
  for (const std::string& one : settings.world) overrides.push_back(module.name + "." + one);
  return overrides;
}

// When the scenario's stop trigger ends it whatever happens: the earliest time that alone is enough. 0: never.
double stop_time_s(const scenario::Scenario& scenario) {
  double earliest_s = 0;
  for (const scenario::ConditionGroup& group : scenario.storyboard.stop) {
    if (group.size() != 1) continue;
    const auto* by_value = std::get_if<scenario::ByValueCondition>(&group.front().value);
    const auto* time = by_value != nullptr ? std::get_if<scenario::SimulationTimeCondition>(by_value) : nullptr;
    if (time == nullptr ||
        (time->rule != scenario::Rule::kGreaterThan && time->rule != scenario::Rule::kGreaterOrEqual))
      continue;
    const double end_s = time->value_s + group.front().delay_s;
    earliest_s = earliest_s > 0 ? std::min(earliest_s, end_s) : end_s;
  }
  return earliest_s;
}

struct EgoAndEnd {
  scenario::EntityDefinition ego;
  double stop_s = 0;
};

base::Result<EgoAndEnd> read_ego(const ScenarioDrive& drive) {
  scenario::ScenarioLibrary library;
  const auto parameters = scenario::parse_assignments(drive.parameters);
  if (!parameters) return parameters.error();
  const auto read = scenario::read_scenario(library, drive.scenario_file, *parameters);
  if (!read) return read.error();
  if (scenario::has_errors(read->findings)) return scenario::errors_of(read->findings);
  const auto ego = simulation::ego_of(read->scenario, drive.ego_entity);
  if (!ego) return ego.error();
  return EgoAndEnd{read->scenario.entities[static_cast<std::size_t>(*ego)], stop_time_s(read->scenario)};
}

base::Result<LoadedPipeline> load_for(const ScenarioDrive& drive, const scenario::EntityDefinition& ego,
                                      const ScenarioSettings& settings) {
  const std::vector<runtime::SourceChannel> none;
  auto root = base::load_yaml(drive.pipeline_file);
  if (!root) return root.error();
  std::vector<base::ConfigProblem> problems;  // said when the pipeline is loaded
  const runtime::PipelineSpec plain = runtime::read_pipeline(*std::move(root), {}, problems);
  std::vector<std::string> overrides;
  bool has_world = false;
  for (const runtime::ModuleSpec& module : plain.modules) {
    const bool is_world = module.library == kWorldLibrary;
    has_world = has_world || is_world;
    const bool is_of_world = is_world || module.library == kLidarLibrary || module.library == kCameraLibrary;
    const auto more = is_of_world ? world_overrides(module, drive, settings)
                                  : vehicle_overrides(module, ego, drive.keeps_lane || settings.keeps_lane);
    overrides.insert(overrides.end(), more.begin(), more.end());
  }
  if (!has_world && problems.empty()) {
    return base::Error{drive.pipeline_file + ": no module of library " + std::string(kWorldLibrary) +
                       ", so nothing plays the scenario; see configs/pipelines/planning.yaml"};
  }
  overrides.insert(overrides.end(), drive.overrides.begin(), drive.overrides.end());
  return load_pipeline(drive.pipeline_file, overrides, &none);
}

// Takes down what is judged later, and when the scenario is over.
class OutcomeKeeper {
 public:
  OutcomeKeeper(const runtime::Graph& graph, ScenarioOutcome& outcome) : graph_(graph), outcome_(outcome) {}

  // False once the scenario is over: what comes after is no part of it.
  bool take(int channel, const runtime::Message& message) {
    if (is_over_ && message.published > outcome_.end) return false;
    outcome_.end = message.published;
    outcome_.trace_hash =
        base::mix(base::mix(outcome_.trace_hash, static_cast<std::uint64_t>(channel)), message.digest);
    const std::string& topic = graph_.channels[static_cast<std::size_t>(channel)].topic;
    if (topic == "/localization/pose") keep(message, outcome_.poses);
    if (topic == "/truth/objects") keep(message, outcome_.truth);
    if (topic == "/mission") keep(message, outcome_.missions);
    if (topic == "/planning/reasons") keep(message, outcome_.reasons);
    if (topic == "/truth/lane_place") keep(message, outcome_.places);
    if (topic == kEventTopic) take_event(message);
    return true;
  }

  const std::atomic<bool>& is_over() const { return is_over_; }

 private:
  template <class T>
  static void keep(const runtime::Message& message, std::vector<T>& kept) {
    if (message.cdr == nullptr) return;
    if (auto value = base::decode_cdr<T>(*message.cdr)) kept.push_back(*std::move(value));
  }

  void take_event(const runtime::Message& message) {
    keep(message, outcome_.events);
    if (outcome_.events.empty() || outcome_.events.back().kind != "end") return;
    outcome_.end_reason = outcome_.events.back().detail;
    is_over_ = true;
  }

  const runtime::Graph& graph_;
  ScenarioOutcome& outcome_;
  std::atomic<bool> is_over_ = false;
};

}  // namespace

base::Result<ScenarioOutcome> drive_scenario(const ScenarioDrive& given) {
  ScenarioDrive drive = given;
  const auto read = read_ego(drive);
  if (!read) return read.error();
  const scenario::EntityDefinition* ego = &read->ego;
  if (drive.time_limit_s <= 0) drive.time_limit_s = std::clamp(read->stop_s + 1, kTimeLimitS, kLongestS);
  const auto settings = settings_of(drive.scenario_file);
  if (!settings) return settings.error();
  const std::uint64_t seed = drive.seed != 0 ? drive.seed : settings->seed.value_or(0);
  const auto loaded = load_for(drive, *ego, *settings);
  if (!loaded) return loaded.error();
  runtime::ReplayOptions options{.worker_count = drive.worker_count, .seed = seed};
  options.start = kStart;
  options.end = kStart + base::Duration::seconds(drive.time_limit_s + 1);
  options.keeps_cdr = true;
  auto session =
      begin_session(*loaded, nullptr, drive.output,
                    describe_run(*loaded, "replay", "declared", drive.worker_count, seed, kStart), options.end, {});
  if (!session) return session.error();
  ScenarioOutcome outcome{.ego_name = ego->name,
                          .ego_length_m = ego->box.length_m,
                          .ego_width_m = ego->box.width_m,
                          .ego_centre_ahead_m = ego->box.center_x_m,
                          .start = kStart};
  OutcomeKeeper keeper(loaded->graph, outcome);
  options.should_stop = &keeper.is_over();
  runtime::RunSinks sinks = session->sinks(loaded->graph);
  sinks.on_message = [&, record = sinks.on_message](int channel, const runtime::Message& message) {
    if (keeper.take(channel, message)) record(channel, message);
  };
  sinks.on_event = [&, record = sinks.on_event](const runtime::EventRecord& event) {
    if (!keeper.is_over() || event.time <= outcome.end) record(event);
  };
  const auto nothing = []() -> base::Result<std::optional<runtime::SourceMessage>> {
    return std::optional<runtime::SourceMessage>{};
  };
  const auto summary = runtime::replay(loaded->graph, nothing, options, sinks);
  if (const base::Status ended = close_session(*session, summary, outcome.end); !ended) return ended.error();
  return outcome;
}

}  // namespace hangil::cli
