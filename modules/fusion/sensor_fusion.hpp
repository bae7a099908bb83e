// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fusion/calibration_watch.hpp"
#include "fusion/frustum.hpp"
#include "fusion/sensor_fusion_config.hpp"
#include "fusion/sensor_rig.hpp"
#include "math/pose_buffer.hpp"
#include "messages/sensor_report.hpp"

namespace hangil::fusion {

// What became ripe, each by stamp: fused boxes, the boxes of their pictures that are left over, and pictures that no
// boxes were fused with.
struct SensorFusionOutput {
  std::vector<messages::Objects> objects;
  std::vector<messages::ImageObjects> left, whole;
  std::optional<messages::SensorReport> report;  // when something about it is new
};

// One object list from a LiDAR and a camera, either of which may be slow, late, lost or never there. Boxes wait a
// little for the picture of their stamp (never for one that is lost), then go on alone. A picture's box goes one way:
// into a box of the LiDAR, into an object of its own where there are points in its frustum, or, left over, to the
// tracker; a picture that comes too late, or while the LiDAR is lost, goes there whole. Association is by stamp; the
// order of arrival only decides who waits.
class SensorFusion {
 public:
  explicit SensorFusion(const SensorFusionConfig& config) : config_(config), fusion_(config.camera) {}

  void set_camera(const CameraMount& camera) { camera_ = camera, why_uncalibrated_.clear(); }
  void set_uncalibrated(const std::string& why);  // nothing is known of where the camera sits
  void add_pose(const math::PoseSample& pose) { (void)poses_.add(pose); }
  void add(const messages::ObstaclePoints& obstacles);  // before their objects
  void add(const messages::Objects& objects, base::Time now);
  void add(const messages::ImageObjects& seen, base::Time now);

  // Everything that needs to wait no longer at `now`.
  void advance(base::Time now, SensorFusionOutput& output);

 private:
  struct BoxFrame {
    messages::Objects objects;
    base::Time arrived;
  };
  struct PointFrame {
    base::Time stamp;
    FrustumPoints points;
  };
  struct Picture {
    messages::ImageObjects seen;
    base::Time moment, arrived;  // moment: its stamp in the vehicle's time
  };
  struct Link {  // what is known of a sensor's messages
    bool has_come = false;
    base::Time last;
    double lateness_ms = 0;  // smoothed: arrival minus stamp
  };

  bool is_lost(const Link& link, base::Time now) const;
  bool is_usable() const { return camera_ && !is_miscalibrated_; }
  const Picture* picture_of(base::Time stamp) const;
  bool must_wait(const BoxFrame& frame, base::Time now) const;
  void fuse(const BoxFrame& frame, const Picture& picture, SensorFusionOutput& output);
  void add_from_frustums(const ImageView& view, base::Time stamp, messages::ImageObjects& left);
  bool join_object_around(const messages::Object& found);
  void release_pictures(base::Time now, SensorFusionOutput& output);
  Eigen::Isometry3d T_camera_ego(base::Time boxes, base::Time picture) const;
  void judge_camera(const ImageView& view);
  messages::SensorState lidar_state(base::Time now) const;
  messages::SensorState camera_state(base::Time now) const;
  void report(base::Time now, SensorFusionOutput& output);

  SensorFusionConfig config_;
  ObjectFusion fusion_;
  std::optional<CameraMount> camera_;
  std::string why_uncalibrated_ = "there is no camera_info and tf_static yet";
  math::PoseBuffer poses_;
  std::vector<BoxFrame> boxes_;     // waiting, by stamp
  std::vector<PointFrame> points_;  // by stamp
  std::vector<Picture> pictures_;   // waiting, by moment
  base::Time done_;                 // stamp of the newest boxes that went on
  base::Time first_;                // activation
  bool has_first_ = false;
  Link lidar_, camera_link_;
  CalibrationWatch watch_;
  std::optional<CalibrationError> error_;
  bool is_miscalibrated_ = false;
  double shown_ = 0, looked_for_ = 0;  // of objects that pictures should show, lately
  FusedObjects fused_;
  ProjectedPoints projected_;
  std::vector<std::string> reported_;  // states told last
};

}  // namespace hangil::fusion
