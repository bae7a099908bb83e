// SPDX-License-Identifier: Apache-2.0
#include "cli/driven_recording.hpp"

#include <fmt/ranges.h>

#include "recording/drive_reader.hpp"

namespace hangil::cli {

namespace {

template <class T>
base::Result<std::vector<T>> read_values(const std::string& path, std::string_view topic) {
  auto read = recording::read_channel<T>(path, std::string(topic));
  if (!read) return read.error();
  std::vector<T> values;
  for (auto& message : *read) values.push_back(std::move(message.value));
  return values;
}

std::vector<runtime::SourceChannel> recorded_sources(const runtime::RunInfo& info) {
  std::vector<runtime::SourceChannel> sources;
  for (const runtime::ChannelInfo& channel : info.channels) {
    if (channel.writer < 0) sources.push_back({channel.topic, channel.type});
  }
  return sources;
}

bool has_recorded_channels(const runtime::Graph& graph, const runtime::RunInfo& info) {
  if (graph.channels.size() != info.channels.size()) return false;
  for (std::size_t c = 0; c < graph.channels.size(); ++c) {
    if (graph.channels[c].topic != info.channels[c].topic || graph.channels[c].writer != info.channels[c].writer)
      return false;
  }
  return true;
}

}  // namespace

base::Result<DrivenRecording> read_driven_recording(const std::string& path) {
  DrivenRecording recording;
  auto infos = read_values<runtime::RunInfo>(path, runtime::kInfoTopic);
  if (!infos) return infos.error();
  auto pieces = read_values<runtime::LogPiece>(path, runtime::kLogTopic);
  if (!pieces) return pieces.error();
  if (infos->empty() || pieces->empty()) {
    return base::Error{path + ": holds no drive log; only what `hangil run` recorded can be driven again"};
  }
  recording.info = std::move(infos->front());
  const auto sources = recorded_sources(recording.info);
  auto pipeline = load_pipeline_text(recording.info.pipeline_yaml, path + " (its pipeline)", &sources);
  if (!pipeline) return pipeline.error();
  recording.pipeline = *std::move(pipeline);
  if (!has_recorded_channels(recording.pipeline.graph, recording.info)) {
    return base::Error{path + ": the module libraries here give this pipeline other channels than on the drive"};
  }
  for (const runtime::LogPiece& piece : *pieces)
    recording.log.insert(recording.log.end(), piece.bytes.begin(), piece.bytes.end());
  const auto events = recording.events();
  for (auto next = events(); !next || next->has_value(); next = events()) {
    if (!next) return base::Error{path + ": " + next.error().message};
  }
  const auto summaries = read_values<runtime::RunSummary>(path, runtime::kSummaryTopic);
  if (summaries && !summaries->empty()) recording.summary = summaries->front();
  return recording;
}

runtime::LogEvents DrivenRecording::events() const {
  auto reader = std::make_shared<runtime::LogReader>(pipeline.graph, info.start, log);
  return [reader] { return reader->next(); };
}

DriveEnd end_of_log(const DrivenRecording& recording) {
  const auto& modules = recording.pipeline.graph.modules;
  std::vector<bool> is_running(modules.size(), false);
  DriveEnd end{.time = recording.info.start};
  const auto events = recording.events();
  for (auto next = events(); next.ok() && next->has_value(); next = events()) {
    const runtime::LogEvent& event = **next;
    end.time = {event.time_ns};
    const bool is_start = event.kind == runtime::LogEvent::Kind::kStart;
    if (is_start || event.kind == runtime::LogEvent::Kind::kEnd)
      is_running[static_cast<std::size_t>(event.subject)] = is_start;
  }
  for (std::size_t m = 0; m < modules.size(); ++m) {
    if (is_running[m]) end.running_modules.push_back(modules[m].name);
  }
  return end;
}

std::string cut_off_text(const DrivenRecording& recording) {
  if (recording.summary || recording.log.empty()) return "";
  const DriveEnd end = end_of_log(recording);
  std::string text =
      fmt::format("the drive's log ends {:.3f} s after its start", (end.time - recording.info.start).to_s());
  if (!end.running_modules.empty()) text += fmt::format(", while {} ran", fmt::join(end.running_modules, ", "));
  return text;
}

}  // namespace hangil::cli
