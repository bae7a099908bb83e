// SPDX-License-Identifier: Apache-2.0
#include "simulation/scenario_loop.hpp"

#include <algorithm>
#include <cmath>

#include "map/road_lanes.hpp"
#include "scenario/activation.hpp"
#include "simulation/random.hpp"
#include "simulation/scenario_start.hpp"
#include "simulation/signal_message.hpp"

namespace hangil::simulation {

namespace {

constexpr base::Duration kStep = base::Duration::milliseconds(10);
constexpr base::Duration kSensingPeriod = base::Duration::milliseconds(100);
constexpr std::uint32_t kFrameDraw = 0xFFFF'0000;  // beyond what is drawn for objects
constexpr double kTruthRangeM = 250, kMissionLengthM = 1500;
constexpr double kStandMps = 0.1;  // asked for by a mission that wants ego to stand: 0 is the planner's own choice

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
  auto run = start_run(config, kStep);
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
  if (is_ours && !has_ended_ && config_.ends_when_avoided_s > 0 &&
      avoidance_.held_s(run_.world(), ego_, kStep.to_s()) >= config_.ends_when_avoided_s) {
    run_.end(scenario::EndReason::kAvoided);
    has_ended_ = true;
  }
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
  scenario::Way way = scenario::way_ahead(run_.world(), run_.motion(ego_), ego_, kMissionLengthM);
  tick.mission = messages::Mission{{now, "map"}, way.path, now_asked.speed_mps, false};
  double route_m = 0;
  for (const scenario::RouteLeg& leg : run_.world().routes[static_cast<std::size_t>(ego_)]) route_m += leg.length_m();
  place_.take_way(std::move(way), route_m);
}

// The map once; lights with the frames of the sensors, for as long as any are there.
void ScenarioLoop::tell_map(base::Time now, Tick& tick) {
  const scenario::World& world = run_.world();
  if (!has_told_map_ && world.map != nullptr) tick.map = map::lane_graph(*world.map);
  has_told_map_ = true;
  if (is_sensing_time() && !world.signals.empty()) tick.signals = signal_states(world, now);
}

bool ScenarioLoop::is_sensing_time() const { return elapsed_.ns % kSensingPeriod.ns == 0; }

// Frames that never come, by chance or while the sensors are blind.
bool ScenarioLoop::is_frame_lost(base::Time now) const {
  const double time_s = elapsed_.to_s();
  if (time_s >= config_.blind_from_s && time_s < config_.blind_from_s + config_.blind_for_s) return true;
  return uniform(draw(seed_, RandomStream::kObjectSensor, now.ns, kFrameDraw)[0]) < config_.frame_dropout_ratio;
}

void ScenarioLoop::tell_objects(base::Time now, Tick& tick) {
  if (is_sensing_time()) {
    tick.place = place_.place(run_.world(), ego_, now);
    tick.truth = scenario::truth_objects(run_.world(), ego_, now, kTruthRangeM);
    const std::vector<double> ratios = visible_ratios(*tick.truth, config_.sensor);
    tell_visibility(ratios, config_.sensor, *tick.truth);
    if (!is_frame_lost(now)) pending_.push_back(sense(*tick.truth, ratios, config_.sensor, seed_));
  }
  const base::Duration latency = base::Duration::seconds(config_.sensor_latency_s);
  if (pending_.empty() || pending_.front().header.stamp + latency > now) return;
  tick.objects = std::move(pending_.front());
  pending_.pop_front();
}

ScenarioLoop::Tick ScenarioLoop::tick(base::Time now) {
  Tick tick{.pose = scenario::odometry(run_.world(), ego_, now)};
  tell_map(now, tick);
  tell_mission(now, tick);
  tell_objects(now, tick);
  tick.events = teller_.tell(run_, *start_);
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
