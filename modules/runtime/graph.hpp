// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>

#include "runtime/module.hpp"
#include "runtime/pipeline.hpp"
#include "runtime/records.hpp"

namespace hangil::runtime {

using MakeModule = std::function<std::unique_ptr<Module>(Setup& setup)>;

struct GraphInput {
  InputDeclaration declaration;
  std::vector<int> channels;  // one per declared type; empty: an optional input nobody writes
  bool is_trigger = false;
  OverloadPolicy overload = {};
};

struct GraphModule {
  std::string name, library;
  MakeModule make;
  base::YamlNode config;
  std::vector<GraphInput> inputs;
  std::vector<int> outputs;  // channel of each declared output; -1: not connected
  base::Duration budget;
  std::optional<base::Duration> every;
  base::Duration phase;
  std::int64_t work = 0;
  bool ends_run_on_failure = false;
  int level_count = 1;
  int priority = 0;  // live: higher goes first among modules that became ready at the same time or are waiting
  bool is_left_out = false;
  std::string left_out_reason;
};

struct GraphChannel {
  std::string topic;
  const base::MessageType* type = nullptr;
  int writer = -1;  // module; -1: a source
};

// Who runs and how messages flow. Module and channel indices are the order of the pipeline file, which is also the
// order rules 7 and 8 of the time model speak of.
struct Graph {
  std::string name;
  std::vector<GraphModule> modules;
  std::vector<GraphChannel> channels;
  int frame_channel = -1, output_channel = -1;
  base::Duration deadline;
  std::vector<std::string> warnings;

  int find_channel(std::string_view topic) const;
};

// A channel that comes from outside: a recording, a driver, the simulator.
struct SourceChannel {
  std::string topic, type;
};

// Returns a factory for a library's module, or why not.
using FindModule = std::function<base::Result<MakeModule>(const std::string& library)>;

// Connects a pipeline to its sources. A module whose needed inputs nobody writes is left out, with the reason, and so
// on down the graph. Refused, each with its place: unknown ports, two writers, types that differ, no trigger (rule 21).
// Without sources given (nullptr) every unwritten topic counts as a source: for checking a pipeline on its own.
Graph build_graph(const PipelineSpec& spec, const FindModule& find_module, const std::vector<SourceChannel>* sources,
                  std::vector<base::ConfigProblem>& problems);

// Latency of each module's activations in ns (rule 22).
enum class LatencyMode { kDeclared, kZero };
std::vector<std::int64_t> latencies_ns(const Graph& graph, LatencyMode mode);

// Rule 23: cycles of trigger edges whose latencies sum to less than 1 ms, each named. Empty: none.
std::vector<std::string> refused_cycles(const Graph& graph, const std::vector<std::int64_t>& latencies);

// Rule 24: zero-latency edges that point backwards in the pipeline file, each as a warning.
std::vector<std::string> backward_edges(const Graph& graph, const std::vector<std::int64_t>& latencies);

// An upper bound of how long after its source a message may still have first effects: the greatest sum of latencies
// and sampling periods along a path.
base::Duration longest_path(const Graph& graph, const std::vector<std::int64_t>& latencies);

// The graph as recordings keep it.
RunInfo describe(const Graph& graph);

}  // namespace hangil::runtime
