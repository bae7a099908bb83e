// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/digest.hpp"
#include "cli/commands.hpp"
#include "cli/drive_session.hpp"
#include "cli/driven_recording.hpp"
#include "cli/interrupt.hpp"
#include "cli/text_file.hpp"
#include "runtime/as_driven.hpp"

namespace hangil::cli {

namespace {

constexpr std::string_view kRecordedPrefix = "recorded:";

struct Options {
  std::string drive, pipeline, output, latency = "declared";
  std::vector<std::string> overrides;
  int worker_count = 1;
  double start_s = 0, duration_s = 0;
  int round_count = 1;
  std::uint64_t seed = 0;
  bool as_driven = false, as_json = false;
};

recording::ReadOptions time_range(const Options& options, base::Time drive_start) {
  recording::ReadOptions range;
  if (options.start_s > 0) range.start = drive_start + base::Duration::seconds(options.start_s);
  if (options.duration_s > 0)
    range.end = range.start.value_or(drive_start) + base::Duration::seconds(options.duration_s);
  return range;
}

// The last message that the graph takes from outside. What other runs left in the file has no say, so that a driven
// recording ends when the one it was driven from does.
base::Result<base::Time> end_of_sources(const recording::DriveReader& reader, const runtime::Graph& graph) {
  std::vector<int> sources;
  for (std::size_t c = 0; c < reader.channels().size(); ++c) {
    const int found = graph.find_channel(reader.channels()[c].topic);
    if (found >= 0 && graph.channels[static_cast<std::size_t>(found)].writer < 0)
      sources.push_back(static_cast<int>(c));
  }
  const auto end = reader.end_of(sources);
  if (!end) return end.error();
  return end->value_or(reader.end());
}

std::vector<std::string> source_topics(const runtime::Graph& graph) {
  std::vector<std::string> topics;
  for (const runtime::GraphChannel& channel : graph.channels) {
    if (channel.writer < 0) topics.push_back(channel.topic);
  }
  return topics;
}

base::Result<recording::DriveReader> open_drive(const Options& options, recording::ReadOptions& range) {
  auto whole = recording::DriveReader::open(options.drive);
  if (!whole) return whole.error();
  if (!whole->damage().empty()) fmt::print(stderr, "warning: {}: {}\n", options.drive, whole->damage());
  range = time_range(options, whole->start());
  if (!range.start) range.start = whole->start();
  if (*range.start > whole->end()) {
    return base::Error{fmt::format("{}: --start {} s lies behind its end, {:.3f} s into the drive", options.drive,
                                   options.start_s, (whole->end() - whole->start()).to_s())};
  }
  return recording::DriveReader::open(options.drive, range);
}

runtime::ReplayOptions replay_options(const Options& options, const recording::ReadOptions& range) {
  runtime::ReplayOptions replay{.worker_count = options.worker_count, .seed = options.seed};
  replay.latency = options.latency == "zero" ? runtime::LatencyMode::kZero : runtime::LatencyMode::kDeclared;
  replay.start = *range.start;
  replay.end = range.end.value_or(base::Time{});
  replay.keeps_cdr = !options.output.empty();
  replay.uses_large_pages = true;
  replay.should_stop = &interrupted();
  return replay;
}

using RunIt =
    std::function<base::Result<runtime::RunSummary>(const runtime::Source& source, const runtime::RunSinks& sinks)>;

int drive(const Options& options, recording::DriveReader& reader, DriveLoop loop, const LoadedPipeline& loaded,
          const runtime::ReplayOptions& replay, const RunIt& run_it) {
  auto session = begin_session(loaded, &reader, options.output,
                               describe_run(loaded, options.as_driven ? "as-driven" : "replay", options.latency,
                                            options.worker_count, replay.seed, replay.start),
                               replay.end, {});
  if (!session) return fail(session.error().message);
  Progress progress("replay", replay.start, reader.end() + loop.extension());
  DriveSource source(reader, std::move(loop), loaded, session->recorder.get(), progress);
  const auto summary = run_it([&] { return source.next(); }, session->sinks(loaded.graph));
  progress.finish();
  return end_session(*session, summary, replay.end, reader.damage(), options.as_json);
}

int replay_anew(const Options& options) {
  recording::ReadOptions range;
  auto reader = open_drive(options, range);
  if (!reader) return fail(reader.error().message);
  const auto sources = sources_of(*reader);
  const auto loaded = load_pipeline(options.pipeline, options.overrides, &sources);
  if (!loaded) return fail(loaded.error().message);
  const runtime::Graph& graph = loaded->graph;
  say_what_is_left_out(graph);
  if (drives_nothing(graph)) return fail(options.drive + " has no channel that this pipeline could start with");
  if (!range.end) {
    const auto end = end_of_sources(*reader, graph);
    if (!end) return fail(end.error().message);
    range.end = *end;
  }
  if (options.output.empty()) {  // nothing passes by the graph into another file: what it does not take is not read
    range.topics = source_topics(graph);
    reader = recording::DriveReader::open(options.drive, range);
    if (!reader) return fail(reader.error().message);
  }
  DriveLoop loop(*reader, options.drive, range, options.round_count);
  runtime::ReplayOptions replay = replay_options(options, range);
  if (!options.latency.starts_with(kRecordedPrefix)) {
    replay.end =
        replay.end + loop.extension() + runtime::longest_path(graph, runtime::latencies_ns(graph, replay.latency));
    return drive(options, *reader, std::move(loop), *loaded, replay,
                 [&](const runtime::Source& source, const runtime::RunSinks& sinks) {
                   return runtime::replay(graph, source, replay, sinks);
                 });
  }
  const auto recorded = read_driven_recording(options.latency.substr(kRecordedPrefix.size()));
  if (!recorded) return fail(recorded.error().message);
  if (recorded->pipeline.graph.modules.size() != graph.modules.size()) {
    return fail(options.latency + ": was driven with another number of modules than " + options.pipeline + " has");
  }
  const auto plan = runtime::recorded_plan(graph, recorded->events());
  if (!plan) return fail(plan.error().message);
  replay.seed = recorded->info.seed;
  replay.start = recorded->info.start;
  if (!recorded->log.empty()) replay.end = plan->end;
  return drive(options, *reader, std::move(loop), *loaded, replay,
               [&](const runtime::Source& source, const runtime::RunSinks& sinks) {
                 return runtime::replay_as_recorded(graph, *plan, source, replay, sinks);
               });
}

// Compares with the digests the drive ended with; an as-driven run that came this far differs in none of them.
std::string verdict(const DrivenRecording& recorded, const runtime::AsDrivenResult& result) {
  if (result.unfinished_module >= 0) {
    return fmt::format("the drive was cut off while {} ran; everything before it is reproduced",
                       recorded.pipeline.graph.modules[static_cast<std::size_t>(result.unfinished_module)].name);
  }
  if (!recorded.summary) return "the drive was cut off; everything it logged is reproduced";
  for (std::size_t c = 0; c < recorded.summary->channels.size(); ++c) {
    const auto &then = recorded.summary->channels[c], &now = result.summary.channels[c];
    if (then.chain != now.chain || then.count != now.count) return "diverged: the digest of " + then.topic + " differs";
  }
  return fmt::format("reproduced: all {} channel digests are those of the drive", recorded.summary->channels.size());
}

int replay_as_driven(const Options& options) {
  const auto recorded = read_driven_recording(options.drive);
  if (!recorded) return fail(recorded.error().message);
  auto reader = recording::DriveReader::open(options.drive);
  if (!reader) return fail(reader.error().message);
  runtime::ReplayOptions replay = replay_options(options, {.start = recorded->info.start, .end = reader->end()});
  replay.seed = recorded->info.seed;
  std::string said;
  const int exit_code = drive(
      options, *reader, {*reader, options.drive, {}, 1}, recorded->pipeline, replay,
      [&](const runtime::Source& source, const runtime::RunSinks& sinks) -> base::Result<runtime::RunSummary> {
        auto result = runtime::replay_as_driven(recorded->pipeline.graph, recorded->events(), source, replay, sinks);
        if (!result) return result.error();
        said = verdict(*recorded, *result);
        return result->summary;
      });
  if (!said.empty()) fmt::print(stderr, "{}\n", said);
  return said.starts_with("diverged") ? kFailed : exit_code;
}

int replay(const Options& options) {
  if (const auto other = check_output(options.output, options.drive); !other)
    return fail(other.error().message, kUsage);
  if (options.as_driven) return replay_as_driven(options);
  const bool is_known =
      options.latency == "declared" || options.latency == "zero" || options.latency.starts_with(kRecordedPrefix);
  if (!is_known) return fail("--latency " + options.latency + ": must be declared, zero or recorded:FILE", kUsage);
  if (options.pipeline.empty())
    return fail("--pipeline is needed (or --as-driven for what `hangil run` recorded)", kUsage);
  return replay_anew(options);
}

}  // namespace

void add_replay(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("replay", "Drive a recording through a pipeline, exactly the same every time");
  auto options = std::make_shared<Options>();
  command->add_option("drive", options->drive, "Recording (.mcap)")->required();
  command->add_option("--pipeline,-p", options->pipeline, "Pipeline file");
  command->add_option("--output,-o", options->output, "Write the driven recording here");
  command->add_option("--workers,-w", options->worker_count, "Worker threads")->check(CLI::Range(1, 256));
  command->add_option("--latency", options->latency, "declared, zero, or recorded:FILE (latencies of a live drive)");
  CLI::Option* as_driven = command->add_flag("--as-driven", options->as_driven,
                                             "Repeat a live drive from its log, or name the first difference");
  command->add_option("--set", options->overrides, "module.key=value, may be given again");
  command->add_option("--start", options->start_s, "Begin this many seconds into the drive")
      ->check(CLI::NonNegativeNumber);
  command->add_option("--duration", options->duration_s, "Drive this many seconds")->check(CLI::NonNegativeNumber);
  command->add_option("--repeat", options->round_count, "Play the drive so many times end to end, for soaks")
      ->check(CLI::Range(1, 1'000'000))
      ->excludes(as_driven);
  command->add_option("--seed", options->seed, "Seed of everything random");
  command->add_flag("--json", options->as_json, "Print one JSON object");
  command->callback([=, &exit_code] { exit_code = replay(*options); });
}

}  // namespace hangil::cli
