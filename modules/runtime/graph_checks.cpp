// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>

#include "runtime/graph.hpp"

namespace hangil::runtime {

namespace {

constexpr std::int64_t kFar = std::numeric_limits<std::int64_t>::max() / 4;
constexpr std::int64_t kLeastCycleNs = 1'000'000;

// Calls visit(writer, reader, is_trigger) for each connection between two modules.
template <class Visit>
void for_each_edge(const Graph& graph, Visit visit) {
  for (std::size_t reader = 0; reader < graph.modules.size(); ++reader) {
    for (const GraphInput& input : graph.modules[reader].inputs) {
      for (const int channel : input.channels) {
        const int writer = graph.channels[static_cast<std::size_t>(channel)].writer;
        if (writer >= 0) visit(static_cast<std::size_t>(writer), reader, input.is_trigger);
      }
    }
  }
}

// Shortest trigger paths between all modules (Floyd 1962), with the first step of each.
struct ShortestPaths {
  std::size_t count;
  std::vector<std::int64_t> distance;
  std::vector<std::size_t> step;

  ShortestPaths(const Graph& graph, const std::vector<std::int64_t>& latencies)
      : count(graph.modules.size()), distance(count * count, kFar), step(count * count, 0) {
    for_each_edge(graph, [&](std::size_t from, std::size_t to, bool is_trigger) {
      if (is_trigger) distance[from * count + to] = latencies[from], step[from * count + to] = to;
    });
    for (std::size_t via = 0; via < count; ++via) {
      for (std::size_t from = 0; from < count; ++from) {
        for (std::size_t to = 0; to < count; ++to) relax(from, via, to);
      }
    }
  }

  void relax(std::size_t from, std::size_t via, std::size_t to) {
    const std::int64_t length = distance[from * count + via] + distance[via * count + to];
    if (length >= distance[from * count + to]) return;
    distance[from * count + to] = length;
    step[from * count + to] = step[from * count + via];
  }
};

}  // namespace

std::vector<std::int64_t> latencies_ns(const Graph& graph, LatencyMode mode) {
  std::vector<std::int64_t> latencies;
  for (const GraphModule& module : graph.modules) {
    latencies.push_back(mode == LatencyMode::kZero ? 0 : module.budget.ns);
  }
  return latencies;
}

std::vector<std::string> refused_cycles(const Graph& graph, const std::vector<std::int64_t>& latencies) {
  const ShortestPaths paths(graph, latencies);
  std::vector<std::string> cycles;
  std::vector<bool> is_named(paths.count, false);
  for (std::size_t start = 0; start < paths.count; ++start) {
    const std::int64_t sum = paths.distance[start * paths.count + start];
    if (sum >= kLeastCycleNs || is_named[start]) continue;
    std::string text = graph.modules[start].name;
    std::size_t at = start;
    do {
      at = paths.step[at * paths.count + start];
      is_named[at] = true;
      text += " -> " + graph.modules[at].name;
    } while (at != start);
    cycles.push_back("these modules trigger each other without end: " + text + " (latencies sum to " +
                     std::to_string(sum) + " ns, at least 1 ms is needed)");
  }
  return cycles;
}

std::vector<std::string> backward_edges(const Graph& graph, const std::vector<std::int64_t>& latencies) {
  std::vector<std::string> warnings;
  for_each_edge(graph, [&](std::size_t from, std::size_t to, bool) {
    if (latencies[from] != 0 || from < to) return;
    warnings.push_back(graph.modules[to].name + " stands before " + graph.modules[from].name +
                       " in the pipeline: it sees its zero-latency output only from 1 ns later on");
  });
  return warnings;
}

base::Duration longest_path(const Graph& graph, const std::vector<std::int64_t>& latencies) {
  std::vector<std::int64_t> done = latencies;
  // As many passes as there are modules settle every path without repetition; cycles do not run away.
  for (std::size_t pass = 0; pass < graph.modules.size(); ++pass) {
    std::vector<std::int64_t> next = done;
    for_each_edge(graph, [&](std::size_t from, std::size_t to, bool is_trigger) {
      const auto& every = graph.modules[to].every;
      const std::int64_t sampling = is_trigger || !every ? 0 : every->ns;
      next[to] = std::max(next[to], done[from] + sampling + latencies[to]);
    });
    done = std::move(next);
  }
  return {done.empty() ? 0 : *std::max_element(done.begin(), done.end())};
}

}  // namespace hangil::runtime
