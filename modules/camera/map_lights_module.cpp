// SPDX-License-Identifier: Apache-2.0
#include <stdexcept>

#include "camera/image_view.hpp"
#include "camera/map_lights.hpp"
#include "math/isometry.hpp"
#include "math/pose_buffer.hpp"
#include "messages/calibration.hpp"
#include "messages/pose_sample.hpp"
#include "runtime/module.hpp"

namespace hangil::camera {

namespace {

constexpr int kPoseDepth = 128;

class MapLightsModule final : public runtime::Module {
 public:
  explicit MapLightsModule(runtime::Setup& setup)
      : config_(setup.config<MapLightsConfig>()),
        memory_(config_),
        image_(setup.latest<messages::Image>("image")),
        info_(setup.latest<messages::CameraInfo>("camera_info")),
        tf_static_(setup.latest<messages::TFMessage>("tf_static")),
        map_(setup.latest<map::LaneGraph>("map")),
        poses_(setup.queue<messages::Odometry>("pose", kPoseDepth)),
        signals_(setup.output<messages::SignalStates>("signals")),
        lights_(setup.output<messages::TrafficLights>("lights")) {}

  void step(runtime::Activation& activation) override {
    for (const auto& pose : activation.get(poses_)) (void)buffer_.add(messages::pose_sample(*pose));
    const auto image = activation.get(image_);
    const auto map = activation.get(map_);
    if (!image || !map) return;
    const auto T_map_camera = place_of_camera(activation, image->header.stamp);
    if (!T_map_camera) return;
    const auto picture = view_of(*image);
    if (!picture) throw std::runtime_error(picture.error().message);
    messages::TrafficLights seen{image->header, image->width, image->height, {}};
    for (MapLight& light : lights_in_view(*map, optics_, *T_map_camera, config_)) {
      const LightReading reading = read_light(*picture, light.head, config_.reading);
      light.head.state = reading.state, light.head.state_probability = reading.probability;
      memory_.take(light.id, reading.state, image->header.stamp);
      seen.lights.push_back(light.head);
    }
    activation.publish(lights_, std::move(seen));
    activation.publish(signals_, memory_.states(image->header.stamp));
  }

 private:
  std::optional<Eigen::Isometry3d> place_of_camera(runtime::Activation& activation, base::Time stamp) {
    const auto info = activation.get(info_);
    const auto tf = activation.get(tf_static_);
    const auto ego = buffer_.at(stamp);
    if (!info || !tf || !ego) return std::nullopt;
    const auto camera = messages::placed_camera(*info, *tf);
    if (!camera) throw std::runtime_error(camera.error().message);
    optics_ = camera->optics;
    return math::isometry(*ego) * camera->T_ego_camera;
  }

  MapLightsConfig config_;
  LightMemory memory_;
  math::PoseBuffer buffer_;
  math::Pinhole optics_;
  runtime::Latest<messages::Image> image_;
  runtime::Latest<messages::CameraInfo> info_;
  runtime::Latest<messages::TFMessage> tf_static_;
  runtime::Latest<map::LaneGraph> map_;
  runtime::Queue<messages::Odometry> poses_;
  runtime::Output<messages::SignalStates> signals_;
  runtime::Output<messages::TrafficLights> lights_;
};

}  // namespace

}  // namespace hangil::camera

HANGIL_MODULE(hangil::camera::MapLightsModule,
              "reads the traffic lights of the map where they are in a camera's pictures")
