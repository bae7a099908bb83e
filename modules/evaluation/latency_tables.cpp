// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "evaluation/result_tables.hpp"

namespace hangil::evaluation {

namespace {

constexpr std::size_t kShownLines = 10;

Table frame_table(const LatencyResult& result) {
  Table table{"Frames, ms", {"", "frames", "mean", "p50", "p95", "p99", "p99.9", "max"}, {}, ""};
  const auto row = [](std::string name, const Quantiles& q) -> std::vector<std::string> {
    return {std::move(name),       count_text(q.sample_count), number_text(q.mean, 2), number_text(q.p50, 2),
            number_text(q.p95, 2), number_text(q.p99, 2),      number_text(q.p999, 2), number_text(q.max, 2)};
  };
  table.rows = {row("end to end", result.end_to_end_ms), row("from stamp to output", result.virtual_latency_ms)};
  table.note = fmt::format(
      "{} of {} frames have a path to an output; {} later than {} ms; time spent running {}, "
      "queued {}, waiting {}, publishing {}",
      result.answered_frame_count, result.frame_count, result.deadline_miss_count, number_text(result.deadline_ms, 0),
      percent_text(result.shares.run_ratio), percent_text(result.shares.queue_ratio),
      percent_text(result.shares.wait_ratio), percent_text(result.shares.publish_ratio));
  return table;
}

std::string at_text(double at_s) { return number_text(at_s, 3); }

// The first rows and how many more there are.
template <class Item, class Row>
void add_rows(Table& table, const std::vector<Item>& items, std::uint64_t all_count, std::size_t most, Row row) {
  for (std::size_t i = 0; i < items.size() && i < most; ++i) table.rows.push_back(row(items[i]));
  if (all_count > table.rows.size()) table.note = fmt::format("and {} more", all_count - table.rows.size());
}

}  // namespace

Table clock_table(const LatencyResult& result) {
  return {"Clocks",
          {"number", "is read from"},
          {{"end to end", result.clocks.end_to_end},
           {"from stamp to output", result.clocks.virtual_latency},
           {"deadline misses", result.clocks.deadline},
           {"run time of a module", result.clocks.run}},
          "",
          2};
}

Table module_table(const LatencyResult& result) {
  Table table{
      "Modules, run time in ms",
      {"module", "runs", "p50", "p99", "p99.9", "worst", "budget", "over budget", "reduced", "failed", "critical path"},
      {},
      kModuleNote};
  for (const ModuleLatency& module : result.modules) {
    if (module.is_left_out) continue;
    table.rows.push_back({module.name, count_text(module.activation_count), number_text(module.run_ms.p50, 3),
                          number_text(module.run_ms.p99, 3), number_text(module.run_ms.p999, 3),
                          number_text(module.run_ms.max, 3), number_text(module.budget_ms, 0),
                          count_text(module.over_budget_count), count_text(module.reduced_count),
                          count_text(module.failure_count), percent_text(module.critical_path_share_ratio)});
  }
  return table;
}

Table late_table(const LatencyResult& result, std::size_t most) {
  Table table{
      fmt::format("Frames later than {} ms: {}", number_text(result.deadline_ms, 0), result.deadline_miss_count),
      {"frame", "at, s", "took, ms", "longest in", "ms"},
      {},
      ""};
  add_rows(table, result.late_frames, result.deadline_miss_count, most, [](const LateFrame& late) {
    return std::vector<std::string>{count_text(late.frame), at_text(late.at_s), number_text(late.latency_ms, 2),
                                    late.worst_module, number_text(late.worst_module_ms, 2)};
  });
  return table;
}

Table victim_table(const LatencyResult& result, std::size_t most) {
  Table table{"Which messages were dropped", {"message", "dropped at", "reason", "at, s", "age, ms"}, {}, "", 3};
  add_rows(table, result.victims, result.victim_count, most, [](const Victim& victim) {
    const std::uint64_t last = victim.first + victim.message_count - 1;
    return std::vector<std::string>{fmt::format("{} #{}{}", victim.topic, victim.first,
                                                victim.message_count > 1 ? fmt::format(" to #{}", last) : ""),
                                    victim.module + "." + victim.input, victim.reason, at_text(victim.at_s),
                                    number_text(victim.age_ms, 1)};
  });
  return table;
}

Table incident_table(const LatencyResult& result, std::size_t most) {
  Table table{"Events one by one", {"event", "what happened", "at, s"}, {}, "", 2};
  std::uint64_t all_count = 0;
  for (const EventCount& count : result.events) all_count += count.count;
  add_rows(table, result.event_texts, all_count, most, [](const TimedText& event) {
    return std::vector<std::string>{event.kind, event.text, at_text(event.at_s)};
  });
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
  Table table{"Events", {"kind", "module", "the first one", "at, s", "count"}, {}, "", 3};
  for (const EventCount& event : result.events) {
    table.rows.push_back(
        {event.kind, event.module, event.first_text, at_text(event.first_at_s), count_text(event.count)});
  }
  return table;
}

std::vector<Table> tables_of(const LatencyResult& result) {
  std::vector<Table> tables = {frame_table(result), module_table(result)};
  tables.push_back(left_out_table(result));
  tables.push_back(late_table(result, kShownLines));
  tables.push_back(drop_table(result));
  tables.push_back(victim_table(result, kShownLines));
  tables.push_back(event_table(result));
  tables.push_back(clock_table(result));
  return tables;
}

}  // namespace hangil::evaluation
