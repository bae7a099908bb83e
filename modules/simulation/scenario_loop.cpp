// SPDX-License-Identifier: Apache-2.0
#include "simulation/scenario_loop.hpp"

#include <algorithm>
#include <cmath>

#include "scenario/activation.hpp"
#include "scenario/drive_messages.hpp"
#include "simulation/scenario_reading.hpp"

namespace hangil::simulation {

namespace {

constexpr base::Duration kStep = base::Duration::milliseconds(10);
constexpr base::Duration kSensingPeriod = base::Duration::milliseconds(100);
constexpr double kTruthRangeM = 250, kMissionLengthM = 1500;
constexpr double kStandMps = 0.1;  // asked for by a mission that wants ego to stand: 0 is the planner's own choice

base::Result<control::DynamicBicycleModel> read_vehicle(const std::string& file) {
  if (file.empty()) return control::DynamicBicycleModel{};
  const auto yaml = base::load_yaml(file);
  if (!yaml) return yaml.error();
  std::vector<base::ConfigProblem> problems;
  const auto model = base::read_config<control::DynamicBicycleModel>(&*yaml, problems);
  if (!problems.empty()) return base::Error{problems.front().text()};
  return model;
}

base::Result<scenario::ScenarioRun> start_run(const ScenarioLoopConfig& config) {
  const auto staged = read_staged(config.scenario_file, config.parameters, config.maps);
  if (!staged) return staged.error();
  return scenario::ScenarioRun::start(staged->scenario, staged->map,
                                      {kStep, base::Duration::seconds(config.time_limit_s)});
}

// What a speed action of ego comes to; nothing while none runs.
std::optional<double> wanted_speed_mps(const scenario::World& world, const scenario::Motion& motion) {
  if (!motion.longitudinal) return std::nullopt;
  const scenario::LongitudinalRun& run = motion.longitudinal->run;
  if (const auto* speed = std::get_if<scenario::SpeedRun>(&run))
    return scenario::target_speed_mps(world, *speed->action);
  if (const auto* profile = std::get_if<scenario::SpeedProfileRun>(&run)) {
    if (!profile->parts.empty()) return profile->parts.back().to_mps;
  }
  return std::nullopt;
}

}  // namespace

void ScenarioLoopConfig::visit(base::ConfigVisitor& visitor) {
  visitor.field("scenario_file", scenario_file, "OpenSCENARIO file (.xosc)");
  visitor.field("ego_entity", ego_entity, "the entity that is driven; empty: Ego, else hero");
  visitor.field("parameters", parameters, "values instead of the declared ones: NAME=VALUE;NAME=VALUE");
  visitor.field("maps", maps, "folder of NAME.xodr files for scenarios that name a map");
  visitor.field("vehicle_file", vehicle_file, "vehicle's dynamics (configs/vehicles); empty: defaults");
  visitor.field("time_limit_s", time_limit_s, {0.1, 36'000}, "s", "ends a scenario that does not end itself");
  visitor.field("sensor_latency_s", sensor_latency_s, {0, 2}, "s", "from measuring objects to publishing them");
  sensor.visit(visitor);
}

base::Result<scenario::EntityIndex> ego_of(const scenario::Scenario& scenario, const std::string& wanted) {
  const std::vector<std::string> names = wanted.empty() ? std::vector<std::string>{"Ego", "hero"} : std::vector{wanted};
  for (const std::string& name : names) {
    for (std::size_t i = 0; i < scenario.entities.size(); ++i) {
      if (scenario.entities[i].name == name) return static_cast<scenario::EntityIndex>(i);
    }
  }
  return base::Error{scenario.file + ": no entity '" + names.front() + "' to drive; name one with --ego-entity"};
}

ScenarioLoop::ScenarioLoop(const ScenarioLoopConfig& config, std::uint64_t seed, scenario::ScenarioRun run,
                           scenario::EntityIndex ego, const control::DynamicBicycleModel& model)
    : config_(config),
      seed_(seed),
      run_(std::move(run)),
      ego_(ego),
      vehicle_(model, run_.world(), ego),
      waits_for_activation_(scenario::will_be_activated(*run_.world().scenario, ego)) {}

base::Result<ScenarioLoop> ScenarioLoop::load(const ScenarioLoopConfig& config, std::uint64_t seed) {
  const auto model = read_vehicle(config.vehicle_file);
  if (!model) return model.error();
  auto run = start_run(config);
  if (!run) return run.error();
  const auto ego = ego_of(*run->world().scenario, config.ego_entity);
  if (!ego) return ego.error();
  return ScenarioLoop(config, seed, *std::move(run), *ego, *model);
}

bool ScenarioLoop::is_taken_over() const {
  return !waits_for_activation_ || scenario::is_controller_on(run_.log(), ego_);
}

base::Status ScenarioLoop::step_once(const messages::Command* command) {
  scenario::OutsideControl control;
  const bool is_ours = is_taken_over();
  if (is_ours) {
    vehicle_.obey(command, kStep.to_s());
    control.motion = vehicle_.motion(run_.world());
  }
  const auto goes_on = run_.step(control);
  if (!goes_on) return goes_on.error();
  has_ended_ = !*goes_on;
  if (is_ours) {
    place_on_road();
  } else {
    vehicle_.stand_at(run_.world());
  }
  return {};
}

// Height and tilt of the road where ego now is.
void ScenarioLoop::place_on_road() {
  scenario::World& world = run_.world();
  const scenario::LaneSpot spot = scenario::spot_of(world, ego_);
  if (world.map == nullptr || !spot.is_on_road()) return;
  world.entity(ego_).z_m = scenario::pose_of(*world.map, spot).z_m;
}

ScenarioLoop::Task ScenarioLoop::task() const {
  const scenario::Motion& motion = run_.motion(ego_);
  const auto wanted = wanted_speed_mps(run_.world(), motion);
  const double before_mps = task_ ? task_->speed_mps : run_.world().entity(ego_).speed_mps;
  return {motion.lateral ? motion.lateral->element : -2, run_.world().routes[static_cast<std::size_t>(ego_)].size(),
          wanted ? std::max(*wanted, kStandMps) : before_mps};
}

void ScenarioLoop::tell_mission(base::Time now, Tick& tick) {
  const Task now_asked = task();
  if (task_ == now_asked) return;
  task_ = now_asked;
  tick.mission = scenario::mission(run_.world(), run_.motion(ego_), ego_, now, kMissionLengthM);
  tick.mission->desired_speed_mps = now_asked.speed_mps;
}

void ScenarioLoop::tell_objects(base::Time now, Tick& tick) {
  if (elapsed_.ns % kSensingPeriod.ns == 0) {
    tick.truth = scenario::truth_objects(run_.world(), ego_, now, kTruthRangeM);
    pending_.push_back(sense(*tick.truth, config_.sensor, seed_));
  }
  const base::Duration latency = base::Duration::seconds(config_.sensor_latency_s);
  if (pending_.empty() || pending_.front().header.stamp + latency > now) return;
  tick.objects = std::move(pending_.front());
  pending_.pop_front();
}

void ScenarioLoop::tell_events(Tick& tick) {
  tick.events = scenario::scenario_events(run_, *start_);
  if (!has_ended_) tick.events.pop_back();  // which says how it ended
  tick.events.erase(tick.events.begin(), tick.events.begin() + static_cast<std::ptrdiff_t>(event_count_));
  event_count_ += tick.events.size();
}

ScenarioLoop::Tick ScenarioLoop::tick(base::Time now) {
  Tick tick{.pose = scenario::odometry(run_.world(), ego_, now)};
  tell_mission(now, tick);
  tell_objects(now, tick);
  tell_events(tick);
  return tick;
}

base::Result<std::optional<ScenarioLoop::Tick>> ScenarioLoop::advance_to(base::Time now,
                                                                         const messages::Command* command) {
  if (has_ended_) return std::optional<Tick>{};
  if (!start_) start_ = now;
  while (!has_ended_ && *start_ + elapsed_ + kStep <= now) {
    if (const base::Status status = step_once(command); !status) return status.error();
    elapsed_ = elapsed_ + kStep;
  }
  return std::optional<Tick>{tick(now)};
}

}  // namespace hangil::simulation
