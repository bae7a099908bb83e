// SPDX-License-Identifier: Apache-2.0
#include "math/pose_buffer.hpp"
#include "messages/drive_level.hpp"
#include "messages/pose_sample.hpp"
#include "runtime/module.hpp"
#include "runtime/records.hpp"
#include "safety/supervise.hpp"

namespace hangil::safety {

class TrajectoryValidatorModule : public runtime::Module {
 public:
  explicit TrajectoryValidatorModule(runtime::Setup& setup)
      : config_(setup.config<SupervisorConfig>()),
        trajectory_(setup.latest<messages::Trajectory>("trajectory")),
        predictions_(setup.latest<messages::Predictions>("predictions")),
        poses_(setup.queue<messages::Odometry>("pose", 64)),
        health_(setup.queue<runtime::Health>("health", 64, runtime::Need::kOptional)),
        safe_trajectory_(setup.output<messages::Trajectory>("safe_trajectory")),
        report_(setup.output<messages::SafetyReport>("report")),
        level_(setup.output<messages::DriveLevel>("level")) {}

  void step(runtime::Activation& activation) override {
    for (const auto& pose : activation.get(poses_)) (void)history_.add(messages::pose_sample(*pose));
    LevelInput input{.now = activation.now()};
    for (const auto& health : activation.get(health_)) note(*health, input);
    std::optional<Verdict> verdict = judge(activation);
    if (verdict) input.is_good = verdict->report.is_accepted;
    const LevelVerdict level = step_level(input, config_.level, level_state_);
    publish_trajectory(activation, verdict, level);
    if (verdict) activation.publish(report_, std::move(verdict->report));
    activation.publish(
        level_, {.header = {activation.now(), ""}, .level = std::string(word_of(level.level)), .reason = level.reason});
  }

 private:
  static void note(const runtime::Health& health, LevelInput& input) {
    if (health.kind == "replaced") input.replaced_module = health.module;
    input.reduced_change += health.kind == "reduced" ? 1 : health.kind == "restored" ? -1 : 0;
  }

  // The verdict on a trajectory that has come since the last activation.
  std::optional<Verdict> judge(const runtime::Activation& activation) {
    const auto trajectory = activation.get(trajectory_);
    if (!trajectory || trajectory.message->sequence + 1 == judged_end_) return std::nullopt;
    judged_end_ = trajectory.message->sequence + 1;
    Evidence evidence{.now = activation.now()};
    if (const auto predictions = activation.get(predictions_)) evidence.predictions = &*predictions;
    if (const auto pose = history_.at(trajectory->header.stamp)) {
      evidence.ego = EgoThen{math::planar(*pose), pose->vx_mps};
    }
    return supervise(*trajectory, evidence, config_, state_);
  }

  void publish_trajectory(runtime::Activation& activation, std::optional<Verdict>& verdict, const LevelVerdict& level) {
    std::optional<messages::Trajectory> safe = verdict ? std::move(verdict->safe) : std::nullopt;
    if (level.level == DriveLevel::kStop && safe) safe = stop_of(*safe, level.reason);
    if (level.level == DriveLevel::kStop && level.has_fallen && !safe) {
      safe = stop_now(activation.now(), level.reason, state_);
    }
    if (safe) activation.publish(safe_trajectory_, *std::move(safe));
  }

  SupervisorConfig config_;
  SupervisorState state_;
  LevelState level_state_;
  std::uint64_t judged_end_ = 0;  // sequence after the last trajectory judged
  math::PoseBuffer history_;
  runtime::Latest<messages::Trajectory> trajectory_;
  runtime::Latest<messages::Predictions> predictions_;
  runtime::Queue<messages::Odometry> poses_;
  runtime::Queue<runtime::Health> health_;
  runtime::Output<messages::Trajectory> safe_trajectory_;
  runtime::Output<messages::SafetyReport> report_;
  runtime::Output<messages::DriveLevel> level_;
};

}  // namespace hangil::safety

HANGIL_MODULE(hangil::safety::TrajectoryValidatorModule, "lets only sound trajectories leave, else a stop")
