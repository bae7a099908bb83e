// SPDX-License-Identifier: Apache-2.0
#include "runtime/divergence.hpp"

#include "base/digest.hpp"

namespace hangil::runtime {

std::uint32_t fold_of(const std::vector<Filed>& outputs) {
  std::uint64_t fold = 0;
  for (const Filed& output : outputs) fold = base::mix(fold, output.message->digest);
  return static_cast<std::uint32_t>(fold ^ fold >> 32);
}

std::string divergence(const Graph& graph, const Start& start, const Outcome& outcome) {
  if (!start.recorded || !start.recorded->is_checked || start.recorded->is_failed) return "";
  const std::string who = "diverged: " + graph.modules[static_cast<std::size_t>(start.module)].name + ", activation " +
                          std::to_string(start.terms.ordinal);
  if (outcome.is_failed) return who + " failed, which it did not on the drive: " + outcome.failure;
  if (outcome.outputs.size() != start.recorded->output_count) {
    return who + " made " + std::to_string(outcome.outputs.size()) + " messages, on the drive " +
           std::to_string(start.recorded->output_count);
  }
  if (outcome.outputs.empty() || fold_of(outcome.outputs) == start.recorded->fold) return "";
  const Filed& first = outcome.outputs.front();
  return who + " made other content than on the drive, from message " + std::to_string(first.message->sequence) +
         " of " + graph.channels[static_cast<std::size_t>(first.channel)].topic + " on";
}

}  // namespace hangil::runtime
