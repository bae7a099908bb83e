// SPDX-License-Identifier: Apache-2.0
#include "messages/pose_sample.hpp"
#include "planning/ego_motion.hpp"
#include "planning/manoeuvre.hpp"
#include "planning/planner.hpp"
#include "runtime/module.hpp"

namespace hangil::planning {

class PlannerModule : public runtime::Module {
 public:
  explicit PlannerModule(runtime::Setup& setup)
      : config_(setup.config<PlannerConfig>()),
        planner_(config_),
        predictions_(setup.latest<messages::Predictions>("predictions")),
        poses_(setup.queue<messages::Odometry>("pose", 64)),
        mission_(setup.latest<messages::Mission>("mission", runtime::Need::kOptional)),
        map_(setup.latest<map::LaneGraph>("map", runtime::Need::kOptional)),
        signals_(setup.latest<messages::SignalStates>("signals", runtime::Need::kOptional)),
        reasons_(setup.output<messages::DrivingReasons>("reasons")),
        trajectory_(setup.output<messages::Trajectory>("trajectory")) {}

  void step(runtime::Activation& activation) override {
    for (const auto& pose : activation.get(poses_)) keep(*pose);
    if (const auto mission = activation.get(mission_)) take(*mission, mission.message->sequence);
    if (const auto map = activation.get(map_)) take(*map, map.message->sequence);
    const auto predictions = activation.get(predictions_);
    if (!predictions) return;
    const auto signals = activation.get(signals_);
    activation.publish(trajectory_, plan(*predictions, signals ? &*signals : nullptr, activation.allowance()));
    messages::DrivingReasons reasons = planner_.reasons();
    reasons.manoeuvre = manoeuvre_.text();
    activation.publish(reasons_, std::move(reasons));
    activation.report_operations(planner_.operations());
  }

 private:
  void keep(const messages::Odometry& pose) {
    frame_id_ = pose.header.frame_id;
    (void)history_.add(messages::pose_sample(pose));  // a pose that is refused is missed when it is asked for
  }

  void take(const messages::Mission& mission, std::uint64_t sequence) {
    if (mission_sequence_ == sequence) return;
    mission_sequence_ = sequence;
    route_ = route_of(mission);
    begin_route();
  }

  void take(const map::LaneGraph& graph, std::uint64_t sequence) {
    if (map_sequence_ == sequence) return;
    map_sequence_ = sequence;
    lanes_.emplace(graph);
    begin_route();
  }

  void begin_route() {
    if (route_ && *route_) manoeuvre_.take(**route_, lanes_ ? &*lanes_ : nullptr);
    planner_.forget_place();
  }

  messages::Trajectory plan(const messages::Predictions& predictions, const messages::SignalStates* signals,
                            std::int64_t allowance) {
    const messages::Header header{predictions.header.stamp, frame_id_};
    const auto ego = ego_motion(history_, header.stamp);
    if (!ego) return planner_.refuse(header, ego.error().message);
    if (route_ && !*route_) return planner_.refuse(header, route_->error().message);
    PlannerInput input{*ego, &predictions};
    if (!route_) {
      const Route ahead = straight_ahead(ego->pose);
      planner_.forget_place();
      input.route = &ahead;
      return planner_.plan(input, frame_id_, allowance);
    }
    if (manoeuvre_.look(*ego, predictions, config_)) planner_.forget_place();
    input.route = &manoeuvre_.route();
    input.map = lanes_ ? &*lanes_ : nullptr;
    input.road = manoeuvre_.road();
    input.signals = signals;
    input.wait = manoeuvre_.wait() ? &*manoeuvre_.wait() : nullptr;
    return planner_.plan(input, frame_id_, allowance);
  }

  PlannerConfig config_;
  Planner planner_;
  Manoeuvre manoeuvre_;
  math::PoseBuffer history_;
  std::string frame_id_;
  std::optional<base::Result<Route>> route_;
  std::optional<std::uint64_t> mission_sequence_, map_sequence_;
  std::optional<map::LaneMap> lanes_;
  runtime::Latest<messages::Predictions> predictions_;
  runtime::Queue<messages::Odometry> poses_;
  runtime::Latest<messages::Mission> mission_;
  runtime::Latest<map::LaneGraph> map_;
  runtime::Latest<messages::SignalStates> signals_;
  runtime::Output<messages::DrivingReasons> reasons_;
  runtime::Output<messages::Trajectory> trajectory_;
};

}  // namespace hangil::planning

HANGIL_MODULE(hangil::planning::PlannerModule, "sampled trajectories along the mission, with a stop beside each")
