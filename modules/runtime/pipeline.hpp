// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/config.hpp"
#include "base/time.hpp"

namespace hangil::runtime {

// What an input does under overload; only for inputs, `port: {topic: /t, keep: 4, must_not_drop: true, max_age_ms:
// 150}`.
struct OverloadPolicy {
  int keep = 0;                // messages kept for a queue or aligned input; 0: as the module declares
  bool must_not_drop = false;  // a dropped message is a fault of the run, said and counted
  base::Duration max_age;      // a newest message older than this at a start is said to be stale; 0: no limit

  bool operator==(const OverloadPolicy&) const = default;
};

// One line of a module's `inputs:` or `outputs:`; an aligned input lists several topics.
struct PortLink {
  std::string port;
  std::vector<std::string> topics;
  base::SourcePlace place;
  OverloadPolicy overload = {};
};

// The line of a port; null when it has none.
const PortLink* find_link(const std::vector<PortLink>& links, const std::string& port);

struct ModuleSpec {
  std::string name, library;
  std::vector<PortLink> inputs, outputs;
  std::vector<std::string> on;          // names of trigger inputs
  std::optional<base::Duration> every;  // period of the tick, with its phase
  base::Duration phase;
  base::Duration budget;  // declared latency (time model, section E)
  std::int64_t work = 0;  // operations an activation may spend; 0: the module's own default
  int priority = 0;       // live: among waiting modules, higher goes first
  base::YamlNode config;
  base::SourcePlace place;
};

// How a live run takes its machine, `live:` in the file; the command line may say otherwise.
struct LiveSpec {
  int worker_count = 2;
  int realtime_priority = 0;  // SCHED_FIFO priority of the workers; 0: ordinary scheduling
  bool locks_memory = false;  // mlockall
  std::vector<int> cpus;      // worker i is bound to cpus[i % size]; empty: not bound

  bool operator==(const LiveSpec&) const = default;
};

// A pipeline file (configs/pipelines/*.yaml) as values.
struct PipelineSpec {
  std::string name, file;
  std::string frame_topic, output_topic;  // a frame enters on the first and is done on the second
  base::Duration deadline;                // of a frame
  LiveSpec live;
  std::vector<ModuleSpec> modules;
};

// "planner.max_speed_mps=8": module, parameter (or budget_ms, every_ms, work), value.
struct Override {
  std::string module, key, value;
};
base::Result<Override> parse_override(const std::string& text);

// Reads a pipeline. Everything wrong is appended to `problems` with file and line; the result is then only good for
// more checks.
PipelineSpec read_pipeline(base::YamlNode root, const std::vector<Override>& overrides,
                           std::vector<base::ConfigProblem>& problems);

// The same as YAML text, overrides included: what a recording keeps of it.
std::string pipeline_text(const PipelineSpec& spec);

}  // namespace hangil::runtime
