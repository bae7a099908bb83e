// SPDX-License-Identifier: Apache-2.0
#include "cli/drive_session.hpp"

#include <algorithm>
#include <csignal>

#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/interrupt.hpp"
#include "cli/run_statistics_text.hpp"

namespace hangil::cli {

runtime::RunSinks DriveSession::sinks(const runtime::Graph& graph) {
  runtime::RunSinks sinks;
  DriveRecorder* file = recorder.get();
  sinks.on_message = [&graph, this, file](int channel, const runtime::Message& message) {
    if (channel == graph.frame_channel) run.add_frame(message.stamp);
    if (file != nullptr) file->message(channel, message);
  };
  sinks.on_activation = [this, file](const runtime::ActivationRecord& record) {
    run.add(record);
    if (file != nullptr) file->activation(record);
  };
  sinks.on_drop = [file](const runtime::DropRecord& drop) {
    if (file != nullptr) file->drop(drop);
  };
  sinks.on_event = [this, file](const runtime::EventRecord& event) {
    run.add(event);
    if (file != nullptr) file->event(event);
  };
  return sinks;
}

std::vector<runtime::Trouble> DriveSession::take_trouble() {
  std::vector<runtime::Trouble> troubles;
  if (const auto crash = CrashGuard::take_crash()) {
    const auto& modules = run.info().modules;
    const auto found =
        std::find_if(modules.begin(), modules.end(), [&](const auto& m) { return m.name == crash->module; });
    const int module = found == modules.end() ? -1 : static_cast<int>(found - modules.begin());
    troubles.push_back({"crashed", crash->text, module, crash->ordinal});
  }
  const std::string trouble = recorder != nullptr && !is_trouble_said ? recorder->trouble() : "";
  if (!trouble.empty()) {
    is_trouble_said = true;
    fmt::print(stderr, "warning: {}; the drive goes on\n", trouble);
    troubles.push_back({"recording_failed", trouble});
  }
  return troubles;
}

base::Result<DriveSession> begin_session(const LoadedPipeline& loaded, const recording::DriveReader* reader,
                                         const std::string& output, runtime::RunInfo info, base::Time end,
                                         const recording::BackgroundOptions& options) {
  DriveSession session{.run = {std::move(info), end}};
  session.crash_guard = std::make_unique<CrashGuard>(output);
  if (output.empty()) return session;
  std::signal(SIGXFSZ, SIG_IGN);  // a limit on file sizes is a write error, not the end of the drive
  auto recorder = DriveRecorder::create(output, reader, loaded.graph, options);
  if (!recorder) return recorder.error();
  session.recorder = *std::move(recorder);
  session.recorder->info(session.run.info(), session.run.info().start);
  return session;
}

base::Status close_session(DriveSession& session, const base::Result<runtime::RunSummary>& summary, base::Time end) {
  if (summary.ok()) session.run.finish(*summary);
  if (summary.ok() && session.recorder != nullptr) session.recorder->summary(*summary, end);
  const base::Status closed = session.recorder != nullptr ? session.recorder->close() : base::Status();
  if (session.recorder != nullptr) {
    session.run.recording_trouble = session.recorder->trouble();
    session.run.unrecorded_count = session.recorder->lost_count();
  }
  if (!summary) return summary.error();
  if (!closed || session.run.unrecorded_count > 0) {
    return base::Error{fmt::format("{}; {} messages are not in the recording", session.run.recording_trouble,
                                   session.run.unrecorded_count)};
  }
  return {};
}

int end_session(DriveSession& session, const base::Result<runtime::RunSummary>& summary, base::Time end,
                const std::string& damage, bool as_json) {
  const base::Status closed = close_session(session, summary, end);
  if (!summary) return fail(closed.error().message);
  fmt::print("{}\n", as_json ? statistics_json(session.run) : statistics_text(session.run));
  if (!closed) return fail(closed.error().message, kDataLoss);
  if (interrupted()) return fmt::print(stderr, "stopped on request; the recording holds what was driven\n"), kFailed;
  return damage.empty() && session.run.summary().lost_count == 0 ? kClean : kDataLoss;
}

runtime::RunInfo describe_run(const LoadedPipeline& loaded, const std::string& executive, const std::string& latency,
                              int worker_count, std::uint64_t seed, base::Time start) {
  runtime::RunInfo info = runtime::describe(loaded.graph);
  info.executive = executive;
  info.latency_mode = latency;
  info.worker_count = static_cast<std::uint32_t>(worker_count);
  info.seed = seed;
  info.start = start;
  info.pipeline_yaml = runtime::pipeline_text(loaded.spec);
  return info;
}

}  // namespace hangil::cli
