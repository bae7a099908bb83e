// SPDX-License-Identifier: Apache-2.0
#include "recording/kitti_frame.hpp"

#include <algorithm>
#include <filesystem>

#include "messages/compressed_image.hpp"
#include "messages/imu.hpp"
#include "messages/mission.hpp"
#include "messages/nav_sat_fix.hpp"
#include "messages/odometry.hpp"
#include "messages/point_cloud2.hpp"
#include "recording/file_source.hpp"
#include "recording/image_header.hpp"
#include "recording/kitti_scan.hpp"
#include "recording/text_lines.hpp"

namespace hangil::recording {

namespace {

// Most sequences have this size; where there are no images nothing else tells.
constexpr std::uint32_t kNominalWidth_px = 1242, kNominalHeight_px = 375;

base::Result<base::Bytes> read_image_file(const std::string& path) {
  constexpr std::uint64_t kMostBytes = 64 << 20;
  const auto source = FileSource::open(path);
  if (!source) return source.error();
  if (source->size() > kMostBytes) return base::Error{path + ": over 64 MiB is no image"};
  base::Bytes bytes(source->size());
  if (auto status = source->read(0, bytes.size(), bytes.data()); !status) return status.error();
  return bytes;
}

std::string find_image(const std::string& folder, int frame) {
  for (const char* ending : {".png", ".jpg", ".jpeg"}) {
    std::string path = folder + "/" + kitti_frame_name(frame) + ending;
    if (std::filesystem::exists(path)) return path;
  }
  return "";
}

}  // namespace

KittiChannels add_kitti_channels(const KittiContents& contents, DriveWriter& writer) {
  using base::message_type;
  KittiChannels channels;
  channels.tf_static = writer.add_channel("/source/tf_static", message_type<messages::TFMessage>());
  if (contents.has_poses) {
    channels.mission = writer.add_channel("/mission", message_type<messages::Mission>());
    channels.odometry = writer.add_channel("/odometry", message_type<messages::Odometry>());
    channels.imu = writer.add_channel("/imu", message_type<messages::Imu>());
    channels.gnss = writer.add_channel("/gnss", message_type<messages::NavSatFix>());
  }
  channels.camera_info = writer.add_channel("/camera/front/camera_info", message_type<messages::CameraInfo>());
  if (contents.has_images) {
    channels.image = writer.add_channel("/camera/front/image", message_type<messages::CompressedImage>());
  }
  channels.points = writer.add_channel("/lidar/top/points", message_type<messages::PointCloud2>());
  if (contents.has_labels) {
    channels.truth = writer.add_channel("/truth/objects", message_type<messages::TruthObjects>());
  }
  return channels;
}

void KittiImport::warn(const std::string& text) const {
  ++report.warning_count;
  listener.warning(text);
}

void KittiImport::lose(const std::string& text) const {
  ++report.lost_count;
  warn(text);
}

std::string kitti_frame_name(int frame) {
  const std::string digits = std::to_string(frame);
  return std::string(6 - std::min<std::size_t>(6, digits.size()), '0') + digits;
}

std::vector<int> list_kitti_frames(const std::string& folder) {
  std::vector<int> frames;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const auto frame = to_integer(entry.path().stem().string());
    if (frame && *frame >= 0 && entry.path().stem() == kitti_frame_name(*frame)) frames.push_back(*frame);
  }
  std::sort(frames.begin(), frames.end());
  frames.erase(std::unique(frames.begin(), frames.end()), frames.end());
  return frames;
}

base::Status write_kitti_scan(const KittiImport& import, const std::string& path, base::Time stamp,
                              const KittiCalibration& calibration, messages::TruthObjects* truth) {
  const auto scan = load_kitti_scan(path, stamp);
  if (!scan) return import.lose(scan.error().message + "; this frame has no scan"), base::Status();
  const auto count = [](std::size_t n) { return std::to_string(n); };
  if (scan->leftover_byte_count > 0) {
    import.lose(path + ": the file was cut off: " + count(scan->leftover_byte_count) + " bytes behind the last of " +
                count(scan->cloud.width) + " whole points");
  }
  if (scan->cloud.width == 0) import.warn(path + ": the scan has no points");
  if (scan->broken_point_count > 0) {
    import.warn(path + ": " + count(scan->broken_point_count) + " points are not finite; they are kept and the cloud " +
                "is marked as not dense");
  }
  if (auto status = import.write(import.channels.points, stamp, scan->cloud); !status || truth == nullptr)
    return status;
  count_points(scan->cloud, T_ego_lidar(calibration), *truth);
  return import.write(import.channels.truth, stamp, *truth);
}

base::Status write_kitti_image(const KittiImport& import, const std::string& folder, int frame, base::Time stamp,
                               const KittiCalibration& calibration) {
  ImageHeader header{"", kNominalWidth_px, kNominalHeight_px};
  const std::string path = import.channels.image >= 0 ? find_image(folder, frame) : "";
  if (import.channels.image >= 0 && path.empty()) {
    import.lose(folder + "/" + kitti_frame_name(frame) + ".png: the image of this frame is missing");
  }
  if (!path.empty()) {
    auto bytes = read_image_file(path);
    const auto found = bytes ? read_image_header(*bytes) : std::nullopt;
    if (!found) {
      import.lose(bytes ? path + ": neither a JPEG nor a PNG image" : bytes.error().message);
    } else {
      header = *found;
      const messages::CompressedImage image{{stamp, "camera_front"}, header.format, *std::move(bytes)};
      if (auto status = import.write(import.channels.image, stamp, image); !status) return status;
    }
  }
  const auto info = kitti_camera_info(calibration, stamp, header.width_px, header.height_px);
  return import.write(import.channels.camera_info, stamp, info);
}

}  // namespace hangil::recording
