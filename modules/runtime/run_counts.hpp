// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runtime/graph.hpp"

namespace hangil::runtime {

// What an executive counts as it runs.
struct RunCounts {
  std::uint64_t activations = 0, failures = 0, drops = 0, skipped_ticks = 0;
  std::uint64_t lost = 0;  // of the drops, those at inputs that must not drop

  void add_drops(const Graph& graph, const std::vector<DropRecord>& records) {
    for (const DropRecord& drop : records) {
      drops += drop.count;
      if (graph.modules[drop.module].inputs[drop.input].overload.must_not_drop) lost += drop.count;
    }
  }

  void write_to(RunSummary& summary) const {
    summary.activation_count = activations;
    summary.failure_count = failures;
    summary.drop_count = drops;
    summary.skipped_tick_count = skipped_ticks;
    summary.lost_count = lost;
  }
};

}  // namespace hangil::runtime
