// SPDX-License-Identifier: Apache-2.0
#include "cli/run_statistics_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/digest.hpp"

namespace hangil::cli {

namespace {

using runtime::TimeHistogram;

constexpr std::uint64_t kSamplesForRarest = 1000;  // with fewer p99.9 would only repeat the maximum

double ms(std::int64_t ns) { return static_cast<double>(ns) * 1e-6; }
double quantile_ms(const TimeHistogram& times, double share) { return ms(times.quantile_ns(share)); }

nlohmann::json as_json(const TimeHistogram& times) {
  nlohmann::json all{{"samples", times.count()},
                     {"p50", quantile_ms(times, 0.5)},
                     {"p99", quantile_ms(times, 0.99)},
                     {"p999", nullptr},
                     {"max", ms(times.max_ns())}};
  if (times.count() >= kSamplesForRarest) all["p999"] = quantile_ms(times, 0.999);
  return all;
}

std::string rarest_text(const TimeHistogram& times) {
  return times.count() < kSamplesForRarest ? "" : fmt::format("p99.9 {:.2f} ms, ", quantile_ms(times, 0.999));
}

double frames_per_s(const RunStatistics& run) {
  const double wall_s = run.summary().wall.to_s();
  return wall_s > 0 ? static_cast<double>(run.summary().frame_count) / wall_s : 0;
}

std::int64_t critical_ns(const RunStatistics& run) {
  std::int64_t sum_ns = 0;
  for (const ModuleTimes& module : run.modules()) sum_ns += module.critical_ns;
  return sum_ns;
}

double share(std::int64_t part, std::int64_t whole) {
  return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
}

nlohmann::json modules_json(const RunStatistics& run) {
  nlohmann::json all = nlohmann::json::object();
  for (std::size_t m = 0; m < run.modules().size(); ++m) {
    const runtime::ModuleInfo& info = run.info().modules[m];
    const ModuleTimes& module = run.modules()[m];
    if (info.is_left_out) continue;
    all[info.name] = {{"p50_ms", quantile_ms(module.run, 0.5)},
                      {"p99_ms", quantile_ms(module.run, 0.99)},
                      {"max_ms", ms(module.run.max_ns())},
                      {"activations", module.run.count()},
                      {"critical_share", share(module.critical_ns, critical_ns(run))}};
  }
  return all;
}

std::string events_text(const RunStatistics& run) {
  std::string text;
  for (const auto& event : run.shown_events()) text += fmt::format("{}: {}\n", event.kind, event.text);
  for (const auto& [kind, count] : run.event_counts()) {
    if (count > RunStatistics::kShownEvents)
      text += fmt::format("{}: {} more\n", kind, count - RunStatistics::kShownEvents);
  }
  return text;
}

std::string modules_text(const RunStatistics& run) {
  std::string text = fmt::format("\n{:<22} {:>6} {:>9} {:>9} {:>9} {:>9}\n", "module", "runs", "p50 ms", "p99 ms",
                                 "worst ms", "on path");
  for (std::size_t m = 0; m < run.modules().size(); ++m) {
    const ModuleTimes& module = run.modules()[m];
    if (run.info().modules[m].is_left_out) continue;
    text += fmt::format("{:<22} {:>6} {:>9.3f} {:>9.3f} {:>9.3f} {:>8.1f}%\n", run.info().modules[m].name,
                        module.run.count(), quantile_ms(module.run, 0.5), quantile_ms(module.run, 0.99),
                        ms(module.run.max_ns()), 100 * share(module.critical_ns, critical_ns(run)));
  }
  return text;
}

}  // namespace

std::string statistics_json(const RunStatistics& run) {
  const FrameTimes frames = run.all_frames();
  const runtime::RunSummary& summary = run.summary();
  nlohmann::json all{{"digest", base::digest_text(summary.digest)},
                     {"pipeline", run.info().pipeline},
                     {"latency", run.info().latency_mode},
                     {"frames", summary.frame_count},
                     {"frames_per_s", frames_per_s(run)},
                     {"wall_s", summary.wall.to_s()},
                     {"workers", run.info().worker_count},
                     {"activations", summary.activation_count},
                     {"failures", summary.failure_count},
                     {"drops", summary.drop_count},
                     {"lost", summary.lost_count},
                     {"skipped_ticks", summary.skipped_tick_count},
                     {"deadline_misses", frames.late_count},
                     {"end_to_end_ms", as_json(frames.end_to_end)},
                     {"virtual_latency_ms", as_json(frames.virtual_latency)},
                     {"modules", modules_json(run)},
                     {"events", run.event_counts()}};
  for (const FrameTimes& quarter : run.quarters()) {
    all["quarters"].push_back(
        {{"end_to_end_ms", as_json(quarter.end_to_end)}, {"virtual_latency_ms", as_json(quarter.virtual_latency)}});
  }
  if (!run.recording_trouble.empty()) {
    all["recording"] = {{"trouble", run.recording_trouble}, {"unrecorded_messages", run.unrecorded_count}};
  }
  for (const auto& module : run.info().modules) {
    if (module.is_left_out) all["left_out"][module.name] = module.left_out_reason;
  }
  for (const auto& channel : summary.channels) all["channels"][channel.topic] = base::digest_text(channel.chain);
  return all.dump(2);
}

std::string statistics_text(const RunStatistics& run) {
  const FrameTimes frames = run.all_frames();
  const runtime::RunSummary& summary = run.summary();
  std::string text =
      fmt::format("{} frames in {:.2f} s: {:.1f} frames/s with {} worker{}\n", summary.frame_count, summary.wall.to_s(),
                  frames_per_s(run), run.info().worker_count, run.info().worker_count == 1 ? "" : "s");
  text += fmt::format("digest {}, {} activations, {} drops, {} failures\n", base::digest_text(summary.digest),
                      summary.activation_count, summary.drop_count, summary.failure_count);
  if (frames.end_to_end.count() > 0) {
    text += fmt::format(
        "end to end on this machine: p50 {:.2f} ms, p99 {:.2f} ms, {}max {:.2f} ms; {} of {} frames late\n",
        quantile_ms(frames.end_to_end, 0.5), quantile_ms(frames.end_to_end, 0.99), rarest_text(frames.end_to_end),
        ms(frames.end_to_end.max_ns()), frames.late_count, frames.end_to_end.count());
    const bool is_live = run.info().executive == "live";
    text += fmt::format("{} latency: p50 {:.1f} ms, {}max {:.1f} ms\n", is_live ? "measured" : "declared (virtual)",
                        quantile_ms(frames.virtual_latency, 0.5), is_live ? rarest_text(frames.virtual_latency) : "",
                        ms(frames.virtual_latency.max_ns()));
  }
  return text + modules_text(run) + events_text(run);
}

}  // namespace hangil::cli
