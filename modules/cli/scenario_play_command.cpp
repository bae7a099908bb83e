// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/interrupt.hpp"
#include "cli/scenario_commands.hpp"
#include "recording/drive_writer.hpp"
#include "scenario/assignments.hpp"
#include "scenario/distribution.hpp"
#include "scenario/drive_messages.hpp"
#include "scenario/ego_driver.hpp"
#include "scenario/map_library.hpp"
#include "scenario/read_scenario.hpp"
#include "scenario/trace.hpp"

namespace hangil::cli {

namespace {

constexpr base::Time kStart{1'767'225'600'000'000'000};  // 2026-01-01 00:00 UTC, as made drives begin
constexpr double kTruthRange_m = 250, kMissionLength_m = 2000;

struct Options {
  std::string file, output, csv, ego = "scenario", ego_name = "Ego";
  std::vector<std::string> parameters, maps;
  double step_s = 0.01, time_limit_s = 600;
  std::uint64_t point = 0;
};

// Where the recording's messages go.
class RunRecorder {
 public:
  static base::Result<RunRecorder> create(const std::string& path) {
    auto writer = recording::DriveWriter::create(path);
    if (!writer) return writer.error();
    return RunRecorder(std::move(*writer));
  }

  base::Status begin(scenario::ScenarioRun& run, scenario::EntityIndex ego) {
    return writer_.write(mission_, kStart, kStart,
                         scenario::mission(run.world(), run.motion(ego), ego, kStart, kMissionLength_m));
  }
  // The present moment; truth every 100 ms.
  base::Status add(const scenario::World& world, scenario::EntityIndex ego) {
    if (!world.entity(ego).is_present) return {};
    const base::Time stamp = kStart + world.time;
    if (const auto written = writer_.write(odometry_, stamp, stamp, scenario::odometry(world, ego, stamp)); !written)
      return written;
    if (world.time.ns % 100'000'000 != 0) return {};
    return writer_.write(truth_, stamp, stamp, scenario::truth_objects(world, ego, stamp, kTruthRange_m));
  }
  base::Status end(const scenario::ScenarioRun& run, const scenario::Scenario& scenario) {
    for (const messages::ScenarioEvent& event : scenario::EventTeller{}.tell(run, kStart)) {
      if (const auto written = writer_.write(events_, event.header.stamp, event.header.stamp, event); !written)
        return written;
    }
    std::map<std::string, std::string> values = {{"file", scenario.file},
                                                 {"end", std::string(scenario::word(run.end_reason()))}};
    for (const auto& [name, value] : scenario.parameters) values["parameter " + name] = value;
    if (const auto added = writer_.add_metadata("scenario", values); !added) return added;
    return writer_.close();
  }

 private:
  explicit RunRecorder(recording::DriveWriter writer) : writer_(std::move(writer)) {
    mission_ = writer_.add_channel("/mission", base::message_type<messages::Mission>());
    odometry_ = writer_.add_channel("/odometry", base::message_type<messages::Odometry>());
    truth_ = writer_.add_channel("/truth/objects", base::message_type<messages::TruthObjects>());
    events_ = writer_.add_channel("/scenario/events", base::message_type<messages::ScenarioEvent>());
  }

  recording::DriveWriter writer_;
  int mission_ = -1, odometry_ = -1, truth_ = -1, events_ = -1;
};

// What is written while a scenario is played.
struct Outputs {
  std::optional<RunRecorder> recorder;
  std::optional<scenario::Trace> trace;
  std::optional<scenario::EntityIndex> ego;

  base::Status add(const scenario::World& world) {
    if (trace) trace->add(world);
    return recorder ? recorder->add(world, *ego) : base::Status{};
  }
};

base::Status play_to_end(scenario::ScenarioRun& run, std::optional<scenario::EgoDriver>& driver, Outputs& outputs) {
  if (const auto added = outputs.add(run.world()); !added) return added;
  while (run.end_reason() == scenario::EndReason::kRunning && !interrupted()) {
    const auto going = run.step(driver ? driver->control(run) : scenario::OutsideControl{});
    if (!going) return going.error();
    if (const auto added = outputs.add(run.world()); !added) return added;
  }
  return {};
}

void print_summary(const scenario::ScenarioRun& run, const scenario::Scenario& scenario) {
  for (const scenario::CollisionEvent& event : run.log().collisions) {
    if (!event.begins) continue;
    fmt::print("{:.2f} s: {} and {} collide\n", event.time_s, run.world().definition(event.contact.first).name,
               run.world().definition(event.contact.second).name);
  }
  for (const scenario::SourceEvent& event : run.log().exhausted_sources) {
    fmt::print("{:.2f} s: traffic source '{}' has no more vehicles; others come when some have left\n", event.time_s,
               event.name);
  }
  for (const auto& [name, value] : run.world().variables) fmt::print("{} = {}\n", name, value);
  fmt::print("{}: {:.2f} s, ended by {}\n", scenario.file, run.world().time_s(), scenario::word(run.end_reason()));
}

// The scenario of a file, or a point of a distribution's.
base::Result<std::shared_ptr<const scenario::Scenario>> read(scenario::ScenarioLibrary& library,
                                                             const Options& options) {
  auto parameters = scenario::parse_assignments(options.parameters);
  if (!parameters) return parameters.error();
  std::string file = options.file;
  const auto root = library.document(file);
  if (root && root->child("ParameterValueDistribution")) {
    const auto distribution = scenario::read_distribution(library, file);
    if (!distribution) return distribution.error();
    if (scenario::has_errors(distribution->findings)) return scenario::errors_of(distribution->findings);
    const std::uint64_t count = scenario::point_count(distribution->distribution);
    if (options.point >= count) return base::Error{fmt::format("{}: point {} of {}", file, options.point, count)};
    const auto point = scenario::point(distribution->distribution, options.point);
    parameters->insert(parameters->begin(), point.begin(), point.end());
    file = distribution->distribution.scenario_file;
  }
  auto read = scenario::read_scenario(library, file, *parameters);
  if (!read) return read.error();
  if (scenario::has_errors(read->findings)) return scenario::errors_of(read->findings);
  for (const scenario::Finding& finding : read->findings) {
    if (finding.severity == scenario::Severity::kUnsupported) fmt::print(stderr, "{}\n", finding.text());
  }
  for (const auto& violation : read->violations) {
    fmt::print(stderr, "{}: parameter '{}' = {} violates its constraints\n", file, violation.parameter,
               violation.value);
  }
  return std::make_shared<const scenario::Scenario>(std::move(read->scenario));
}

base::Result<Outputs> make_outputs(const Options& options, scenario::ScenarioRun& run) {
  Outputs outputs;
  if (!options.csv.empty()) outputs.trace.emplace();
  if (options.output.empty()) return outputs;
  outputs.ego = run.entity_named(options.ego_name);
  if (!outputs.ego)
    return base::Error{options.file + ": no entity '" + options.ego_name + "' (--ego-name) to record as ego"};
  auto recorder = RunRecorder::create(options.output);
  if (!recorder) return recorder.error();
  outputs.recorder.emplace(std::move(*recorder));
  if (const auto begun = outputs.recorder->begin(run, *outputs.ego); !begun) return begun.error();
  return outputs;
}

base::Status finish(const Options& options, Outputs& outputs, const scenario::ScenarioRun& run,
                    const scenario::Scenario& played) {
  if (outputs.recorder) {
    if (const auto ended = outputs.recorder->end(run, played); !ended) return ended;
  }
  if (!outputs.trace) return {};
  std::ofstream csv(options.csv, std::ios::binary);
  csv << scenario::csv_text(*outputs.trace, played);
  return csv.flush() ? base::Status{} : base::Status{base::Error{options.csv + ": cannot be written"}};
}

int play(const Options& options) {
  scenario::ScenarioLibrary library;
  scenario::MapLibrary maps;
  for (const std::string& text : options.maps) maps.add(text);
  const auto scenario = read(library, options);
  if (!scenario) return fail(scenario.error().message);
  const auto map = maps.map_of(**scenario);
  if (!map) return fail(map.error().message);
  scenario::RunOptions run_options;
  run_options.step = base::Duration::seconds(options.step_s);
  run_options.time_limit = base::Duration::seconds(options.time_limit_s);
  auto run = scenario::ScenarioRun::start(*scenario, *map, run_options);
  if (!run) return fail(run.error().message);
  std::optional<scenario::EgoDriver> driver;
  if (options.ego != "scenario") {
    auto made = scenario::EgoDriver::make(*run, options.ego, options.ego_name);
    if (!made) return fail(made.error().message);
    driver = std::move(*made);
  }
  auto outputs = make_outputs(options, *run);
  if (!outputs) return fail(outputs.error().message);
  if (const auto played = play_to_end(*run, driver, *outputs); !played) return fail(played.error().message);
  if (const auto finished = finish(options, *outputs, *run, **scenario); !finished)
    return fail(finished.error().message);
  print_summary(*run, **scenario);
  return interrupted() ? kFailed : kClean;
}

}  // namespace

void add_scenario_play(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("play", "Play a scenario, or a point of a distribution, to its end");
  auto options = std::make_shared<Options>();
  std::vector<std::string> drivers = {"scenario"};
  for (const std::string& name : drivers::driver_names()) drivers.push_back(name);
  command->add_option("file", options->file, "OpenSCENARIO XML file (.xosc)")->required();
  command->add_option("--output,-o", options->output, "Recording to write (.mcap)");
  command->add_option("--csv", options->csv, "Trace to write: time,id,name,x,y,z,h,p,r,speed,wheel_angle");
  command->add_option("--ego", options->ego, "Who drives ego's pedals; scenario: its actions alone")
      ->check(CLI::IsMember(drivers));
  command->add_option("--ego-name", options->ego_name, "The entity that is ego");
  command->add_option("--parameter,-p", options->parameters, "NAME=VALUE instead of the declared value");
  command->add_option("--point", options->point, "Which point of a distribution");
  command->add_option("--map", options->maps, "NAME=FILE.xodr for a map that is named, or a folder of NAME.xodr files");
  command->add_option("--step", options->step_s, "Seconds a step")->check(CLI::Range(0.0001, 1.0));
  command->add_option("--time-limit", options->time_limit_s, "Ends a scenario that does not end itself (s)")
      ->check(CLI::Range(0.01, 1e6));
  command->callback([=, &exit_code] { exit_code = play(*options); });
}

}  // namespace hangil::cli
