// SPDX-License-Identifier: Apache-2.0
#include "runtime/start.hpp"

#include <algorithm>

namespace hangil::runtime {

void take_snapshot(std::vector<InputCursor>& inputs, const std::vector<ChannelLog>& logs, Start& start) {
  start.inputs.resize(inputs.size());
  start.consumed.clear();
  start.drops.clear();
  start.origin = 0;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    inputs[i].see(logs, start.tag.ns);
    inputs[i].take(logs, start.inputs[i], start.consumed, start.drops);
    for (const MessagePtr& message : start.inputs[i]) start.origin = std::max(start.origin, message->origin);
  }
  for (DropRecord& drop : start.drops) {
    drop.module = static_cast<std::uint16_t>(start.module);
    drop.tag = start.tag;
    drop.age.ns += start.tag.ns;
  }
}

void number_outputs(const GraphModule& module, const std::vector<ChannelLog>& logs, Start& start) {
  start.next_sequences.clear();
  for (const int output : module.outputs) {
    start.next_sequences.push_back(output < 0 ? 0 : logs[static_cast<std::size_t>(output)].end());
  }
}

std::optional<std::int64_t> host_input_ns(const Start& start) {
  std::optional<std::int64_t> last;
  for (const auto& input : start.inputs) {
    for (const MessagePtr& message : input) {
      if (message->origin == start.origin) last = std::max(last.value_or(0), message->host_filed_ns);
    }
  }
  return last;
}

}  // namespace hangil::runtime
