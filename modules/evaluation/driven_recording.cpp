// SPDX-License-Identifier: Apache-2.0
#include "evaluation/driven_recording.hpp"

#include <algorithm>
#include <functional>
#include <map>

namespace hangil::evaluation {

namespace {

// Where the messages of each topic go.
class Decoder {
 public:
  explicit Decoder(std::string path) : path_(std::move(path)) {}

  template <class T>
  void bind(std::string_view topic, Channel<T>& into) {
    add<T>(topic, [&into](const recording::DriveMessage& message, T value) {
      into.push_back({message.stamp, message.published, std::move(value)});
    });
  }
  template <class T>
  void bind_value(std::string_view topic, std::vector<T>& into) {
    add<T>(topic, [&into](const recording::DriveMessage&, T value) { into.push_back(std::move(value)); });
  }
  void bind_stamp(const std::string& topic, std::vector<base::Time>& into) { stamps_[topic] = &into; }

  base::Status read(const std::vector<recording::DriveChannel>& channels) {
    for (const auto& channel : channels) {
      const auto bound = topics_.find(channel.topic);
      if (bound != topics_.end() && bound->second.type != channel.type) {
        return base::Error{path_ + ": " + channel.topic + " is a " + channel.type + ", expected " + bound->second.type};
      }
    }
    auto reader = recording::DriveReader::open(path_, {.topics = bound_topics()});
    if (!reader) return reader.error();
    while (true) {
      const auto next = reader->next();
      if (!next) return next.error();
      if (!next->has_value()) return {};
      const base::Status taken = take(reader->channels()[static_cast<std::size_t>((*next)->channel)].topic, **next);
      if (!taken) return taken;
    }
  }

 private:
  struct Target {
    std::string type;
    std::function<base::Status(const recording::DriveMessage&)> take;
  };

  template <class T, class Store>
  void add(std::string_view topic, Store store) {
    topics_[std::string(topic)] = {std::string(T::kType), [store](const recording::DriveMessage& message) {
                                     auto value = base::decode_cdr<T>(*message.cdr);
                                     if (!value) return base::Status(value.error());
                                     store(message, *std::move(value));
                                     return base::Status();
                                   }};
  }

  std::vector<std::string> bound_topics() const {
    std::vector<std::string> topics;
    for (const auto& [topic, target] : topics_) topics.push_back(topic);
    for (const auto& [topic, stamps] : stamps_) topics.push_back(topic);
    return topics;
  }

  base::Status take(const std::string& topic, const recording::DriveMessage& message) {
    if (const auto stamps = stamps_.find(topic); stamps != stamps_.end()) stamps->second->push_back(message.stamp);
    const auto target = topics_.find(topic);
    if (target == topics_.end()) return {};
    const base::Status taken = target->second.take(message);
    if (!taken) return base::Error{path_ + ": " + topic + ": " + taken.error().message};
    return {};
  }

  std::string path_;
  std::map<std::string, Target> topics_;
  std::map<std::string, std::vector<base::Time>*> stamps_;
};

void bind_messages(DrivenRecording& drive, Decoder& decoder) {
  decoder.bind(kTruthTopic, drive.truth);
  decoder.bind(kObjectsTopic, drive.objects);
  decoder.bind(kTracksTopic, drive.tracks);
  decoder.bind(kPredictionsTopic, drive.predictions);
  decoder.bind(kTrajectoryTopic, drive.trajectories);
  decoder.bind(kSafeTrajectoryTopic, drive.safe_trajectories);
  decoder.bind(kSafetyReportTopic, drive.safety_reports);
  decoder.bind(kCommandReportTopic, drive.command_reports);
  decoder.bind(kCommandTopic, drive.commands);
  decoder.bind(kPoseTopic, drive.localization);
  decoder.bind(kOdometryTopic, drive.odometry);
  decoder.bind(kMissionTopic, drive.mission);
  decoder.bind(kCameraInfoTopic, drive.camera_info);
  decoder.bind(kStaticTransformTopic, drive.static_transforms);
}

base::Status read_run_info(DrivenRecording& drive) {
  drive.frame_topic = kPointsTopic;
  auto infos = recording::read_channel<runtime::RunInfo>(drive.path, std::string(runtime::kInfoTopic));
  if (!infos) return infos.error();
  if (infos->empty()) return {};
  drive.info = std::move(infos->front().value);
  const auto& channels = drive.info->channels;
  const auto index = static_cast<std::size_t>(drive.info->frame_channel);
  if (drive.info->frame_channel >= 0 && index < channels.size()) drive.frame_topic = channels[index].topic;
  return {};
}

// A record of a damaged or foreign file must not make anybody index or allocate out of bounds.
bool is_usable(const runtime::ActivationRecord& record, const runtime::RunInfo& info, std::uint64_t message_count) {
  const auto is_known = [&](std::size_t channel, std::uint64_t last) {
    return channel < info.channels.size() && last <= message_count;
  };
  return record.module < info.modules.size() &&
         std::all_of(record.produced.begin(), record.produced.end(),
                     [&](const auto& p) { return is_known(p.channel, p.sequence); }) &&
         std::all_of(record.consumed.begin(), record.consumed.end(),
                     [&](const auto& c) { return is_known(c.channel, c.first) && c.count <= message_count; });
}

void drop_unusable(DrivenRecording& drive, std::uint64_t message_count) {
  drive.unusable_record_count = std::erase_if(drive.activations, [&](const auto& record) {
    return !drive.info || !is_usable(record, *drive.info, message_count);
  });
}

}  // namespace

base::Result<DrivenRecording> read_driven(const std::string& path) {
  DrivenRecording drive{.path = path};
  std::uint64_t message_count = 0;
  {
    const auto reader = recording::DriveReader::open(path);
    if (!reader) return reader.error();
    drive.channels = reader->channels(), drive.damage = reader->damage();
    drive.start = reader->start(), drive.end = reader->end();
    message_count = reader->message_count();
  }
  if (const auto read = read_run_info(drive); !read) return read.error();
  Decoder decoder(path);
  bind_messages(drive, decoder);
  Channel<runtime::RunSummary> summaries;
  decoder.bind(runtime::kSummaryTopic, summaries);
  decoder.bind_value(runtime::kActivationTopic, drive.activations);
  decoder.bind_value(runtime::kDropTopic, drive.drops);
  decoder.bind_value(runtime::kEventTopic, drive.events);
  decoder.bind_stamp(drive.frame_topic, drive.frame_stamps);
  if (const auto read = decoder.read(drive.channels); !read) return read.error();
  if (!summaries.empty()) drive.summary = std::move(summaries.front().value);
  drop_unusable(drive, message_count);
  return drive;
}

}  // namespace hangil::evaluation
