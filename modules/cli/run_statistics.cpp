// SPDX-License-Identifier: Apache-2.0
#include "cli/run_statistics.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/digest.hpp"

namespace hangil::cli {

namespace {

struct Quantiles {
  double p50_ms = 0, p99_ms = 0, max_ms = 0;
};

Quantiles quantiles_of(std::vector<std::int64_t>& samples_ns) {
  if (samples_ns.empty()) return {};
  std::sort(samples_ns.begin(), samples_ns.end());
  const auto at = [&](double share) {
    const auto rank = static_cast<std::size_t>(share * static_cast<double>(samples_ns.size() - 1) + 0.5);
    return static_cast<double>(samples_ns[rank]) * 1e-6;
  };
  return {at(0.5), at(0.99), at(1.0)};
}

struct ModuleTimes {
  std::string name;
  std::uint64_t count = 0;
  Quantiles run;
  double critical_share = 0;
};

std::vector<ModuleTimes> times_by_module(const RunStatistics& run, const std::vector<runtime::FramePath>& paths) {
  std::vector<std::vector<std::int64_t>> samples(run.info.modules.size());
  for (const auto& record : run.activations)
    samples[record.module].push_back(record.host_end_ns - record.host_start_ns);
  std::vector<double> on_path(samples.size(), 0);
  double total = 0;
  for (const auto& path : paths) {
    total += static_cast<double>(path.end_to_end_ns);
    for (const auto& part : path.parts)
      on_path[static_cast<std::size_t>(part.module)] += static_cast<double>(part.total_ns());
  }
  std::vector<ModuleTimes> times;
  for (std::size_t m = 0; m < samples.size(); ++m) {
    if (run.info.modules[m].is_left_out) continue;
    const std::uint64_t count = samples[m].size();
    times.push_back({run.info.modules[m].name, count, quantiles_of(samples[m]), total > 0 ? on_path[m] / total : 0});
  }
  return times;
}

struct FrameTimes {
  Quantiles end_to_end, virtual_latency;
  std::uint64_t miss_count = 0, count = 0;
};

FrameTimes frame_times(const std::vector<runtime::FramePath>& paths) {
  std::vector<std::int64_t> host, virtual_ns;
  FrameTimes times{.count = paths.size()};
  for (const auto& path : paths) {
    host.push_back(path.end_to_end_ns);
    virtual_ns.push_back(path.virtual_latency.ns);
    times.miss_count += path.is_late ? 1 : 0;
  }
  times.end_to_end = quantiles_of(host);
  times.virtual_latency = quantiles_of(virtual_ns);
  return times;
}

nlohmann::json as_json(const Quantiles& quantiles) {
  return {{"p50", quantiles.p50_ms}, {"p99", quantiles.p99_ms}, {"max", quantiles.max_ms}};
}

double frames_per_s(const RunStatistics& run) {
  const double wall_s = run.summary.wall.to_s();
  return wall_s > 0 ? static_cast<double>(run.summary.frame_count) / wall_s : 0;
}

// A few of each kind in full; the recording has them all.
std::string events_text(const std::vector<runtime::EventRecord>& events) {
  constexpr int kShown = 5;
  std::map<std::string, int> counts;
  std::string text;
  for (const auto& event : events) {
    if (++counts[event.kind] <= kShown) text += fmt::format("{}: {}\n", event.kind, event.text);
  }
  for (const auto& [kind, count] : counts) {
    if (count > kShown) text += fmt::format("{}: {} more\n", kind, count - kShown);
  }
  return text;
}

}  // namespace

std::string statistics_json(const RunStatistics& run) {
  const auto paths = runtime::critical_paths(run.info, run.activations, run.frame_stamps);
  const FrameTimes frames = frame_times(paths);
  nlohmann::json all{{"digest", base::digest_text(run.summary.digest)},
                     {"pipeline", run.info.pipeline},
                     {"latency", run.info.latency_mode},
                     {"frames", run.summary.frame_count},
                     {"frames_per_s", frames_per_s(run)},
                     {"wall_s", run.summary.wall.to_s()},
                     {"workers", run.info.worker_count},
                     {"activations", run.summary.activation_count},
                     {"failures", run.summary.failure_count},
                     {"drops", run.summary.drop_count},
                     {"lost", run.summary.lost_count},
                     {"skipped_ticks", run.summary.skipped_tick_count},
                     {"deadline_misses", frames.miss_count},
                     {"end_to_end_ms", as_json(frames.end_to_end)},
                     {"virtual_latency_ms", as_json(frames.virtual_latency)}};
  for (const ModuleTimes& module : times_by_module(run, paths)) {
    all["modules"][module.name] = {{"p50_ms", module.run.p50_ms},
                                   {"p99_ms", module.run.p99_ms},
                                   {"max_ms", module.run.max_ms},
                                   {"activations", module.count},
                                   {"critical_share", module.critical_share}};
  }
  if (!run.recording_trouble.empty()) {
    all["recording"] = {{"trouble", run.recording_trouble}, {"unrecorded_messages", run.unrecorded_count}};
  }
  for (const auto& module : run.info.modules) {
    if (module.is_left_out) all["left_out"][module.name] = module.left_out_reason;
  }
  for (const auto& channel : run.summary.channels) all["channels"][channel.topic] = base::digest_text(channel.chain);
  return all.dump(2);
}

std::string statistics_text(const RunStatistics& run) {
  const auto paths = runtime::critical_paths(run.info, run.activations, run.frame_stamps);
  const FrameTimes frames = frame_times(paths);
  std::string text = fmt::format("{} frames in {:.2f} s: {:.1f} frames/s with {} worker{}\n", run.summary.frame_count,
                                 run.summary.wall.to_s(), frames_per_s(run), run.info.worker_count,
                                 run.info.worker_count == 1 ? "" : "s");
  text += fmt::format("digest {}, {} activations, {} drops, {} failures\n", base::digest_text(run.summary.digest),
                      run.summary.activation_count, run.summary.drop_count, run.summary.failure_count);
  if (frames.count > 0) {
    text += fmt::format(
        "end to end on this machine: p50 {:.2f} ms, p99 {:.2f} ms, max {:.2f} ms; {} of {} frames late\n",
        frames.end_to_end.p50_ms, frames.end_to_end.p99_ms, frames.end_to_end.max_ms, frames.miss_count, frames.count);
    text += fmt::format("declared (virtual) latency: p50 {:.1f} ms, max {:.1f} ms\n", frames.virtual_latency.p50_ms,
                        frames.virtual_latency.max_ms);
  }
  text += fmt::format("\n{:<22} {:>6} {:>9} {:>9} {:>9} {:>9}\n", "module", "runs", "p50 ms", "p99 ms", "worst ms",
                      "on path");
  for (const ModuleTimes& module : times_by_module(run, paths)) {
    text += fmt::format("{:<22} {:>6} {:>9.3f} {:>9.3f} {:>9.3f} {:>8.1f}%\n", module.name, module.count,
                        module.run.p50_ms, module.run.p99_ms, module.run.max_ms, 100 * module.critical_share);
  }
  return text + events_text(run.events);
}

}  // namespace hangil::cli
