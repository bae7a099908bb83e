// SPDX-License-Identifier: Apache-2.0
#include "runtime/schedulability.hpp"

#include <algorithm>
#include <cmath>

#include "base/json.hpp"

namespace hangil::runtime {

namespace {

std::string number(double value) { return base::json_number(std::round(value * 100) / 100); }

class Judge {
 public:
  Judge(const Graph& graph, const ExpectedLoad& load) : graph_(graph), load_(load) {}

  Schedulability judge() {
    find_rates();
    find_path();
    for (std::size_t m = 0; m < graph_.modules.size(); ++m) judge_module(m);
    if (result_.cores > load_.worker_count) {
      refuse("all modules together need " + number(result_.cores) + " cores of " + std::to_string(load_.worker_count));
    }
    if (graph_.deadline.ns > 0 && result_.path_ms > graph_.deadline.to_ms()) {
      refuse("a frame needs " + number(result_.path_ms) + " ms of " + number(graph_.deadline.to_ms()));
    }
    return std::move(result_);
  }

 private:
  void refuse(const std::string& what) { result_.does_not_fit.push_back(what + ": does not fit"); }

  double measured_ms(std::size_t m) const { return m < load_.run_ms.size() ? load_.run_ms[m] : 0; }
  double cost_ms(std::size_t m) const { return measured_ms(m) > 0 ? measured_ms(m) : graph_.modules[m].budget.to_ms(); }

  double channel_rate_hz(int channel) const {
    const auto c = static_cast<std::size_t>(channel);
    const int writer = graph_.channels[c].writer;
    if (writer >= 0) return result_.rates_hz[static_cast<std::size_t>(writer)];
    return c < load_.source_rates_hz.size() ? load_.source_rates_hz[c] : 0;
  }

  double module_rate_hz(const GraphModule& module) const {
    double rate_hz = module.every ? 1e9 / static_cast<double>(module.every->ns) : 0;
    for (const GraphInput& input : module.inputs) {
      if (input.is_trigger) rate_hz += channel_rate_hz(input.channels.front());
    }
    // A module cannot start more often than it ends.
    const double longest_hz = 1e9 / static_cast<double>(std::max<std::int64_t>(1, module.budget.ns));
    return std::min(rate_hz, longest_hz);
  }

  // As many passes as there are modules carry the rates down every path; cycles settle at their budgets.
  void find_rates() {
    result_.rates_hz.assign(graph_.modules.size(), 0);
    for (std::size_t pass = 0; pass < graph_.modules.size(); ++pass) {
      for (std::size_t m = 0; m < graph_.modules.size(); ++m) {
        if (!graph_.modules[m].is_left_out) result_.rates_hz[m] = module_rate_hz(graph_.modules[m]);
      }
    }
  }

  void judge_module(std::size_t m) {
    const GraphModule& module = graph_.modules[m];
    if (module.is_left_out) return;
    const double busy_ratio = result_.rates_hz[m] * cost_ms(m) / 1000;
    result_.cores += busy_ratio;
    if (measured_ms(m) > module.budget.to_ms()) {
      refuse(module.name + " needs " + number(measured_ms(m)) + " ms of " + number(module.budget.to_ms()));
    }
    const bool is_too_slow = module.every && module.budget > *module.every;
    if (is_too_slow || busy_ratio > 1) {
      const double period_ms = module.every ? module.every->to_ms() : 1000 / result_.rates_hz[m];
      refuse(module.name + " needs " + number(cost_ms(m)) + " ms every " + number(period_ms) + " ms");
    }
  }

  // The longest trigger path from the frame's channel to its output, by declared latencies.
  void find_path() {
    if (graph_.frame_channel < 0 || graph_.output_channel < 0) return;
    std::vector<double> done_ms(graph_.modules.size(), -1);
    std::vector<int> before(graph_.modules.size(), -1);
    for (std::size_t pass = 0; pass < graph_.modules.size(); ++pass) {
      for (std::size_t m = 0; m < graph_.modules.size(); ++m) extend(m, done_ms, before);
    }
    const int last = graph_.channels[static_cast<std::size_t>(graph_.output_channel)].writer;
    if (last < 0 || done_ms[static_cast<std::size_t>(last)] < 0) return;
    result_.path_ms = done_ms[static_cast<std::size_t>(last)];
    for (int m = last; m >= 0 && result_.path.size() < graph_.modules.size(); m = before[static_cast<std::size_t>(m)]) {
      result_.path.push_back(graph_.modules[static_cast<std::size_t>(m)].name);
    }
    std::reverse(result_.path.begin(), result_.path.end());
  }

  void extend(std::size_t m, std::vector<double>& done_ms, std::vector<int>& before) const {
    const GraphModule& module = graph_.modules[m];
    for (const GraphInput& input : module.inputs) {
      if (!input.is_trigger) continue;
      for (const int channel : input.channels) {
        const int writer = graph_.channels[static_cast<std::size_t>(channel)].writer;
        const double ready_ms = channel == graph_.frame_channel ? 0
                                : writer >= 0                   ? done_ms[static_cast<std::size_t>(writer)]
                                                                : -1;
        if (ready_ms < 0 || ready_ms + module.budget.to_ms() <= done_ms[m] || is_before(m, writer, before)) continue;
        done_ms[m] = ready_ms + module.budget.to_ms();
        before[m] = channel == graph_.frame_channel ? -1 : writer;
      }
    }
  }

  // Whether module m already stands on the path that leads to `writer`: a cycle does not make a path longer.
  static bool is_before(std::size_t m, int writer, const std::vector<int>& before) {
    for (std::size_t steps = 0; writer >= 0 && steps <= before.size(); ++steps) {
      if (writer == static_cast<int>(m)) return true;
      writer = before[static_cast<std::size_t>(writer)];
    }
    return false;
  }

  const Graph& graph_;
  const ExpectedLoad& load_;
  Schedulability result_;
};

}  // namespace

Schedulability judge_schedulability(const Graph& graph, const ExpectedLoad& load) { return Judge(graph, load).judge(); }

}  // namespace hangil::runtime
