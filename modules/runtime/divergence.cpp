// SPDX-License-Identifier: Apache-2.0
#include "runtime/divergence.hpp"

#include "runtime/drive_log.hpp"

namespace hangil::runtime {

std::string divergence(const Graph& graph, const Start& start, const Outcome& outcome) {
  if (!start.recorded || !start.recorded->is_checked || start.recorded->is_failed) return "";
  const std::string who = "diverged: " + graph.modules[static_cast<std::size_t>(start.module)].name + ", activation " +
                          std::to_string(start.terms.ordinal);
  if (outcome.is_failed) return who + " failed, which it did not on the drive: " + outcome.failure;
  if (outcome.outputs.size() != start.recorded->output_count) {
    return who + " made " + std::to_string(outcome.outputs.size()) + " messages, on the drive " +
           std::to_string(start.recorded->output_count);
  }
  std::vector<std::uint64_t> digests;
  for (const Filed& output : outcome.outputs) digests.push_back(output.message->digest);
  if (digests.empty() || fold_digests(digests) == start.recorded->fold) return "";
  const Filed& first = outcome.outputs.front();
  return who + " made other content than on the drive, from message " + std::to_string(first.message->sequence) +
         " of " + graph.channels[static_cast<std::size_t>(first.channel)].topic + " on";
}

}  // namespace hangil::runtime
