// SPDX-License-Identifier: Apache-2.0
#include "localization/pose_estimator.hpp"
#include "messages/tf_message.hpp"
#include "runtime/module.hpp"

namespace hangil::localization {

namespace {

template <class T>
std::vector<const T*> values(const std::vector<runtime::View<T>>& views) {
  std::vector<const T*> found;
  for (const auto& view : views) found.push_back(&*view);
  return found;
}

class PoseModule final : public runtime::Module {
 public:
  explicit PoseModule(runtime::Setup& setup)
      : odometry_(setup.queue<messages::Odometry>("odometry", 256, runtime::Need::kOneOf)),
        gnss_(setup.queue<messages::NavSatFix>("gnss", 256, runtime::Need::kOneOf)),
        imu_(setup.queue<messages::Imu>("imu", 256, runtime::Need::kOptional)),
        pose_(setup.output<messages::Odometry>("pose")),
        tf_(setup.output<messages::TFMessage>("tf")),
        estimator_(setup.config<PoseConfig>()) {}

  void step(runtime::Activation& activation) override {
    const auto odometry = values(activation.get(odometry_));
    const auto fixes = values(activation.get(gnss_));
    const auto imu = values(activation.get(imu_));
    for (messages::Odometry& pose : estimator_.add(odometry, fixes, imu)) {
      activation.publish(tf_, pose.header.stamp, messages::TFMessage{{transform_of(pose)}});
      activation.publish(pose_, std::move(pose));
    }
  }

 private:
  runtime::Queue<messages::Odometry> odometry_;
  runtime::Queue<messages::NavSatFix> gnss_;
  runtime::Queue<messages::Imu> imu_;
  runtime::Output<messages::Odometry> pose_;
  runtime::Output<messages::TFMessage> tf_;
  PoseEstimator estimator_;
};

}  // namespace

HANGIL_MODULE(PoseModule, "pose in map from odometry, or from GNSS and IMU")

}  // namespace hangil::localization
