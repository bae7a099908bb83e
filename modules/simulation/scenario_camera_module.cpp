// SPDX-License-Identifier: Apache-2.0
#include <stdexcept>

#include "messages/pose_sample.hpp"
#include "runtime/module.hpp"
#include "simulation/scenario_camera.hpp"

namespace hangil::simulation {

// A camera as a node of the graph: what is there goes in, pictures come out, as a recorded drive's.
class ScenarioCameraModule final : public runtime::Module {
 public:
  explicit ScenarioCameraModule(runtime::Setup& setup)
      : config_(setup.config<ScenarioCameraConfig>()),
        world_(setup.latest<messages::TruthObjects>("world")),
        pose_(setup.latest<messages::Odometry>("pose")),
        signals_(setup.latest<messages::SignalStates>("signals", runtime::Need::kOptional)),
        image_(setup.output<messages::CompressedImage>("image")),
        info_(setup.output<messages::CameraInfo>("camera_info")),
        transforms_(setup.output<messages::TFMessage>("tf_static")) {}

  void step(runtime::Activation& activation) override {
    const auto world = activation.get(world_);
    const auto pose = activation.get(pose_);
    if (!world || !pose || pose->header.stamp != world->header.stamp) return;
    const base::Time stamp = world->header.stamp;
    if (!camera_) load(activation, stamp);
    const auto signals = activation.get(signals_);
    if (!camera_->look(*world, signals ? &*signals : nullptr, messages::pose_sample(*pose))) return;
    activation.publish(info_, fusion::camera_info_message(camera_->mount(), stamp));
    activation.publish(image_, camera_->image(stamp, activation.seed()));
  }

 private:
  void load(runtime::Activation& activation, base::Time stamp) {
    auto camera = ScenarioCamera::load(config_);
    if (!camera) throw std::runtime_error(camera.error().message);
    camera_.emplace(*std::move(camera));
    activation.publish(transforms_, stamp, fusion::static_transforms({"", {camera_->mount()}, {}}, stamp));
  }

  ScenarioCameraConfig config_;
  std::optional<ScenarioCamera> camera_;
  runtime::Latest<messages::TruthObjects> world_;
  runtime::Latest<messages::Odometry> pose_;
  runtime::Latest<messages::SignalStates> signals_;
  runtime::Output<messages::CompressedImage> image_;
  runtime::Output<messages::CameraInfo> info_;
  runtime::Output<messages::TFMessage> transforms_;
};

}  // namespace hangil::simulation

HANGIL_MODULE(hangil::simulation::ScenarioCameraModule, "a camera on ego in the world of a scenario, by painted faces")
