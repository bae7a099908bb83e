// SPDX-License-Identifier: Apache-2.0
#include "cli/drive_source.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "cli/rig_calibration.hpp"

namespace hangil::cli {

std::vector<runtime::SourceChannel> sources_of(const recording::DriveReader& reader) {
  std::vector<runtime::SourceChannel> sources;
  for (const recording::DriveChannel& channel : reader.channels()) sources.push_back({channel.topic, channel.type});
  return sources;
}

DriveSource::DriveSource(recording::DriveReader& reader, DriveLoop loop, const LoadedPipeline& loaded,
                         DriveRecorder* recorder, Progress& progress)
    : loop_(std::move(loop)), recorder_(recorder), progress_(progress), loaded_(loaded) {
  const runtime::Graph& graph = loaded.graph;
  for (const recording::DriveChannel& channel : reader.channels()) {
    const int found = graph.find_channel(channel.topic);
    const bool is_source = found >= 0 && graph.channels[static_cast<std::size_t>(found)].writer < 0;
    graph_channels_.push_back(is_source ? found : -1);
    topics_.push_back(channel.topic);
  }
}

base::Result<std::optional<runtime::SourceMessage>> DriveSource::next() {
  while (true) {
    if (!waiting_.empty()) {
      std::optional<runtime::SourceMessage> first(std::move(waiting_.front()));
      waiting_.pop_front();
      return first;
    }
    auto read = loop_.next();
    if (!read) return read.error();
    if (!read->has_value()) return std::optional<runtime::SourceMessage>();
    const recording::DriveMessage& message = **read;
    const int channel = graph_channels_[static_cast<std::size_t>(message.channel)];
    if (channel < 0) {
      if (recorder_ != nullptr) recorder_->pass(message);
      continue;
    }
    progress_.show(message.published);
    runtime::SourceMessage source{channel, message.stamp, message.published, message.cdr, loop_.following()};
    if (loaded_.rig == nullptr) return std::optional(std::move(source));
    const std::string& topic = topics_[static_cast<std::size_t>(message.channel)];
    if (const base::Status status = loaded_.rig->correct(topic, source); !status) return status.error();
    if (std::exchange(is_begun_, true)) return std::optional(std::move(source));
    for (auto& told : loaded_.rig->first_messages(loaded_.graph, topics_, message.published))
      waiting_.push_back(std::move(told));
    waiting_.push_back(std::move(source));
  }
}

void say_what_is_left_out(const runtime::Graph& graph) {
  for (const runtime::GraphModule& module : graph.modules) {
    if (module.is_left_out) fmt::print(stderr, "left out: {}: {}\n", module.name, module.left_out_reason);
  }
  for (const std::string& warning : graph.warnings) fmt::print(stderr, "note: {}\n", warning);
}

bool drives_nothing(const runtime::Graph& graph) {
  return std::all_of(graph.modules.begin(), graph.modules.end(), [](const auto& module) { return module.is_left_out; });
}

}  // namespace hangil::cli
