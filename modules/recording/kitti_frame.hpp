// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "messages/truth_objects.hpp"
#include "recording/import.hpp"
#include "recording/kitti_calibration.hpp"

namespace hangil::recording {

// The channels that KITTI drives have; -1: this drive has no such data.
struct KittiChannels {
  int tf_static = -1, mission = -1, odometry = -1, imu = -1, gnss = -1, camera_info = -1, image = -1, points = -1,
      truth = -1;
};

struct KittiContents {
  bool has_poses = false, has_images = false, has_labels = false;
};

KittiChannels add_kitti_channels(const KittiContents& contents, DriveWriter& writer);

// What every frame of a drive needs.
struct KittiImport {
  DriveWriter& writer;
  const ImportListener& listener;
  ImportReport& report;
  KittiChannels channels;

  // Sensor data is taken to be there at once: published is the stamp.
  template <base::FieldStruct T>
  base::Status write(int channel, base::Time stamp, const T& value) const {
    ++report.message_count;
    return writer.write(channel, stamp, stamp, value);
  }
  void warn(const std::string& text) const;
  void lose(const std::string& text) const;  // a warning about something that is missing in the recording then
};

// Neither layout has times: frames count from the day that most drives were made on, 2011-09-26 0:00 UTC.
constexpr base::Time kitti_nominal_start() { return {1'316'995'200'000'000'000}; }

// The frame numbers of the files in a folder ("000017.bin" is 17), sorted. Empty when there is no such folder.
std::vector<int> list_kitti_frames(const std::string& folder);
// Six digits, as the files are named.
std::string kitti_frame_name(int frame);

// Writes a scan, and `truth` with its points counted. What is wrong with the file is told, not returned.
base::Status write_kitti_scan(const KittiImport& import, const std::string& path, base::Time stamp,
                              const KittiCalibration& calibration, messages::TruthObjects* truth);
// Writes `folder`/`frame` with .png, .jpg or .jpeg behind it, if there is one, and camera_info with its size.
base::Status write_kitti_image(const KittiImport& import, const std::string& folder, int frame, base::Time stamp,
                               const KittiCalibration& calibration);

}  // namespace hangil::recording
