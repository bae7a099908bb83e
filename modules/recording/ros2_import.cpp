// SPDX-License-Identifier: Apache-2.0
#include "recording/ros2_import.hpp"

#include <cmath>
#include <filesystem>
#include <set>

#include "messages/camera_info.hpp"
#include "messages/catalog.hpp"
#include "messages/compressed_image.hpp"
#include "messages/imu.hpp"
#include "messages/nav_sat_fix.hpp"
#include "recording/cloud_layout.hpp"
#include "recording/ros2_survey.hpp"

namespace hangil::recording {

namespace {

struct OutputChannel {
  int index = -1;  // in the output
  std::string target, frame, type;
  base::Time last_stamp;
  std::uint64_t sequence = 0;
};

class Ros2Import {
 public:
  Ros2Import(BagSurvey survey, DriveWriter& writer, const ImportListener& listener, ImportReport& report)
      : survey_(std::move(survey)), writer_(writer), listener_(listener), report_(report) {}

  base::Status run() {
    for (const std::string& warning : survey_.warnings) lose(warning);
    report_.notes = survey_.notes;
    add_channels();
    if (auto status = write_start(); !status) return status;
    auto reader = BagReader::open(survey_.files, read_options());
    if (!reader) return reader.error();
    const base::Duration whole = reader->end() - survey_.first_published;
    while (true) {
      const auto message = reader->next();
      if (!message) {
        lose(message.error().message);
        continue;
      }
      if (!*message || (report_.is_cancelled = listener_.is_cancelled())) return {};
      if (auto status = take(**message); !status) return status;
      if (whole.ns > 0) listener_.progress(((*message)->published - survey_.first_published).to_s() / whole.to_s());
    }
  }

 private:
  void add_channels() {
    outputs_.resize(survey_.channels.size());
    tf_static_ = writer_.add_channel("/source/tf_static", base::message_type<messages::TFMessage>());
    if (!survey_.mission.path.empty()) {
      mission_ = writer_.add_channel("/mission", base::message_type<messages::Mission>());
    }
    for (const TopicChoice& choice : survey_.plan.choices) {
      if (choice.target == "/mission" && mission_ >= 0) continue;
      const auto source = static_cast<std::size_t>(choice.source);
      const std::string type = full_type_name(survey_.channels[source].type);
      const int index = writer_.add_channel(choice.target, *messages::find_type(type),
                                            {{"source_topic", survey_.channels[source].topic}});
      outputs_[source] = {index, choice.target, frame_of_topic(choice.target), type, {}, 0};
    }
  }

  ReadOptions read_options() const {
    ReadOptions options;
    for (std::size_t i = 0; i < outputs_.size(); ++i) {
      if (outputs_[i].index >= 0) options.topics.push_back(survey_.channels[i].topic);
    }
    return options;
  }

  base::Status write_start() {
    const base::Time time = survey_.first_published;
    for (auto& transform : survey_.static_transforms.transforms) transform.header.stamp = time;
    survey_.mission.header.stamp = time;
    base::Status status;
    if (!survey_.static_transforms.transforms.empty()) {
      ++report_.message_count;
      status = writer_.write(tf_static_, time, time, survey_.static_transforms);
    }
    report_.has_mission = mission_ >= 0;
    if (mission_ < 0 || !status) return status;
    ++report_.message_count;
    return writer_.write(mission_, time, time, survey_.mission);
  }

  base::Status take(const DriveMessage& message) {
    OutputChannel& out = outputs_[static_cast<std::size_t>(message.channel)];
    using namespace messages;  // NOLINT: six type names
    if (out.type == PointCloud2::kType) return take_cloud(message, out);
    if (out.type == Odometry::kType) return take_odometry(message, out);
    if (out.type == Imu::kType) return take_sensor<Imu>(message, out);
    if (out.type == NavSatFix::kType) return take_sensor<NavSatFix>(message, out);
    if (out.type == CompressedImage::kType) return take_sensor<CompressedImage>(message, out);
    if (out.type == CameraInfo::kType) return take_sensor<CameraInfo>(message, out);
    return write(message, out, message.stamp, *message.cdr);
  }

  base::Status take_cloud(const DriveMessage& message, OutputChannel& out) {
    const auto cloud = base::decode_cdr<messages::PointCloud2>(*message.cdr);
    if (!cloud) return lose_message(message, out, cloud.error().message);
    auto normal = normalize_cloud(*cloud);
    if (!normal) return lose_message(message, out, normal.error().message);
    report_.frame_count += out.frame == "lidar_top" ? 1 : 0;
    return write_sensor(message, out, *std::move(normal));
  }

  base::Status take_odometry(const DriveMessage& message, OutputChannel& out) {
    const auto odometry = base::decode_cdr<messages::Odometry>(*message.cdr);
    if (!odometry) return lose_message(message, out, odometry.error().message);
    if (out.target != "/odometry") return write_sensor(message, out, *odometry);
    return write_sensor(message, out, survey_.motion.convert(*odometry));
  }

  template <class T>
  base::Status take_sensor(const DriveMessage& message, OutputChannel& out) {
    auto value = base::decode_cdr<T>(*message.cdr);
    if (!value) return lose_message(message, out, value.error().message);
    return write_sensor(message, out, *std::move(value));
  }

  template <class T>
  base::Status write_sensor(const DriveMessage& message, OutputChannel& out, T value) {
    if (!out.frame.empty()) value.header.frame_id = out.frame;
    value.header.stamp = check_stamp(message, out, value.header.stamp);
    base::encode_cdr(value, scratch_);
    return write(message, out, value.header.stamp, scratch_);
  }

  // The stamp to use, with a word about odd ones, once a channel and kind.
  base::Time check_stamp(const DriveMessage& message, OutputChannel& out, base::Time stamp) {
    constexpr double kApart_s = 60;
    if (stamp.ns <= 0) {
      warn_once(out.target + ": messages without stamp take their log time");
      return message.published;
    }
    const double apart_s = (message.published - stamp).to_s();
    if (std::abs(apart_s) > kApart_s) {
      warn_once(out.target + ": stamps and log times come from different clocks (more than a minute apart)");
    }
    if (stamp < out.last_stamp) warn_once(out.target + ": stamps go back in time");
    out.last_stamp = stamp;
    return stamp;
  }

  base::Status write(const DriveMessage& message, OutputChannel& out, base::Time stamp,
                     std::span<const std::uint8_t> cdr) {
    ++report_.message_count;
    return writer_.write(out.index, out.sequence++, stamp, message.published, cdr);
  }

  base::Status lose_message(const DriveMessage& message, const OutputChannel& out, const std::string& what) {
    lose(out.target + ": message at " + std::to_string(message.published.ns) + " ns left out: " + what);
    return {};
  }
  void warn_once(const std::string& text) {
    if (said_.insert(text).second) warn(text);
  }
  void lose(const std::string& text) {
    ++report_.lost_count;
    warn(text);
  }
  void warn(const std::string& text) {
    ++report_.warning_count;
    listener_.warning(text);
  }

  BagSurvey survey_;
  DriveWriter& writer_;
  const ImportListener& listener_;
  ImportReport& report_;
  std::vector<OutputChannel> outputs_;  // by the bag's channel
  int tf_static_ = -1, mission_ = -1;
  std::set<std::string> said_;
  base::Bytes scratch_;
};

// Writing over the bag that is read would destroy it.
base::Status check_output(const std::vector<std::string>& files, const std::string& output) {
  for (const std::string& file : files) {
    std::error_code ignored;
    if (std::filesystem::equivalent(file, output, ignored)) {
      return base::Error{output + ": is the bag to be read; give another file to write"};
    }
  }
  return {};
}

}  // namespace

base::Result<ImportReport> import_ros2(const Ros2Options& options, const std::string& output,
                                       const WriteOptions& write_options, const ImportListener& listener) {
  auto survey = survey_bag(options);
  if (!survey) return survey.error();
  if (auto status = check_output(survey->files, output); !status) return status.error();
  auto writer = DriveWriter::create(output, write_options);
  if (!writer) return writer.error();
  const std::string name = std::filesystem::path(options.bag).filename().string();
  auto status = writer->add_metadata("import", {{"source", "ros2"}, {"bag", name}, {"ego_frame", survey->ego_frame}});
  ImportReport report;
  if (status) status = Ros2Import(*std::move(survey), *writer, listener, report).run();
  if (status) status = writer->close();
  if (!status) return status.error();
  return report;
}

}  // namespace hangil::recording
