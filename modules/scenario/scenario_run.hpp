// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/collision.hpp"
#include "scenario/mover.hpp"
#include "scenario/signal_run.hpp"
#include "scenario/storyboard_run.hpp"
#include "scenario/traffic.hpp"

namespace hangil::scenario {

struct RunOptions {
  base::Duration step = base::Duration::milliseconds(10);
  base::Duration time_limit = base::Duration::seconds(600);
  bool checks_collisions = true;
};

enum class EndReason { kRunning, kStopTrigger, kStoryboardComplete, kTimeLimit, kAvoided };
std::string_view word(EndReason reason);

struct CollisionEvent {
  double time_s = 0;
  Contact contact;
  bool begins = true;  // else it ends
};
// A controller was switched on (or off) for an entity.
struct ControllerEvent {
  double time_s = 0;
  EntityIndex entity = 0;
  std::optional<bool> lateral, longitudinal;
};
struct LightEvent {
  double time_s = 0;
  EntityIndex entity = 0;
  std::string light, mode;
};
struct AnimationEvent {
  double time_s = 0;
  EntityIndex entity = 0;
  std::string what;
  double state = 0;
};
struct ValueEvent {
  double time_s = 0;
  std::string name, value;  // of a variable or parameter that was set
};

// All vehicles that a TrafficSource may have are there, so that others come only when some have left.
struct SourceEvent {
  double time_s = 0;
  std::string name;
};

// Everything that happened, in order of time within each kind.
struct RunLog {
  std::vector<StoryEvent> story;
  std::vector<CollisionEvent> collisions;
  std::vector<ControllerEvent> controllers;
  std::vector<LightEvent> lights;
  std::vector<AnimationEvent> animations;
  std::vector<ValueEvent> values;
  std::vector<SourceEvent> exhausted_sources;
  std::vector<ValueEvent> signals;  // that show something else from then on
};

// One scenario being played: deterministic, bit for bit, for a scenario, map, step and what is given from outside.
// Scenario and map are shared and never changed, so many runs may go on at once.
class ScenarioRun {
 public:
  // Places everybody as Init says and judges the storyboard at 0 s. Errors name the element's place.
  static base::Result<ScenarioRun> start(std::shared_ptr<const Scenario> scenario, std::shared_ptr<const map::Map> map,
                                         const RunOptions& options = {});

  // Moves everybody to the next step and judges the storyboard there: what takes no time is done at once. False: the
  // run has ended there (end_reason), and nothing moves any more. Errors: an action cannot be started.
  base::Result<bool> step(const OutsideControl& outside = {});

  // Ends it from outside, where it is.
  void end(EndReason reason) { end_reason_ = reason; }

  const World& world() const { return *world_; }
  World& world() { return *world_; }  // look-ups keep what they find
  const Motion& motion(EntityIndex entity) const { return mover_->motion(entity); }
  EndReason end_reason() const { return end_reason_; }
  const RunLog& log() const { return log_; }
  const RunOptions& options() const { return options_; }
  std::optional<EntityIndex> entity_named(std::string_view name) const;

 private:
  ScenarioRun(std::shared_ptr<const Scenario> scenario, std::shared_ptr<const map::Map> map, const RunOptions& options);
  base::Status play_init();
  base::Status judge();
  bool start_action(const StoryAction& action, const std::vector<EntityIndex>& actors, int element);
  void note(const StoryAction& action, const std::vector<EntityIndex>& actors);
  void start_traffic(const StoryAction& action);
  void check_collisions();
  void log_signals();

  RunOptions options_;
  std::unique_ptr<World> world_;
  std::unique_ptr<StoryboardRun> storyboard_;
  std::unique_ptr<Mover> mover_;
  Traffic traffic_;
  SignalRun signals_;
  std::vector<ParameterAssignment> signals_before_;
  CollisionCheck collision_check_;
  std::vector<EntityState> before_;
  std::vector<Contact> contacts_before_;
  std::vector<int> done_elements_;
  EndReason end_reason_ = EndReason::kRunning;
  base::Status trouble_;
  RunLog log_;
};

}  // namespace hangil::scenario
