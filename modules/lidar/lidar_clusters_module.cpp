// SPDX-License-Identifier: Apache-2.0
#include "lidar/detect_objects.hpp"
#include "runtime/module.hpp"

namespace hangil::lidar {

namespace {

class LidarClustersModule final : public runtime::Module {
 public:
  explicit LidarClustersModule(runtime::Setup& setup)
      : config_(setup.config<ObjectConfig>()),
        obstacles_(setup.latest<messages::ObstaclePoints>("obstacles")),
        objects_(setup.output<messages::Objects>("objects")) {}

  void step(runtime::Activation& activation) override {
    const auto obstacles = activation.get(obstacles_);
    if (!obstacles) return;
    activation.report_operations(static_cast<std::int64_t>(obstacles->x_m.size()));
    activation.publish(objects_, detect_objects(*obstacles, config_, state_));
  }

 private:
  ObjectConfig config_;
  ObjectState state_;
  runtime::Latest<messages::ObstaclePoints> obstacles_;
  runtime::Output<messages::Objects> objects_;
};

}  // namespace

}  // namespace hangil::lidar

HANGIL_MODULE(hangil::lidar::LidarClustersModule, "finds objects among obstacle points and boxes them")
