// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/drive_recorder.hpp"
#include "cli/interrupt.hpp"
#include "cli/pipeline_loading.hpp"
#include "cli/progress.hpp"
#include "cli/run_statistics.hpp"

namespace hangil::cli {

namespace {

struct Options {
  std::string drive, pipeline, output, latency = "declared";
  std::vector<std::string> overrides;
  int worker_count = 1;
  double start_s = 0, duration_s = 0;
  std::uint64_t seed = 0;
  bool as_json = false;
};

int fail(const std::string& message) { return fmt::print(stderr, "{}\n", message), kFailed; }

std::vector<runtime::SourceChannel> sources_of(const recording::DriveReader& reader) {
  std::vector<runtime::SourceChannel> sources;
  for (const recording::DriveChannel& channel : reader.channels()) sources.push_back({channel.topic, channel.type});
  return sources;
}

void warn_of_damage(const recording::DriveReader& reader, const std::string& path) {
  if (!reader.damage().empty()) fmt::print(stderr, "warning: {}: {}\n", path, reader.damage());
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

// Reads the drive for the executive, and puts every message of it into the new recording on the way.
class DriveSource {
 public:
  DriveSource(recording::DriveReader& reader, const runtime::Graph& graph, DriveRecorder* recorder, Progress& progress)
      : reader_(reader), recorder_(recorder), progress_(progress) {
    for (const recording::DriveChannel& channel : reader.channels()) {
      const int found = graph.find_channel(channel.topic);
      const bool is_source = found >= 0 && graph.channels[static_cast<std::size_t>(found)].writer < 0;
      graph_channels_.push_back(is_source ? found : -1);
    }
  }

  base::Result<std::optional<runtime::SourceMessage>> next() {
    while (true) {
      auto read = reader_.next();
      if (!read) return read.error();
      if (!read->has_value()) return std::optional<runtime::SourceMessage>();
      const recording::DriveMessage& message = **read;
      if (recorder_ != nullptr) recorder_->input(message);
      const int channel = graph_channels_[static_cast<std::size_t>(message.channel)];
      if (channel < 0) continue;
      progress_.show(message.published);
      return std::optional<runtime::SourceMessage>({channel, message.stamp, message.published, message.cdr});
    }
  }

 private:
  recording::DriveReader& reader_;
  DriveRecorder* recorder_;
  Progress& progress_;
  std::vector<int> graph_channels_;
};

runtime::RunSinks make_sinks(const runtime::Graph& graph, RunStatistics& run, DriveRecorder* recorder) {
  runtime::RunSinks sinks;
  sinks.on_message = [&graph, &run, recorder](int channel, const runtime::Message& message) {
    if (channel == graph.frame_channel) run.frame_stamps.push_back(message.stamp);
    if (recorder != nullptr) recorder->output(channel, message);
  };
  sinks.on_activation = [&run, recorder](const runtime::ActivationRecord& record) {
    run.activations.push_back(record);
    if (recorder != nullptr) recorder->activation(record);
  };
  sinks.on_drop = [recorder](const runtime::DropRecord& drop) {
    if (recorder != nullptr) recorder->drop(drop);
  };
  sinks.on_event = [&run, recorder](const runtime::EventRecord& event) {
    run.events.push_back(event);
    if (recorder != nullptr) recorder->event(event);
  };
  return sinks;
}

runtime::RunInfo describe_run(const LoadedPipeline& loaded, const Options& options) {
  runtime::RunInfo info = runtime::describe(loaded.graph);
  info.executive = "replay";
  info.latency_mode = options.latency;
  info.worker_count = static_cast<std::uint32_t>(options.worker_count);
  info.seed = options.seed;
  info.pipeline_yaml = runtime::pipeline_text(loaded.spec);
  return info;
}

recording::ReadOptions time_range(const Options& options, base::Time drive_start) {
  recording::ReadOptions range;
  if (options.start_s > 0) range.start = drive_start + base::Duration::seconds(options.start_s);
  if (options.duration_s > 0)
    range.end = range.start.value_or(drive_start) + base::Duration::seconds(options.duration_s);
  return range;
}

runtime::ReplayOptions replay_options(const Options& options, const recording::ReadOptions& range,
                                      const recording::DriveReader& reader, const runtime::Graph& graph) {
  runtime::ReplayOptions replay{.worker_count = options.worker_count, .seed = options.seed};
  replay.latency = options.latency == "zero" ? runtime::LatencyMode::kZero : runtime::LatencyMode::kDeclared;
  replay.start = range.start.value_or(reader.start());
  replay.end =
      range.end.value_or(reader.end()) + runtime::longest_path(graph, runtime::latencies_ns(graph, replay.latency));
  replay.keeps_cdr = !options.output.empty();
  replay.should_stop = &interrupted();
  return replay;
}

int drive(const Options& options, recording::DriveReader& reader, const recording::ReadOptions& range,
          const LoadedPipeline& loaded) {
  std::unique_ptr<DriveRecorder> recorder;
  if (!options.output.empty()) {
    auto made =
        DriveRecorder::create(options.output, reader, loaded.graph, recording::BackgroundWriter::WhenFull::kWait);
    if (!made) return fail(made.error().message);
    recorder = *std::move(made);
  }
  RunStatistics run{.info = describe_run(loaded, options)};
  const runtime::ReplayOptions replay = replay_options(options, range, reader, loaded.graph);
  if (recorder != nullptr) recorder->info(run.info, replay.start);
  Progress progress("replay", replay.start, replay.end);
  DriveSource source(reader, loaded.graph, recorder.get(), progress);
  const auto summary = runtime::replay(
      loaded.graph, [&] { return source.next(); }, replay, make_sinks(loaded.graph, run, recorder.get()));
  progress.finish();
  if (summary.ok()) run.summary = *summary;
  if (summary.ok() && recorder != nullptr) recorder->summary(run.summary, replay.end);
  const base::Status closed = recorder != nullptr ? recorder->close() : base::Status();
  if (!summary) return fail(summary.error().message);
  fmt::print("{}\n", options.as_json ? statistics_json(run) : statistics_text(run));
  if (!closed) return fail(closed.error().message), kDataLoss;
  if (interrupted()) return fmt::print(stderr, "stopped on request; the recording holds what was driven\n"), kFailed;
  return reader.damage().empty() ? kClean : kDataLoss;
}

int replay(const Options& options) {
  auto whole = recording::DriveReader::open(options.drive);
  if (!whole) return fail(whole.error().message);
  const recording::ReadOptions range = time_range(options, whole->start());
  auto reader = recording::DriveReader::open(options.drive, range);
  if (!reader) return fail(reader.error().message);
  warn_of_damage(*reader, options.drive);
  const auto sources = sources_of(*reader);
  const auto loaded = load_pipeline(options.pipeline, options.overrides, &sources);
  if (!loaded) return fail(loaded.error().message);
  say_what_is_left_out(loaded->graph);
  if (drives_nothing(loaded->graph)) return fail(options.drive + " has no channel that this pipeline could start with");
  return drive(options, *reader, range, *loaded);
}

}  // namespace

void add_replay(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("replay", "Drive a recording through a pipeline, exactly the same every time");
  auto options = std::make_shared<Options>();
  command->add_option("drive", options->drive, "Recording (.mcap)")->required();
  command->add_option("--pipeline,-p", options->pipeline, "Pipeline file")->required();
  command->add_option("--output,-o", options->output, "Write the driven recording here");
  command->add_option("--workers,-w", options->worker_count, "Worker threads")->check(CLI::Range(1, 256));
  command->add_option("--latency", options->latency, "Where latencies come from")
      ->check(CLI::IsMember({"declared", "zero"}));
  command->add_option("--set", options->overrides, "module.key=value, may be given again");
  command->add_option("--start", options->start_s, "Begin this many seconds into the drive")
      ->check(CLI::NonNegativeNumber);
  command->add_option("--duration", options->duration_s, "Drive this many seconds")->check(CLI::NonNegativeNumber);
  command->add_option("--seed", options->seed, "Seed of everything random");
  command->add_flag("--json", options->as_json, "Print one JSON object");
  command->callback([=, &exit_code] { exit_code = replay(*options); });
}

}  // namespace hangil::cli
