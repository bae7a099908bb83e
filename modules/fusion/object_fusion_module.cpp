// SPDX-License-Identifier: Apache-2.0
#include "fusion/sensor_fusion.hpp"
#include "messages/pose_sample.hpp"
#include "runtime/module.hpp"

namespace hangil::fusion {

namespace {

constexpr int kDepth = 8, kPoseDepth = 128;

}  // namespace

class ObjectFusionModule final : public runtime::Module {
 public:
  explicit ObjectFusionModule(runtime::Setup& setup)
      : fusion_(setup.config<SensorFusionConfig>()),
        objects_(setup.queue<messages::Objects>("objects", kDepth, runtime::Need::kOneOf)),
        image_objects_(setup.queue<messages::ImageObjects>("image_objects", kDepth, runtime::Need::kOneOf)),
        obstacles_(setup.queue<messages::ObstaclePoints>("obstacles", kDepth, runtime::Need::kOptional)),
        camera_info_(setup.latest<messages::CameraInfo>("camera_info", runtime::Need::kOptional)),
        tf_static_(setup.latest<messages::TFMessage>("tf_static", runtime::Need::kOptional)),
        poses_(setup.queue<messages::Odometry>("pose", kPoseDepth, runtime::Need::kOptional)),
        fused_(setup.output<messages::Objects>("objects")),
        left_(setup.output<messages::ImageObjects>("left_image_objects")),
        whole_(setup.output<messages::ImageObjects>("whole_image_objects")),
        report_(setup.output<messages::SensorReport>("report")) {}

  void step(runtime::Activation& activation) override {
    take_calibration(activation);
    for (const auto& pose : activation.get(poses_)) fusion_.add_pose(messages::pose_sample(*pose));
    for (const auto& obstacles : activation.get(obstacles_)) fusion_.add(*obstacles);
    for (const auto& objects : activation.get(objects_)) fusion_.add(*objects, activation.now());
    for (const auto& seen : activation.get(image_objects_)) fusion_.add(*seen, activation.now());
    fusion_.advance(activation.now(), output_);
    for (messages::Objects& objects : output_.objects) activation.publish(fused_, std::move(objects));
    for (messages::ImageObjects& left : output_.left) activation.publish(left_, std::move(left));
    for (messages::ImageObjects& whole : output_.whole) activation.publish(whole_, std::move(whole));
    if (output_.report) activation.publish(report_, *std::move(output_.report));
  }

 private:
  void take_calibration(runtime::Activation& activation) {
    const auto info = activation.get(camera_info_);
    const auto tf = activation.get(tf_static_);
    if (!info || !tf || (info.message->sequence == info_sequence_ && has_info_)) return;
    info_sequence_ = info.message->sequence, has_info_ = true;
    const auto camera = camera_mount(*info, *tf);
    if (camera) {
      fusion_.set_camera(*camera);
    } else {
      fusion_.set_uncalibrated(camera.error().message);
    }
  }

  SensorFusion fusion_;
  SensorFusionOutput output_;
  std::uint64_t info_sequence_ = 0;
  bool has_info_ = false;
  runtime::Queue<messages::Objects> objects_;
  runtime::Queue<messages::ImageObjects> image_objects_;
  runtime::Queue<messages::ObstaclePoints> obstacles_;
  runtime::Latest<messages::CameraInfo> camera_info_;
  runtime::Latest<messages::TFMessage> tf_static_;
  runtime::Queue<messages::Odometry> poses_;
  runtime::Output<messages::Objects> fused_;
  runtime::Output<messages::ImageObjects> left_, whole_;
  runtime::Output<messages::SensorReport> report_;
};

}  // namespace hangil::fusion

HANGIL_MODULE(hangil::fusion::ObjectFusionModule,
              "one object list from the LiDAR's boxes, its points and a camera's boxes")
