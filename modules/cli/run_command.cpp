// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <thread>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include "cli/commands.hpp"
#include "cli/drive_session.hpp"
#include "cli/interrupt.hpp"
#include "cli/text_file.hpp"
#include "evaluation/evaluation.hpp"
#include "runtime/instance.hpp"
#include "runtime/live.hpp"
#include "runtime/schedulability.hpp"

namespace hangil::cli {

namespace {

struct Options {
  std::string drive, pipeline, output, measured;
  std::vector<std::string> overrides;
  std::vector<int> cpus;
  int worker_count = 0, realtime_priority = -1;  // as the pipeline says
  double duration_s = 0;
  int round_count = 1;
  std::uint64_t seed = 0;
  bool locks_memory = false, keeps_levels = false, as_json = false;
};

// Messages a second of each source channel, from the recording's own count.
std::vector<double> source_rates_hz(const recording::DriveReader& reader, const runtime::Graph& graph) {
  std::vector<double> rates(graph.channels.size(), 0);
  const double duration_s = (reader.end() - reader.start()).to_s();
  for (const recording::DriveChannel& channel : reader.channels()) {
    const int c = graph.find_channel(channel.topic);
    if (c < 0 || duration_s <= 0 || channel.message_count < 2) continue;
    rates[static_cast<std::size_t>(c)] = static_cast<double>(channel.message_count - 1) / duration_s;
  }
  return rates;
}

// What each module of the graph took in an earlier run at the 99th percentile; 0 where it did not run.
base::Result<std::vector<double>> measured_run_ms(const std::string& path, const runtime::Graph& graph) {
  const auto driven = evaluation::read_driven(path);
  if (!driven) return driven.error();
  const auto latency = evaluation::evaluate_latency(*driven);
  if (!latency) return base::Error{path + ": " + latency.error().message + ": it measures nothing"};
  std::vector<double> run_ms;
  for (const runtime::GraphModule& module : graph.modules) {
    const auto found = std::find_if(latency->modules.begin(), latency->modules.end(),
                                    [&](const auto& measured) { return measured.name == module.name; });
    const bool has_run = found != latency->modules.end() && found->activation_count > 0;
    run_ms.push_back(has_run ? found->run_ms.p99 : 0);
  }
  return run_ms;
}

void say(const runtime::Schedulability& fit, const runtime::Graph& graph, int worker_count, bool is_measured) {
  std::string path;
  for (const std::string& module : fit.path) path += (path.empty() ? "" : " -> ") + module;
  const std::string allowed = graph.deadline.ns > 0 ? fmt::format(" of {:.0f}", graph.deadline.to_ms()) : "";
  fmt::print(stderr, "declared: {:.0f} ms{} along {}\n", fit.path_ms, allowed, path.empty() ? "no path" : path);
  fmt::print(stderr, "{}: {:.2f} of {} cores busy\n", is_measured ? "measured" : "by budgets", fit.cores, worker_count);
  for (const std::string& line : fit.does_not_fit) fmt::print(stderr, "warning: {}\n", line);
}

base::Status say_schedulability(const Options& options, const recording::DriveReader& reader,
                                const runtime::Graph& graph, int worker_count) {
  worker_count = std::min(worker_count, std::max(1, static_cast<int>(std::thread::hardware_concurrency())));
  runtime::ExpectedLoad load{source_rates_hz(reader, graph), {}, worker_count};
  if (!options.measured.empty()) {
    auto run_ms = measured_run_ms(options.measured, graph);
    if (!run_ms) return run_ms.error();
    load.run_ms = *std::move(run_ms);
  }
  say(runtime::judge_schedulability(graph, load), graph, worker_count, !options.measured.empty());
  return {};
}

// The pipeline's own wishes, and what the command line says instead.
runtime::LiveSpec live_spec(const Options& options, const runtime::PipelineSpec& pipeline) {
  runtime::LiveSpec live = pipeline.live;
  if (options.worker_count > 0) live.worker_count = options.worker_count;
  if (options.realtime_priority >= 0) live.realtime_priority = options.realtime_priority;
  if (options.locks_memory) live.locks_memory = true;
  if (!options.cpus.empty()) live.cpus = options.cpus;
  return live;
}

runtime::LiveOptions live_options(const Options& options, const runtime::LiveSpec& spec, base::Time start) {
  runtime::LiveOptions live{.worker_count = spec.worker_count, .start = start, .seed = options.seed};
  live.keeps_cdr = !options.output.empty();
  live.realtime_priority = spec.realtime_priority;
  live.locks_memory = spec.locks_memory;
  live.cpus = spec.cpus;
  live.uses_large_pages = true;
  live.should_stop = &interrupted();
  live.adapts_work = !options.keeps_levels;
  return live;
}

int run(const Options& options) {
  if (const auto other = check_output(options.output, options.drive); !other)
    return fail(other.error().message, kUsage);
  recording::ReadOptions range;
  auto whole = recording::DriveReader::open(options.drive);
  if (!whole) return fail(whole.error().message);
  if (options.duration_s > 0) range.end = whole->start() + base::Duration::seconds(options.duration_s);
  auto reader = recording::DriveReader::open(options.drive, range);
  if (!reader) return fail(reader.error().message);
  auto sources = sources_of(*reader);
  sources.push_back({std::string(runtime::kHealthTopic), std::string(runtime::Health::kType)});
  const auto loaded = load_pipeline(options.pipeline, options.overrides, &sources);
  if (!loaded) return fail(loaded.error().message);
  say_what_is_left_out(loaded->graph);
  if (drives_nothing(loaded->graph)) return fail(options.drive + " has no channel that this pipeline could start with");
  const runtime::LiveSpec spec = live_spec(options, loaded->spec);
  if (const base::Status said = say_schedulability(options, *reader, loaded->graph, spec.worker_count); !said)
    return fail(said.error().message);
  auto info = describe_run(*loaded, "live", "measured", spec.worker_count, options.seed, reader->start());
  runtime::LiveOptions live_with = live_options(options, spec, reader->start());
  live_with.instances = runtime::make_instances(loaded->graph);
  live_with.host_start_ns = info.host_start_ns = runtime::host_now_ns();
  DriveLoop loop(*reader, options.drive, range, options.round_count);
  const base::Time end = range.end.value_or(reader->end()) + loop.extension();
  auto session = begin_session(*loaded, &*reader, options.output, std::move(info), end,
                               recording::BackgroundOptions::of_live_drive());
  if (!session) return fail(session.error().message);
  Progress progress("run", reader->start(), end);
  DriveSource source(*reader, std::move(loop), *loaded, session->recorder.get(), progress);
  base::Time log_time = reader->start();
  runtime::LiveSinks sinks{.run = session->sinks(loaded->graph)};
  const auto on_message = sinks.run.on_message;
  sinks.run.on_message = [&](int channel, const runtime::Message& message) {
    log_time = message.published;
    on_message(channel, message);
  };
  sinks.on_log = [&](std::vector<std::uint8_t> bytes) {
    if (session->recorder != nullptr) session->recorder->log(std::move(bytes), log_time);
  };
  sinks.take_trouble = [&] { return session->take_trouble(); };
  const auto live = runtime::run_live(
      loaded->graph, [&] { return source.next(); }, live_with, sinks);
  progress.finish();
  const base::Result<runtime::RunSummary> summary = live ? base::Result<runtime::RunSummary>(live->run) : live.error();
  const int exit_code =
      end_session(*session, summary, live ? live->end : reader->end(), reader->damage(), options.as_json);
  // A thread that was given up still runs inside a module: leave without waiting for it.
  if (live && live->abandoned_threads > 0) std::fflush(nullptr), _exit(exit_code);
  return exit_code;
}

}  // namespace

void add_run(CLI::App& app, int& exit_code) {
  CLI::App* command =
      app.add_subcommand("run", "Drive a recording live: real time, budgets enforced, everything logged");
  auto options = std::make_shared<Options>();
  command->add_option("drive", options->drive, "Recording (.mcap) played as live sensors")->required();
  command->add_option("--pipeline,-p", options->pipeline, "Pipeline file")->required();
  command->add_option("--output,-o", options->output, "Write the driven recording here");
  command->add_option("--workers,-w", options->worker_count, "Worker threads; else as the pipeline says, else 2")
      ->check(CLI::Range(1, 256));
  command->add_option("--set", options->overrides, "module.key=value, may be given again");
  command->add_option("--duration", options->duration_s, "Drive this many seconds")->check(CLI::NonNegativeNumber);
  command->add_option("--repeat", options->round_count, "Play the drive so many times end to end, for soaks")
      ->check(CLI::Range(1, 1'000'000));
  command->add_option("--seed", options->seed, "Seed of everything random");
  command->add_option("--realtime", options->realtime_priority, "SCHED_FIFO priority of the workers; 0: none")
      ->check(CLI::Range(0, 99));
  command->add_option("--cpus", options->cpus, "Bind workers to these cores");
  command->add_option("--measured", options->measured,
                      "Driven recording from this machine whose run times the budgets are checked against");
  command->add_flag("--lock-memory", options->locks_memory, "Keep all memory resident");
  command->add_flag("--no-levels", options->keeps_levels,
                    "Full work whatever it takes: to see what levels and allowances are worth");
  command->add_flag("--json", options->as_json, "Print one JSON object");
  command->callback([=, &exit_code] { exit_code = run(*options); });
}

}  // namespace hangil::cli
