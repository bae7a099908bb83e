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

void add_frames(const LatencyInput& input, LatencyResult& result) {
  std::vector<double> end_to_end_ms, virtual_ms;
  for (const auto& path : input.paths) {
    end_to_end_ms.push_back(ms(path.end_to_end_ns));
    virtual_ms.push_back(path.virtual_latency.to_ms());
    result.deadline_miss_count += path.is_late ? 1 : 0;
  }
  result.frame_count = input.frame_count;
  result.answered_frame_count = input.paths.size();
  result.deadline_ms = input.info->deadline.to_ms();
  result.end_to_end_ms = quantiles(std::move(end_to_end_ms));
  result.virtual_latency_ms = quantiles(std::move(virtual_ms));
  result.shares = shares(input.paths);
}

void add_drops(const LatencyInput& input, LatencyResult& result) {
  std::map<std::tuple<std::string, std::uint16_t, std::uint16_t>, DropCount> counts;
  for (const auto& drop : input.drops) {
    DropCount& count = counts[{drop.reason, drop.module, drop.channel}];
    const auto* module = item_at(input.info->modules, drop.module);
    const auto* channel = item_at(input.info->channels, drop.channel);
    count.reason = drop.reason;
    count.module = module != nullptr ? module->name : "?";
    count.topic = channel != nullptr ? channel->topic : "?";
    count.message_count += drop.count;
    count.max_age_ms = std::max(count.max_age_ms, drop.age.to_ms());
    result.drop_count += drop.count;
  }
  for (auto& [key, count] : counts) result.drops.push_back(std::move(count));
}

}  // namespace

LatencyResult evaluate_latency(const LatencyInput& input) {
  LatencyResult result;
  add_frames(input, result);
  for (std::size_t i = 0; i < input.info->modules.size(); ++i) result.modules.push_back(module_latency(input, i));
  add_path_times(input, result.modules);
  add_drops(input, result);
  std::map<std::string, EventCount> events;
  for (const auto& event : input.events) {
    EventCount& kind = events.emplace(event.kind, EventCount{event.kind, 0, event.text}).first->second;
    ++kind.count;
  }
  for (auto& [kind, count] : events) result.events.push_back(std::move(count));
  return result;
}

}  // namespace hangil::evaluation
