// SPDX-License-Identifier: Apache-2.0
#include <stdexcept>

#include "messages/pose_sample.hpp"
#include "runtime/module.hpp"
#include "simulation/scenario_lidar.hpp"

namespace hangil::simulation {

// A LiDAR as a node of the graph: what is there goes in, points come out, as a recorded drive's; the truth goes on with
// the number of points on each object.
class ScenarioLidarModule final : public runtime::Module {
 public:
  explicit ScenarioLidarModule(runtime::Setup& setup)
      : config_(setup.config<ScenarioLidarConfig>()),
        world_(setup.latest<messages::TruthObjects>("world")),
        pose_(setup.latest<messages::Odometry>("pose")),
        points_(setup.output<messages::PointCloud2>("points")),
        transforms_(setup.output<messages::TFMessage>("tf_static")),
        truth_(setup.output<messages::TruthObjects>("truth")) {}

  void step(runtime::Activation& activation) override {
    const auto world = activation.get(world_);
    const auto pose = activation.get(pose_);
    if (!world || !pose || pose->header.stamp != world->header.stamp) return;
    if (!lidar_) load(activation, world->header.stamp);
    messages::TruthObjects truth = *world;
    activation.publish(points_, lidar_->scan(truth, messages::pose_sample(*pose), activation.seed()));
    activation.publish(truth_, std::move(truth));
  }

 private:
  void load(runtime::Activation& activation, base::Time stamp) {
    auto lidar = ScenarioLidar::load(config_);
    if (!lidar) throw std::runtime_error(lidar.error().message);
    lidar_.emplace(*std::move(lidar));
    activation.publish(transforms_, stamp, lidar_->transforms(stamp));
  }

  ScenarioLidarConfig config_;
  std::optional<ScenarioLidar> lidar_;
  runtime::Latest<messages::TruthObjects> world_;
  runtime::Latest<messages::Odometry> pose_;
  runtime::Output<messages::PointCloud2> points_;
  runtime::Output<messages::TFMessage> transforms_;
  runtime::Output<messages::TruthObjects> truth_;
};

}  // namespace hangil::simulation

HANGIL_MODULE(hangil::simulation::ScenarioLidarModule, "a LiDAR on ego in the world of a scenario, by rays")
