// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>

#include "recording/image_header.hpp"
#include "recording/kitti_calibration.hpp"
#include "recording/kitti_labels.hpp"
#include "recording/kitti_oxts.hpp"
#include "recording/kitti_scan.hpp"

// The first byte picks the reader, the rest is its file. Whatever is accepted must be finite.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hangil::recording;
  if (size == 0) return 0;
  const hangil::base::Bytes bytes(data + 1, data + size);
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  const auto ignore = [](const std::string&) {};
  const Eigen::Isometry3d identity = Eigen::Isometry3d::Identity();
  switch (data[0] % 6) {
    case 0:
      if (const auto calibration = parse_kitti_calibration(text, "f"); calibration.ok()) {
        if (!T_ego_label(*calibration).matrix().allFinite()) std::abort();
        (void)kitti_static_transforms(*calibration, {0});
        (void)kitti_camera_info(*calibration, {0}, 1, 1);
      }
      break;
    case 1:
      for (const auto& object : kitti_truth(parse_kitti_tracking_labels(text, "f", ignore), identity, {0}).objects) {
        if (!(object.box.length_m > 0)) std::abort();
      }
      break;
    case 2:
      (void)kitti_truth(parse_kitti_object_labels(text, "f", ignore), identity, {0});
      break;
    case 3:
      for (const auto& pose : oxts_poses(parse_oxts(text, "f", ignore), identity)) {
        if (pose && !pose->matrix().allFinite()) std::abort();
      }
      break;
    case 4: {
      const KittiScan scan = make_kitti_scan(bytes, {0});
      hangil::messages::TruthObjects truth;
      truth.objects.resize(1);
      truth.objects[0].box = {0, 0, 0, 0.3, 4, 2, 2};
      count_points(scan.cloud, identity, truth);
      if (truth.objects[0].point_count > scan.cloud.width) std::abort();
      break;
    }
    default:
      (void)read_image_header(bytes);
  }
  return 0;
}
