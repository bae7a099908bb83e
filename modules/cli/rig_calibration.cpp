// SPDX-License-Identifier: Apache-2.0
#include "cli/rig_calibration.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/cdr.hpp"
#include "messages/catalog.hpp"

namespace hangil::cli {

namespace {

constexpr const char* kMountingTopic = "/source/tf_static";

std::string info_topic(const fusion::CameraMount& camera) { return "/camera/" + camera.name + "/camera_info"; }

template <class T>
std::shared_ptr<const base::Bytes> bytes_of(const T& value) {
  auto bytes = std::make_shared<base::Bytes>();
  messages::find_type(T::kType)->encode(&value, *bytes);
  return bytes;
}

// What the rig knows nothing of stays as it was.
messages::TFMessage laid_over(messages::TFMessage recorded, const messages::TFMessage& rig) {
  for (const auto& transform : rig.transforms) {
    std::erase_if(recorded.transforms, [&](const auto& old) { return old.child_frame_id == transform.child_frame_id; });
    recorded.transforms.push_back(transform);
  }
  return recorded;
}

base::Status check_size(const std::string& path, const fusion::CameraMount& camera,
                        const messages::CameraInfo& recorded) {
  const auto width_px = static_cast<std::uint32_t>(camera.optics.width_px);
  const auto height_px = static_cast<std::uint32_t>(camera.optics.height_px);
  if (recorded.width == width_px && recorded.height == height_px) return {};
  return base::Error{fmt::format(
      "{}: camera '{}' has pictures of {} x {} px, those of the recording are {} x {} px: another rig, or rectified "
      "otherwise; name the recording's rig, or none to drive with the recording's own calibration",
      path, camera.name, width_px, height_px, recorded.width, recorded.height)};
}

}  // namespace

base::Result<RigCalibration> RigCalibration::load(const std::string& path) {
  auto rig = fusion::load_sensor_rig(path);
  if (!rig) return rig.error();
  RigCalibration calibration;
  calibration.path_ = path, calibration.rig_ = *std::move(rig);
  return calibration;
}

std::vector<runtime::SourceChannel> RigCalibration::with_own(const std::vector<runtime::SourceChannel>& sources) const {
  std::vector<runtime::SourceChannel> all = sources;
  const auto add = [&](const std::string& topic, std::string_view type) {
    if (std::none_of(all.begin(), all.end(), [&](const auto& source) { return source.topic == topic; }))
      all.push_back({topic, std::string(type)});
  };
  add(kMountingTopic, messages::TFMessage::kType);
  for (const auto& camera : rig_.cameras) add(info_topic(camera), messages::CameraInfo::kType);
  return all;
}

base::Status RigCalibration::correct(const std::string& topic, runtime::SourceMessage& message) const {
  if (topic == kMountingTopic) {
    auto recorded = base::decode_cdr<messages::TFMessage>(*message.cdr);
    if (!recorded) return base::Error{topic + ": " + recorded.error().message};
    message.cdr = bytes_of(laid_over(*std::move(recorded), fusion::static_transforms(rig_, message.stamp)));
    return {};
  }
  for (const auto& camera : rig_.cameras) {
    if (topic != info_topic(camera)) continue;
    const auto recorded = base::decode_cdr<messages::CameraInfo>(*message.cdr);
    if (!recorded) return base::Error{topic + ": " + recorded.error().message};
    if (const auto status = check_size(path_, camera, *recorded); !status) return status;
    message.cdr = bytes_of(fusion::camera_info_message(camera, message.stamp));
  }
  return {};
}

std::vector<runtime::SourceMessage> RigCalibration::first_messages(const runtime::Graph& graph,
                                                                   const std::vector<std::string>& recorded,
                                                                   base::Time start) const {
  std::vector<runtime::SourceMessage> messages;
  const auto tell = [&](const std::string& topic, const auto& value) {
    const int channel = graph.find_channel(topic);
    const bool is_source = channel >= 0 && graph.channels[static_cast<std::size_t>(channel)].writer < 0;
    if (!is_source || std::find(recorded.begin(), recorded.end(), topic) != recorded.end()) return;
    messages.push_back({.channel = channel, .stamp = start, .published = start, .cdr = bytes_of(value)});
  };
  tell(kMountingTopic, fusion::static_transforms(rig_, start));
  for (const auto& camera : rig_.cameras) tell(info_topic(camera), fusion::camera_info_message(camera, start));
  return messages;
}

double RigCalibration::camera_time_offset_ms() const {
  if (rig_.cameras.empty()) return 0;
  const double lidar_ms = rig_.lidars.empty() ? 0 : rig_.lidars.front().time_offset.to_ms();
  return rig_.cameras.front().time_offset.to_ms() - lidar_ms;
}

}  // namespace hangil::cli
