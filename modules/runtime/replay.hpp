// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <limits>

#include "runtime/graph.hpp"
#include "runtime/message.hpp"

namespace hangil::runtime {

// A message from outside, still encoded.
struct SourceMessage {
  int channel = -1;  // of the graph
  base::Time stamp, published;
  std::shared_ptr<const base::Bytes> cdr;
  // No later message of any source is published before this, as far as the source can tell without reading on.
  base::Time following{std::numeric_limits<std::int64_t>::min()};
};

// Hands out the messages of all sources merged by (published, channel, file order) (rule 4); nothing at the end.
// Called by one worker at a time, ahead of virtual time.
using Source = std::function<base::Result<std::optional<SourceMessage>>()>;

// Where a run leaves what it made. Called by one worker at a time, never while the schedule is locked; messages come
// in order of (published, channel, sequence), whatever the number of workers. Null members are skipped.
struct RunSinks {
  std::function<void(int channel, const Message& message)> on_message;  // module outputs and sources
  std::function<void(const ActivationRecord& record)> on_activation;
  std::function<void(const DropRecord& drop)> on_drop;
  std::function<void(const EventRecord& event)> on_event;
};

struct ReplayOptions {
  int worker_count = 1;
  LatencyMode latency = LatencyMode::kDeclared;
  base::Time start, end;  // starts need start <= tag <= end (rule 27)
  std::uint64_t seed = 0;
  bool keeps_cdr = false;  // messages given to on_message carry their bytes
  base::Duration lookahead =
      base::Duration::milliseconds(500);           // how far sources may be read ahead of the slowest module
  bool uses_large_pages = false;                   // workers begin with put_heap_on_large_pages()
  const std::atomic<bool>* should_stop = nullptr;  // ends the run early, cleanly
};

// The replay executive: virtual time, any number of workers, the same result (sections A to F, I and K of the time
// model). An error when a source cannot be read on, or when a module failed that may not.
base::Result<RunSummary> replay(const Graph& graph, const Source& source, const ReplayOptions& options,
                                const RunSinks& sinks);

}  // namespace hangil::runtime
