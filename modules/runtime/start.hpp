// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runtime/input_cursor.hpp"

namespace hangil::runtime {

// What an as-recorded or as-driven run demands of an activation instead of finding out.
struct Recorded {
  bool is_failed = false;  // discard its outputs and replace the instance, whatever happens (rule 35)
  bool is_checked = false;
  std::uint32_t output_count = 0, fold = 0;  // what it must make, when is_checked
};

// One activation, decided: what it sees and when it happens.
struct Start {
  int module = -1;
  Activation::Terms terms;
  base::Time ready, tag;
  std::int64_t latency_ns = 0;
  Activation::Inputs inputs;
  std::vector<Consumed> consumed;
  std::vector<DropRecord> drops;
  std::uint64_t origin = 0;
  std::vector<std::uint64_t> next_sequences;  // per output: of its first message
  std::optional<Recorded> recorded;
};

// A message on its way to its channel's log.
struct Filed {
  int channel = -1;
  std::shared_ptr<Message> message;
};

// Takes every input's share of what is visible at start.tag; fills inputs, consumed, drops and origin.
void take_snapshot(std::vector<InputCursor>& inputs, const std::vector<ChannelLog>& logs, Start& start);

// The first sequences of a module's outputs in this activation.
void number_outputs(const GraphModule& module, const std::vector<ChannelLog>& logs, Start& start);

// When the last message of the activation's own lineage was there, host time; nothing for a tick without inputs.
std::optional<std::int64_t> host_input_ns(const Start& start);

}  // namespace hangil::runtime
