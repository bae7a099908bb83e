// SPDX-License-Identifier: Apache-2.0
#include <stdexcept>

#include "lidar/obstacles.hpp"
#include "lidar/sensor_pose.hpp"
#include "runtime/module.hpp"

namespace hangil::lidar {

namespace {

// A scan it cannot read, or a sensor whose place nobody told, fails the activation with the reason.
class LidarGroundModule final : public runtime::Module {
 public:
  explicit LidarGroundModule(runtime::Setup& setup)
      : config_(setup.config<ObstacleConfig>()),
        points_(setup.latest<messages::PointCloud2>("points")),
        tf_static_(setup.latest<messages::TFMessage>("tf_static")),
        obstacles_(setup.output<messages::ObstaclePoints>("obstacles")) {}

  void step(runtime::Activation& activation) override {
    const auto points = activation.get(points_);
    const auto tf_static = activation.get(tf_static_);
    if (!points) return;
    const auto T_ego_sensor = find_sensor_pose(tf_static ? *tf_static : messages::TFMessage(), points->header.frame_id);
    if (!T_ego_sensor) throw std::runtime_error(T_ego_sensor.error().message);
    auto obstacles = find_obstacles(*points, *T_ego_sensor, config_, state_);
    if (!obstacles) throw std::runtime_error(obstacles.error().message);
    activation.report_operations(obstacles->input_count);
    activation.publish(obstacles_, *std::move(obstacles));
  }

 private:
  ObstacleConfig config_;
  ObstacleState state_;
  runtime::Latest<messages::PointCloud2> points_;
  runtime::Latest<messages::TFMessage> tf_static_;
  runtime::Output<messages::ObstaclePoints> obstacles_;
};

}  // namespace

}  // namespace hangil::lidar

HANGIL_MODULE(hangil::lidar::LidarGroundModule, "takes a LiDAR scan apart into ground and obstacle points")
