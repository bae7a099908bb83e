// SPDX-License-Identifier: Apache-2.0
#include "cli/recorded_rig.hpp"

#include <filesystem>

#include "recording/drive_reader.hpp"
#include "recording/transforms.hpp"

namespace hangil::cli {

namespace {

constexpr const char* kStaticTransforms = "/source/tf_static";
constexpr std::string_view kCameraInfo = "/camera_info";

// "/camera/front/camera_info" is the camera "front".
std::string camera_name(std::string topic) {
  topic.resize(topic.size() - kCameraInfo.size());
  return topic.substr(topic.rfind('/') + 1);
}

std::string lidar_name(const std::string& frame) {
  const auto bar = frame.find('_');
  return bar == std::string::npos ? frame : frame.substr(bar + 1);
}

}  // namespace

base::Result<fusion::SensorRig> recorded_rig(const std::string& path) {
  const auto reader = recording::DriveReader::open(path);
  if (!reader) return reader.error();
  const auto tf = recording::read_channel<messages::TFMessage>(path, kStaticTransforms);
  if (!tf) return tf.error();
  if (tf->empty()) return base::Error{path + ": no " + kStaticTransforms + " in this recording"};
  fusion::SensorRig rig{.name = std::filesystem::path(path).stem().string()};
  for (const auto& channel : reader->channels()) {
    if (!channel.topic.ends_with(kCameraInfo)) continue;
    const auto infos = recording::read_channel<messages::CameraInfo>(path, channel.topic);
    if (!infos) return infos.error();
    if (infos->empty()) continue;
    auto camera = fusion::camera_mount(infos->front().value, tf->front().value);
    if (!camera) return base::Error{path + ": " + camera.error().message};
    camera->name = camera_name(channel.topic);
    rig.cameras.push_back(*std::move(camera));
  }
  for (const auto& transform : tf->front().value.transforms) {
    if (!transform.child_frame_id.starts_with("lidar") || transform.header.frame_id != "ego") continue;
    rig.lidars.push_back({lidar_name(transform.child_frame_id),
                          transform.child_frame_id,
                          recording::to_isometry(transform.transform),
                          {}});
  }
  return rig;
}

}  // namespace hangil::cli
