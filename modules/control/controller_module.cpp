// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "control/follow.hpp"
#include "messages/pose_sample.hpp"
#include "runtime/module.hpp"

namespace hangil::control {

class ControllerModule : public runtime::Module {
 public:
  explicit ControllerModule(runtime::Setup& setup)
      : config_(setup.config<ControllerConfig>()),
        trajectory_(setup.latest<messages::Trajectory>("trajectory")),
        pose_(setup.latest<messages::Odometry>("pose")),
        command_(setup.output<messages::Command>("command")) {}

  void step(runtime::Activation& activation) override {
    const auto pose = activation.get(pose_);
    const auto trajectory = activation.get(trajectory_);
    if (!pose || !trajectory) return;  // nothing to follow yet
    const math::PoseSample sample = at_now(messages::pose_sample(*pose), activation.now());
    const EgoState ego{sample.stamp, math::planar(sample), sample.vx_mps};
    activation.publish(command_, follow(&*trajectory, ego, config_, state_));
  }

 private:
  // Commands come more often than poses: where the vehicle will have got to. A pose that stays away goes stale.
  static math::PoseSample at_now(const math::PoseSample& sample, base::Time now) {
    const base::Duration longest{200'000'000};
    const base::Duration lead = std::min(now - sample.stamp, longest);
    return lead.ns > 0 && math::is_sound(sample) ? math::moved_on(sample, lead) : sample;
  }

  ControllerConfig config_;
  ControllerState state_;
  runtime::Latest<messages::Trajectory> trajectory_;
  runtime::Latest<messages::Odometry> pose_;
  runtime::Output<messages::Command> command_;
};

}  // namespace hangil::control

HANGIL_MODULE(hangil::control::ControllerModule, "steering and acceleration that follow a trajectory")
