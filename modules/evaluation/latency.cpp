// SPDX-License-Identifier: Apache-2.0
#include "evaluation/latency.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace hangil::evaluation {

namespace {

constexpr double kMsPerNs = 1e-6;

double ms(std::int64_t ns) { return static_cast<double>(ns) * kMsPerNs; }

template <class Item>
const Item* item_at(const std::vector<Item>& items, std::int64_t index) {
  return index >= 0 && index < static_cast<std::int64_t>(items.size()) ? &items[static_cast<std::size_t>(index)]
                                                                       : nullptr;
}

ModuleLatency module_latency(const LatencyInput& input, std::size_t index) {
  const runtime::ModuleInfo& info = input.info->modules[index];
  ModuleLatency result{.name = info.name,
                       .library = info.library,
                       .is_left_out = info.is_left_out,
                       .left_out_reason = info.left_out_reason,
                       .budget_ms = info.budget.to_ms()};
  std::vector<double> runs_ms;
  for (const auto& record : input.activations) {
    if (record.module != index) continue;
    const std::int64_t run_ns = record.host_end_ns - record.host_start_ns;
    runs_ms.push_back(ms(run_ns));
    result.failure_count += record.is_failed ? 1 : 0;
    result.reduced_count += record.level > 0 ? 1 : 0;
    result.over_budget_count += info.budget.ns > 0 && run_ns > info.budget.ns ? 1 : 0;
  }
  result.activation_count = runs_ms.size();
  result.run_ms = quantiles(std::move(runs_ms));
  return result;
}

void add_path_times(const LatencyInput& input, std::vector<ModuleLatency>& modules) {
  std::vector<std::vector<double>> path_ms(modules.size());
  std::vector<double> sums_ms(modules.size());
  double total_ms = 0;
  for (const runtime::FramePath& path : input.paths) {
    total_ms += ms(path.end_to_end_ns);
    for (const runtime::PathPart& part : path.parts) {
      if (item_at(modules, part.module) == nullptr) continue;
      const auto module = static_cast<std::size_t>(part.module);
      path_ms[module].push_back(ms(part.total_ns()));
      sums_ms[module] += ms(part.total_ns());
    }
  }
  for (std::size_t i = 0; i < modules.size(); ++i) {
    modules[i].path_ms = quantiles(std::move(path_ms[i]));
    modules[i].critical_path_share_ratio = ratio(sums_ms[i], total_ms);
  }
}

PathShares shares(std::span<const runtime::FramePath> paths) {
  double wait = 0, queue = 0, run = 0, publish = 0;
  for (const auto& path : paths) {
    for (const auto& part : path.parts) {
      wait += ms(part.wait_ns), queue += ms(part.queue_ns);
      run += ms(part.run_ns), publish += ms(part.publish_ns);
    }
  }
  const double all = wait + queue + run + publish;
  return {ratio(wait, all), ratio(queue, all), ratio(run, all), ratio(publish, all)};
}

bool is_on_drive(const runtime::RunInfo& info) { return info.executive == "live" || info.executive == "as-driven"; }

LatencyClocks clocks_of(const runtime::RunInfo& info) {
  const std::string machine = "monotonic clock of the machine that ";
  if (info.executive == "live") {
    return {machine + "drove", machine + "drove, from a frame's arrival",
            "the drive's time, which ran with that clock, from a frame's stamp",
            "the drive's time, from a frame's stamp"};
  }
  const std::string compute = machine + "replayed: compute time, not the drive's";
  if (info.executive == "as-driven") {
    return {compute, compute, "the drive's time, as its log has it, from a frame's stamp",
            "the drive's time, from a frame's stamp"};
  }
  const std::string source = info.latency_mode == "declared" ? "declared budgets"
                             : info.latency_mode == "zero"   ? "no latency at all"
                                                             : "latencies " + info.latency_mode;
  return {compute, compute, "virtual time by " + source + ", from a frame's stamp", compute};
}

double since_start_s(const LatencyInput& input, base::Time time) { return (time - input.info->start).to_s(); }

template <class Item>
void list(std::vector<Item>& items, Item item) {
  if (items.size() < kMostListed) items.push_back(std::move(item));
}

LateFrame late_frame(const LatencyInput& input, const runtime::FramePath& path, double latency_ms) {
  LateFrame late{.frame = path.frame, .latency_ms = latency_ms};
  if (path.frame >= 1 && path.frame <= input.frame_stamps.size()) {
    late.at_s = since_start_s(input, input.frame_stamps[path.frame - 1]);
  }
  for (const runtime::PathPart& part : path.parts) {
    const auto* module = item_at(input.info->modules, part.module);
    if (module == nullptr || ms(part.total_ns()) <= late.worst_module_ms) continue;
    late.worst_module = module->name, late.worst_module_ms = ms(part.total_ns());
  }
  return late;
}

void add_frames(const LatencyInput& input, LatencyResult& result) {
  const double deadline_ms = result.deadline_ms = input.info->deadline.to_ms();
  std::vector<double> end_to_end_ms, virtual_ms;
  for (const auto& path : input.paths) {
    end_to_end_ms.push_back(ms(path.end_to_end_ns));
    virtual_ms.push_back(path.virtual_latency.to_ms());
    const double judged_ms = result.is_drive ? virtual_ms.back() : end_to_end_ms.back();
    if (deadline_ms <= 0 || judged_ms <= deadline_ms) continue;
    ++result.deadline_miss_count;
    list(result.late_frames, late_frame(input, path, judged_ms));
  }
  result.frame_count = input.frame_stamps.size();
  result.answered_frame_count = input.paths.size();
  result.end_to_end_ms = quantiles(std::move(end_to_end_ms));
  result.virtual_latency_ms = quantiles(std::move(virtual_ms));
  result.shares = shares(input.paths);
}

Victim victim_of(const LatencyInput& input, const runtime::DropRecord& drop) {
  const auto* module = item_at(input.info->modules, drop.module);
  const auto* channel = item_at(input.info->channels, drop.channel);
  const auto* name = module != nullptr ? item_at(module->inputs, drop.input) : nullptr;
  return {.topic = channel != nullptr ? channel->topic : "?",
          .module = module != nullptr ? module->name : "?",
          .input = name != nullptr ? *name : "?",
          .reason = drop.reason,
          .first = drop.first,
          .message_count = drop.count,
          .at_s = since_start_s(input, drop.tag),
          .age_ms = drop.age.to_ms()};
}

void add_drops(const LatencyInput& input, LatencyResult& result) {
  std::map<std::tuple<std::string, std::uint16_t, std::uint16_t>, DropCount> counts;
  for (const auto& drop : input.drops) {
    Victim victim = victim_of(input, drop);
    DropCount& count = counts[{drop.reason, drop.module, drop.channel}];
    count.reason = victim.reason, count.module = victim.module, count.topic = victim.topic;
    count.message_count += drop.count;
    count.max_age_ms = std::max(count.max_age_ms, victim.age_ms);
    result.drop_count += drop.count;
    list(result.victims, std::move(victim));
    ++result.victim_count;
  }
  for (auto& [key, count] : counts) result.drops.push_back(std::move(count));
}

void add_events(const LatencyInput& input, LatencyResult& result) {
  std::map<std::pair<std::string, std::int32_t>, EventCount> counts;
  for (const auto& event : input.events) {
    const auto* module = item_at(input.info->modules, event.module);
    const double at_s = since_start_s(input, event.time);
    const EventCount first{event.kind, module != nullptr ? module->name : "", 0, at_s, event.text};
    ++counts.try_emplace({event.kind, module != nullptr ? event.module : -1}, first).first->second.count;
    list(result.event_texts, {at_s, event.kind, event.text});
  }
  for (auto& [key, count] : counts) result.events.push_back(std::move(count));
}

}  // namespace

LatencyResult evaluate_latency(const LatencyInput& input) {
  LatencyResult result{.is_drive = is_on_drive(*input.info), .clocks = clocks_of(*input.info)};
  add_frames(input, result);
  for (std::size_t i = 0; i < input.info->modules.size(); ++i) result.modules.push_back(module_latency(input, i));
  add_path_times(input, result.modules);
  add_drops(input, result);
  add_events(input, result);
  return result;
}

}  // namespace hangil::evaluation
