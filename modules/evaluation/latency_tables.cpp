// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "evaluation/result_tables.hpp"

namespace hangil::evaluation {

namespace {

Table frame_table(const LatencyResult& result) {
  Table table{"Frames, ms", {"", "frames", "mean", "p50", "p95", "p99", "p99.9", "max"}, {}, ""};
  const auto row = [](std::string name, const Quantiles& q) -> std::vector<std::string> {
    return {std::move(name),       count_text(q.sample_count), number_text(q.mean, 2), number_text(q.p50, 2),
            number_text(q.p95, 2), number_text(q.p99, 2),      number_text(q.p999, 2), number_text(q.max, 2)};
  };
  table.rows = {row("end to end, this machine", result.end_to_end_ms),
                row("virtual latency", result.virtual_latency_ms)};
  table.note = fmt::format(
      "{} of {} frames have a path to an output; {} later than {} ms; time spent running {}, "
      "queued {}, waiting {}, publishing {}",
      result.answered_frame_count, result.frame_count, result.deadline_miss_count, number_text(result.deadline_ms, 0),
      percent_text(result.shares.run_ratio), percent_text(result.shares.queue_ratio),
      percent_text(result.shares.wait_ratio), percent_text(result.shares.publish_ratio));
  return table;
}

}  // namespace

Table module_table(const LatencyResult& result) {
  Table table{"Modules, run time in ms",
              {"module", "runs", "p50", "p99", "worst", "budget", "over budget", "failed", "critical path"},
              {},
              "p99.9 is told from 1,000 samples on"};
  for (const ModuleLatency& module : result.modules) {
    if (module.is_left_out) continue;
    table.rows.push_back({module.name, count_text(module.activation_count), number_text(module.run_ms.p50, 3),
                          number_text(module.run_ms.p99, 3), number_text(module.run_ms.max, 3),
                          number_text(module.budget_ms, 0), count_text(module.over_budget_count),
                          count_text(module.failure_count), percent_text(module.critical_path_share_ratio)});
  }
  return table;
}

Table left_out_table(const LatencyResult& result) {
  Table table{"Modules left out of the run", {"module", "why"}, {}, "", 2};
  for (const ModuleLatency& module : result.modules) {
    if (module.is_left_out) table.rows.push_back({module.name, module.left_out_reason});
  }
  return table;
}

Table drop_table(const LatencyResult& result) {
  Table table{fmt::format("Dropped messages: {}", result.drop_count),
              {"reason", "module", "channel", "messages", "oldest, ms"},
              {},
              "",
              3};
  for (const DropCount& drop : result.drops) {
    table.rows.push_back(
        {drop.reason, drop.module, drop.topic, count_text(drop.message_count), number_text(drop.max_age_ms, 0)});
  }
  return table;
}

Table event_table(const LatencyResult& result) {
  Table table{"Events", {"kind", "the first one", "count"}, {}, "", 2};
  for (const EventCount& event : result.events) {
    table.rows.push_back({event.kind, event.first_text, count_text(event.count)});
  }
  return table;
}

std::vector<Table> tables_of(const LatencyResult& result) {
  std::vector<Table> tables = {frame_table(result), module_table(result)};
  tables.push_back(left_out_table(result));
  tables.push_back(drop_table(result));
  tables.push_back(event_table(result));
  return tables;
}

namespace {

template <class Family>
std::string family_text(const std::string& name, const base::Result<Family>& family) {
  if (!family) return "\n" + name + ": " + family.error().message + "\n";
  std::string text;
  for (const Table& table : tables_of(*family)) {
    if (!table.rows.empty()) text += "\n" + text_of(table);
  }
  return text;
}

}  // namespace

std::string text_of(const Evaluation& evaluation) {
  const DriveFacts& drive = evaluation.drive;
  std::string text = fmt::format("{}: {:.1f} s, {} frames, {} m", drive.name, drive.duration_s, drive.frame_count,
                                 number_text(drive.driven_m, 1));
  if (!drive.pipeline.empty()) {
    text += fmt::format("; pipeline {}, {} latency, {} worker{}, digest {}", drive.pipeline, drive.latency_mode,
                        drive.worker_count, drive.worker_count == 1 ? "" : "s", drive.digest);
  }
  text += "\n";
  if (!drive.damage.empty()) text += "damaged: " + drive.damage + "\n";
  return text + family_text("Detection", evaluation.detection) + family_text("Tracking", evaluation.tracking) +
         family_text("Prediction", evaluation.prediction) + family_text("Planning", evaluation.planning) +
         family_text("Latency", evaluation.latency);
}

}  // namespace hangil::evaluation
