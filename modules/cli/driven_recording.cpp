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
  std::vector<std::uint8_t> log;
  for (const runtime::LogPiece& piece : *pieces) log.insert(log.end(), piece.bytes.begin(), piece.bytes.end());
  auto events = runtime::read_log(recording.pipeline.graph, recording.info.start, log);
  if (!events) return base::Error{path + ": " + events.error().message};
  recording.events = *std::move(events);
  const auto summaries = read_values<runtime::RunSummary>(path, runtime::kSummaryTopic);
  if (summaries && !summaries->empty()) recording.summary = summaries->front();
  return recording;
}

std::vector<std::string> running_at_the_end(const DrivenRecording& recording) {
  const auto& modules = recording.pipeline.graph.modules;
  std::vector<bool> is_running(modules.size(), false);
  for (const runtime::LogEvent& event : recording.events) {
    const bool is_start = event.kind == runtime::LogEvent::Kind::kStart;
    if (is_start || event.kind == runtime::LogEvent::Kind::kEnd)
      is_running[static_cast<std::size_t>(event.subject)] = is_start;
  }
  std::vector<std::string> names;
  for (std::size_t m = 0; m < modules.size(); ++m) {
    if (is_running[m]) names.push_back(modules[m].name);
  }
  return names;
}

std::string cut_off_text(const DrivenRecording& recording) {
  if (recording.summary || recording.events.empty()) return "";
  const base::Time last{recording.events.back().time_ns};
  std::string text = fmt::format("the drive's log ends {:.3f} s after its start", (last - recording.info.start).to_s());
  const auto names = running_at_the_end(recording);
  if (!names.empty()) text += fmt::format(", while {} ran", fmt::join(names, ", "));
  return text;
}

}  // namespace hangil::cli
