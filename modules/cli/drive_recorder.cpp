// SPDX-License-Identifier: Apache-2.0
#include "cli/drive_recorder.hpp"

#include "runtime/drive_log.hpp"

namespace hangil::cli {

namespace {

bool is_about_a_run(const std::string& topic) { return topic.starts_with("/runtime/"); }

}  // namespace

base::Result<std::unique_ptr<DriveRecorder>> DriveRecorder::create(const std::string& path,
                                                                   const recording::DriveReader* input,
                                                                   const runtime::Graph& graph,
                                                                   const recording::BackgroundOptions& options) {
  auto writer = recording::DriveWriter::create(path);
  if (!writer) return writer.error();
  auto recorder = std::make_unique<DriveRecorder>();
  const std::vector<recording::DriveChannel> none;
  for (const recording::DriveChannel& channel : input != nullptr ? input->channels() : none) {
    const bool is_passed = !is_about_a_run(channel.topic) && graph.find_channel(channel.topic) < 0;
    recorder->passed_channels_.push_back(
        is_passed ? writer->add_channel(channel.topic, channel.type, channel.schema_text, channel.metadata) : -1);
  }
  for (const runtime::GraphChannel& channel : graph.channels) {
    const runtime::GraphModule* module =
        channel.writer >= 0 ? &graph.modules[static_cast<std::size_t>(channel.writer)] : nullptr;
    const bool is_silent = module != nullptr && module->is_left_out;
    std::map<std::string, std::string> metadata;
    if (module != nullptr) metadata["hangil.module"] = module->name;
    recorder->graph_channels_.push_back(is_silent ? -1 : writer->add_channel(channel.topic, *channel.type, metadata));
  }
  recorder->info_.index = writer->add_channel(std::string(runtime::kInfoTopic), base::message_type<runtime::RunInfo>());
  recorder->activation_.index =
      writer->add_channel(std::string(runtime::kActivationTopic), base::message_type<runtime::ActivationRecord>());
  recorder->drop_.index =
      writer->add_channel(std::string(runtime::kDropTopic), base::message_type<runtime::DropRecord>());
  recorder->event_.index =
      writer->add_channel(std::string(runtime::kEventTopic), base::message_type<runtime::EventRecord>());
  recorder->log_.index = writer->add_channel(std::string(runtime::kLogTopic), base::message_type<runtime::LogPiece>());
  recorder->summary_.index =
      writer->add_channel(std::string(runtime::kSummaryTopic), base::message_type<runtime::RunSummary>());
  recorder->writer_ = std::make_unique<recording::BackgroundWriter>(*std::move(writer), options);
  return recorder;
}

void DriveRecorder::pass(const recording::DriveMessage& message) {
  const int channel = passed_channels_[static_cast<std::size_t>(message.channel)];
  if (channel >= 0) writer_->push({channel, message.sequence, message.stamp, message.published, message.cdr});
}

void DriveRecorder::message(int channel, const runtime::Message& message) {
  const int index = graph_channels_[static_cast<std::size_t>(channel)];
  if (index >= 0) writer_->push({index, message.sequence, message.stamp, message.published, message.cdr});
}

void DriveRecorder::log(std::vector<std::uint8_t> bytes, base::Time time) {
  write(log_, time, runtime::LogPiece{std::move(bytes)});
}

void DriveRecorder::info(const runtime::RunInfo& info, base::Time time) { write(info_, time, info); }

void DriveRecorder::activation(const runtime::ActivationRecord& record) {
  write(activation_, record.tag + record.latency, record);
}

void DriveRecorder::drop(const runtime::DropRecord& drop) { write(drop_, drop.tag, drop); }

void DriveRecorder::event(const runtime::EventRecord& event) { write(event_, event.time, event); }

void DriveRecorder::summary(const runtime::RunSummary& summary, base::Time time) { write(summary_, time, summary); }

}  // namespace hangil::cli
