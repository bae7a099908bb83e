// SPDX-License-Identifier: Apache-2.0
#include "fusion/tracker.hpp"
#include "math/pose_buffer.hpp"
#include "messages/pose_sample.hpp"
#include "runtime/module.hpp"

namespace hangil::fusion {

namespace {

constexpr int kPoseDepth = 128;

Eigen::Isometry3d isometry(const math::PoseSample& pose) {
  Eigen::Isometry3d T = Eigen::Isometry3d::Identity();
  T.linear() = Eigen::Quaterniond(pose.qw, pose.qx, pose.qy, pose.qz).normalized().toRotationMatrix();
  T.translation() << pose.x_m, pose.y_m, pose.z_m;
  return T;
}

}  // namespace

// Tracks are in the poses' frame once there has been a pose, in the boxes' own before.
class TrackerModule final : public runtime::Module {
 public:
  explicit TrackerModule(runtime::Setup& setup)
      : tracker_(setup.config<TrackerConfig>()),
        objects_(setup.latest<messages::Objects>("objects")),
        poses_(setup.queue<messages::Odometry>("pose", kPoseDepth, runtime::Need::kOptional)),
        tracks_(setup.output<messages::Tracks>("tracks")) {}

  void step(runtime::Activation& activation) override {
    for (const auto& pose : activation.get(poses_)) take_pose(*pose);
    const auto objects = activation.get(objects_);
    if (!objects) return;
    Eigen::Isometry3d T_frame_ego = Eigen::Isometry3d::Identity();
    if (!frame_id_.empty()) {
      const auto pose = buffer_.at(objects->header.stamp);
      if (!pose) return;  // without a place for its boxes a frame is worth nothing
      T_frame_ego = isometry(*pose);
    }
    messages::Tracks tracks;
    if (!tracker_.step(*objects, T_frame_ego, tracks)) return;
    tracks.header.frame_id = frame_id_.empty() ? objects->header.frame_id : frame_id_;
    activation.publish(tracks_, std::move(tracks));
  }

 private:
  void take_pose(const messages::Odometry& pose) {
    if (!buffer_.add(messages::pose_sample(pose)) || pose.header.frame_id == frame_id_) return;
    frame_id_ = pose.header.frame_id;
    tracker_.restart();
  }

  Tracker tracker_;
  math::PoseBuffer buffer_;
  std::string frame_id_;  // of the poses
  runtime::Latest<messages::Objects> objects_;
  runtime::Queue<messages::Odometry> poses_;
  runtime::Output<messages::Tracks> tracks_;
};

}  // namespace hangil::fusion

HANGIL_MODULE(hangil::fusion::TrackerModule,
              "follows objects through boxes: where they are, how they move, what they are")
