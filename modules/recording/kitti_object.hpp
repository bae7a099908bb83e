// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "recording/import.hpp"

namespace hangil::recording {

struct KittiObjectOptions {
  std::string folder;        // holds velodyne/, calib/ and perhaps image_2/, label_2/ ("training")
  std::optional<int> frame;  // nothing: all of them
  double period_ms = 1000;   // between frames, which have nothing to do with each other
};

// Converts single frames of the KITTI object layout. Each has a calibration of its own, so /source/tf_static is written
// anew whenever it changes; there are no poses and no tracks. Damage and errors as with import_kitti_tracking; a frame
// with a wrong calibration is left out.
base::Result<ImportReport> import_kitti_object(const KittiObjectOptions& options, const std::string& output,
                                               const WriteOptions& write_options, const ImportListener& listener = {});

}  // namespace hangil::recording
