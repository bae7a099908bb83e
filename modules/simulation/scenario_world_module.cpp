// SPDX-License-Identifier: Apache-2.0
#include <stdexcept>

#include "runtime/module.hpp"
#include "simulation/scenario_loop.hpp"

namespace hangil::simulation {

// The world of a closed loop as a node of the graph: commands in, what sensors would say out. To be run every 10 ms.
class ScenarioWorldModule final : public runtime::Module {
 public:
  explicit ScenarioWorldModule(runtime::Setup& setup)
      : config_(setup.config<ScenarioLoopConfig>()),
        command_(setup.latest<messages::Command>("command", runtime::Need::kOptional)),
        pose_(setup.output<messages::Odometry>("pose")),
        mission_(setup.output<messages::Mission>("mission")),
        objects_(setup.output<messages::Objects>("objects")),
        truth_(setup.output<messages::TruthObjects>("truth")),
        map_(setup.output<map::LaneGraph>("map")),
        signals_(setup.output<messages::SignalStates>("signals")),
        place_(setup.output<messages::LanePlace>("place")),
        events_(setup.output<messages::ScenarioEvent>("events")) {
    setup.end_run_on_failure();  // a world cannot begin anew in the middle
  }

  void step(runtime::Activation& activation) override {
    if (!loop_) load(activation.seed());
    const auto command = activation.get(command_);
    auto tick = loop_->advance_to(activation.now(), command ? &*command : nullptr);
    if (!tick) throw std::runtime_error(tick.error().message);
    if (*tick) publish(activation, **std::move(tick));
  }

 private:
  void load(std::uint64_t seed) {
    auto loop = ScenarioLoop::load(config_, seed);
    if (!loop) throw std::runtime_error(loop.error().message);
    loop_.emplace(*std::move(loop));
  }

  void publish(runtime::Activation& activation, ScenarioLoop::Tick tick) {
    if (tick.map) activation.publish(map_, activation.now(), *std::move(tick.map));
    if (tick.signals) activation.publish(signals_, *std::move(tick.signals));
    if (tick.place) activation.publish(place_, *std::move(tick.place));
    if (tick.mission) activation.publish(mission_, *std::move(tick.mission));
    activation.publish(pose_, std::move(tick.pose));
    if (tick.truth) activation.publish(truth_, *std::move(tick.truth));
    if (tick.objects) activation.publish(objects_, *std::move(tick.objects));
    for (messages::ScenarioEvent& event : tick.events) activation.publish(events_, std::move(event));
  }

  ScenarioLoopConfig config_;
  std::optional<ScenarioLoop> loop_;
  runtime::Latest<messages::Command> command_;
  runtime::Output<messages::Odometry> pose_;
  runtime::Output<messages::Mission> mission_;
  runtime::Output<messages::Objects> objects_;
  runtime::Output<messages::TruthObjects> truth_;
  runtime::Output<map::LaneGraph> map_;
  runtime::Output<messages::SignalStates> signals_;
  runtime::Output<messages::LanePlace> place_;
  runtime::Output<messages::ScenarioEvent> events_;
};

}  // namespace hangil::simulation

HANGIL_MODULE(hangil::simulation::ScenarioWorldModule,
              "plays a scenario whose ego obeys commands: a closed loop's world")
