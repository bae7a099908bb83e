// SPDX-License-Identifier: Apache-2.0
#include <stdexcept>

#include "lidar/detect_cars.hpp"
#include "lidar/point_gnn_trial.hpp"
#include "model/package.hpp"
#include "runtime/module.hpp"

namespace hangil::lidar {

namespace {

// A scan it cannot read, or a sensor whose place nobody told, fails the activation with the reason. Operations are
// thousands of multiply-adds.
class LidarDetectorModule final : public runtime::Module {
 public:
  explicit LidarDetectorModule(runtime::Setup& setup)
      : config_(setup.config<CarDetectorConfig>()),
        points_(setup.latest<messages::PointCloud2>("points")),
        camera_info_(setup.latest<messages::CameraInfo>("camera_info")),
        tf_static_(setup.latest<messages::TFMessage>("tf_static")),
        detections_(setup.output<messages::Objects>("detections")) {
    setup.levels(static_cast<int>(kGnnLevels.size()) - config_.first_level);
    auto network = load(setup.budget());
    if (network) {
      network_ = *std::move(network);
    } else {
      setup.not_available(network.error().message);
    }
  }

  void step(runtime::Activation& activation) override {
    const auto points = activation.get(points_);
    if (!points) return;
    const auto objects = detect(*points, activation);
    if (!objects) throw std::runtime_error(objects.error().message);
    activation.report_operations(state_.operations);
    activation.publish(detections_, *objects);
  }

 private:
  base::Result<PointGnn> load(base::Duration budget) const {
    const auto package = model::open_package({"pointgnn_car_t1", "lidar_detector", budget, config_.first_level});
    if (!package) return package.error();
    return make_point_gnn(package->weights);
  }

  base::Result<messages::Objects> detect(const messages::PointCloud2& points, const runtime::Activation& activation) {
    const auto camera_info = activation.get(camera_info_);
    const auto tf_static = activation.get(tf_static_);
    if (!camera_info) return base::Error{"no camera_info yet: the network knows only what a camera sees"};
    const auto camera =
        find_camera_beside(*camera_info, tf_static ? *tf_static : messages::TFMessage(), points.header.frame_id);
    if (!camera) return camera.error();
    return detect_cars(network_, points, *camera, config_, {activation.level(), activation.allowance()}, state_);
  }

  CarDetectorConfig config_;
  CarDetectorState state_;
  PointGnn network_;
  runtime::Latest<messages::PointCloud2> points_;
  runtime::Latest<messages::CameraInfo> camera_info_;
  runtime::Latest<messages::TFMessage> tf_static_;
  runtime::Output<messages::Objects> detections_;
};

}  // namespace

}  // namespace hangil::lidar

HANGIL_MODULE(hangil::lidar::LidarDetectorModule, "finds cars in a LiDAR scan, inside a camera's view (Point-GNN)")
HANGIL_MODEL_TRIAL(hangil::lidar::try_point_gnn)
