// SPDX-License-Identifier: Apache-2.0
#include "math/pose_buffer.hpp"
#include "messages/pose_sample.hpp"
#include "runtime/module.hpp"
#include "safety/supervise.hpp"

namespace hangil::safety {

class TrajectoryValidatorModule : public runtime::Module {
 public:
  explicit TrajectoryValidatorModule(runtime::Setup& setup)
      : config_(setup.config<SupervisorConfig>()),
        trajectory_(setup.latest<messages::Trajectory>("trajectory")),
        predictions_(setup.latest<messages::Predictions>("predictions")),
        poses_(setup.queue<messages::Odometry>("pose", 64)),
        safe_trajectory_(setup.output<messages::Trajectory>("safe_trajectory")),
        report_(setup.output<messages::SafetyReport>("report")) {}

  void step(runtime::Activation& activation) override {
    for (const auto& pose : activation.get(poses_)) (void)history_.add(messages::pose_sample(*pose));
    const auto trajectory = activation.get(trajectory_);
    if (!trajectory) return;
    Evidence evidence{.now = activation.now()};
    if (const auto predictions = activation.get(predictions_)) evidence.predictions = &*predictions;
    if (const auto pose = history_.at(trajectory->header.stamp)) {
      evidence.ego = EgoThen{math::planar(*pose), pose->vx_mps};
    }
    Verdict verdict = supervise(*trajectory, evidence, config_, state_);
    if (verdict.safe) activation.publish(safe_trajectory_, *std::move(verdict.safe));
    activation.publish(report_, std::move(verdict.report));
  }

 private:
  SupervisorConfig config_;
  SupervisorState state_;
  math::PoseBuffer history_;
  runtime::Latest<messages::Trajectory> trajectory_;
  runtime::Latest<messages::Predictions> predictions_;
  runtime::Queue<messages::Odometry> poses_;
  runtime::Output<messages::Trajectory> safe_trajectory_;
  runtime::Output<messages::SafetyReport> report_;
};

}  // namespace hangil::safety

HANGIL_MODULE(hangil::safety::TrajectoryValidatorModule, "lets only sound trajectories leave, else a stop")
