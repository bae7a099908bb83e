// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "recording/import.hpp"

namespace hangil::recording {

struct KittiTrackingOptions {
  std::string folder;    // holds velodyne/, calib/ and perhaps image_02/, label_02/, oxts/ ("training")
  std::string sequence;  // "0000"
  // The layout has no times. The scanner turns at 10 Hz nominally; the time stamps of the raw recordings that the
  // sequences were cut from give 103.5 ms from scan to scan.
  double period_ms = 103.5;
};

// Converts one sequence of the KITTI tracking layout, frame by frame. Writes /source/tf_static, /mission, /odometry,
// /imu, /gnss, /camera/front/camera_info, /camera/front/image, /lidar/top/points and /truth/objects, as far as there is
// data for them. Damaged and missing files leave gaps, which the listener hears of; errors are a missing sequence, a
// wrong calibration, or a file that cannot be written.
base::Result<ImportReport> import_kitti_tracking(const KittiTrackingOptions& options, const std::string& output,
                                                 const WriteOptions& write_options,
                                                 const ImportListener& listener = {});

}  // namespace hangil::recording
