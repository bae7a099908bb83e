// SPDX-License-Identifier: Apache-2.0
#include "fusion/sensor_rig.hpp"
#include "fusion/track_history.hpp"
#include "math/isometry.hpp"
#include "math/pose_buffer.hpp"
#include "messages/pose_sample.hpp"
#include "runtime/module.hpp"

namespace hangil::fusion {

namespace {

constexpr int kDepth = 8, kPoseDepth = 128;
constexpr base::Duration kBoxesMissing{250'000'000};  // from then on pictures alone give tracks

}  // namespace

// Tracks are in the poses' frame once there has been a pose, in the boxes' own before.
class TrackerModule final : public runtime::Module {
 public:
  explicit TrackerModule(runtime::Setup& setup)
      : history_(setup.config<TrackerConfig>()),
        objects_(setup.queue<messages::Objects>("objects", kDepth)),
        poses_(setup.queue<messages::Odometry>("pose", kPoseDepth, runtime::Need::kOptional)),
        left_(setup.queue<messages::ImageObjects>("left_image_objects", kDepth, runtime::Need::kOptional)),
        whole_(setup.queue<messages::ImageObjects>("whole_image_objects", kDepth, runtime::Need::kOptional)),
        camera_info_(setup.latest<messages::CameraInfo>("camera_info", runtime::Need::kOptional)),
        tf_static_(setup.latest<messages::TFMessage>("tf_static", runtime::Need::kOptional)),
        tracks_(setup.output<messages::Tracks>("tracks")) {}

  void step(runtime::Activation& activation) override {
    for (const auto& pose : activation.get(poses_)) take_pose(*pose);
    bool has_new_boxes = false;
    for (const auto& objects : activation.get(objects_)) has_new_boxes |= take_boxes(*objects);
    const bool has_new_pictures = take_pictures(activation);
    if (!has_new_boxes && !(has_new_pictures && boxes_are_missing())) return;
    messages::Tracks tracks = history_.tracks();
    tracks.header.frame_id = frame_id_.empty() ? boxes_frame_id_ : frame_id_;
    activation.publish(tracks_, std::move(tracks));
  }

 private:
  void take_pose(const messages::Odometry& pose) {
    if (!buffer_.add(messages::pose_sample(pose)) || pose.header.frame_id == frame_id_) return;
    frame_id_ = pose.header.frame_id;
    history_.restart();
  }

  // Nothing where there should be a pose and is none: without a place for its boxes a frame is worth nothing.
  std::optional<Eigen::Isometry3d> T_frame_ego(base::Time stamp) const {
    if (frame_id_.empty()) return Eigen::Isometry3d::Identity();
    const auto pose = buffer_.at(stamp);
    if (!pose) return std::nullopt;
    return math::isometry(*pose);
  }

  bool take_boxes(const messages::Objects& objects) {
    boxes_frame_id_ = objects.header.frame_id;
    const auto T = T_frame_ego(objects.header.stamp);
    return T && history_.take(objects, *T);
  }

  bool take_pictures(runtime::Activation& activation) {
    const auto left = activation.get(left_), whole = activation.get(whole_);
    if (left.empty() && whole.empty()) return false;
    const auto info = activation.get(camera_info_);
    const auto tf = activation.get(tf_static_);
    if (!info || !tf) return false;
    const auto camera = camera_mount(*info, *tf);
    if (!camera) return false;
    bool has_taken = false;
    for (const auto& seen : left) has_taken |= take_picture(*seen, *camera, false);
    for (const auto& seen : whole) has_taken |= take_picture(*seen, *camera, true);
    return has_taken;
  }

  bool take_picture(const messages::ImageObjects& seen, const CameraMount& camera, bool is_whole) {
    const auto T = T_frame_ego(seen.header.stamp);
    if (!T) return false;
    const Eigen::Isometry3d T_camera_frame = (*T * camera.T_ego_camera).inverse();
    return history_.take({seen.header.stamp, camera.optics, T_camera_frame, seen.objects, is_whole});
  }

  bool boxes_are_missing() const {
    return history_.has_boxes() && history_.tracks().header.stamp - history_.newest_boxes() > kBoxesMissing;
  }

  TrackHistory history_;
  math::PoseBuffer buffer_;
  std::string frame_id_, boxes_frame_id_;  // of the poses, of the boxes
  runtime::Queue<messages::Objects> objects_;
  runtime::Queue<messages::Odometry> poses_;
  runtime::Queue<messages::ImageObjects> left_, whole_;
  runtime::Latest<messages::CameraInfo> camera_info_;
  runtime::Latest<messages::TFMessage> tf_static_;
  runtime::Output<messages::Tracks> tracks_;
};

}  // namespace hangil::fusion

HANGIL_MODULE(hangil::fusion::TrackerModule,
              "follows objects through boxes: where they are, how they move, what they are")
