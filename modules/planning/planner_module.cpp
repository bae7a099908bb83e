// SPDX-License-Identifier: Apache-2.0
#include "messages/pose_sample.hpp"
#include "planning/ego_motion.hpp"
#include "planning/planner.hpp"
#include "runtime/module.hpp"

namespace hangil::planning {

class PlannerModule : public runtime::Module {
 public:
  explicit PlannerModule(runtime::Setup& setup)
      : planner_(setup.config<PlannerConfig>()),
        predictions_(setup.latest<messages::Predictions>("predictions")),
        poses_(setup.queue<messages::Odometry>("pose", 64)),
        mission_(setup.latest<messages::Mission>("mission", runtime::Need::kOptional)),
        trajectory_(setup.output<messages::Trajectory>("trajectory")) {}

  void step(runtime::Activation& activation) override {
    for (const auto& pose : activation.get(poses_)) keep(*pose);
    if (const auto mission = activation.get(mission_)) take(*mission, mission.message->sequence);
    const auto predictions = activation.get(predictions_);
    if (!predictions) return;
    activation.publish(trajectory_, plan(*predictions, activation.allowance()));
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
    planner_.forget_place();
  }

  messages::Trajectory plan(const messages::Predictions& predictions, std::int64_t allowance) {
    const messages::Header header{predictions.header.stamp, frame_id_};
    const auto ego = ego_motion(history_, header.stamp);
    if (!ego) return planner_.refuse(header, ego.error().message);
    if (route_ && !*route_) return planner_.refuse(header, route_->error().message);
    const Route ahead = straight_ahead(ego->pose);
    if (!route_) planner_.forget_place();
    return planner_.plan({*ego, &predictions, route_ ? &**route_ : &ahead}, frame_id_, allowance);
  }

  Planner planner_;
  math::PoseBuffer history_;
  std::string frame_id_;
  std::optional<base::Result<Route>> route_;
  std::optional<std::uint64_t> mission_sequence_;
  runtime::Latest<messages::Predictions> predictions_;
  runtime::Queue<messages::Odometry> poses_;
  runtime::Latest<messages::Mission> mission_;
  runtime::Output<messages::Trajectory> trajectory_;
};

}  // namespace hangil::planning

HANGIL_MODULE(hangil::planning::PlannerModule, "sampled trajectories along the mission, with a stop beside each")
