// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runtime/replay.hpp"
#include "runtime/start.hpp"

namespace hangil::runtime {

// What running one activation led to. Outputs are empty when it failed (rule 26).
struct Outcome {
  std::vector<Filed> outputs;
  bool is_failed = false;
  std::string failure;
  std::int64_t operations = 0;
  std::int64_t host_start_ns = 0, host_end_ns = 0;
};

// Encodes a value, digests (stamp, bytes) (rule 5) and makes the message that will stand on the channel.
std::shared_ptr<Message> make_message(const base::MessageType& type, const PendingOutput& output,
                                      std::uint64_t sequence, base::Time published, std::uint64_t origin,
                                      bool keeps_cdr, base::Bytes& scratch);

// The digest of a message from its bytes; equal to what make_message computes for the same value.
std::uint64_t message_digest(base::Time stamp, std::span<const std::uint8_t> cdr);

// Decodes a message from outside; null with `failure` set when its bytes are bad. Times and numbers stay to be filled
// in.
std::shared_ptr<Message> decode_source(const Graph& graph, const SourceMessage& source, bool keeps_cdr,
                                       std::string& failure);

// The record of an activation without its host times.
ActivationRecord record_of(const Start& start, const Outcome& outcome);

// Chains folded in channel order (rule 36).
RunSummary summarise(const Graph& graph, const std::vector<ChannelDigest>& chains);
// The chain of a channel's digests with one message more (rule 36).
std::uint64_t chained(std::uint64_t chain, std::uint64_t message_digest, base::Time published);
void add_to_chain(ChannelDigest& chain, const Message& message);

// A module's instance and its replacement after a throw, the same for every executive. Used by one thread at a time.
class Instance {
 public:
  explicit Instance(const GraphModule& module);

  // Runs one activation and makes its messages, published at tag + latency. Never throws.
  void run(const Graph& graph, Start& start, bool keeps_cdr, base::Bytes& scratch, Outcome& outcome);

 private:
  void replace();

  const GraphModule module_;  // a copy: an instance may be made before its executive, and outlive the graph
  std::unique_ptr<Module> instance_;
};

// One a module, null for those that are left out. Loads what they need (a network takes seconds on a busy machine).
std::vector<std::shared_ptr<Instance>> make_instances(const Graph& graph);

// ns of a steady clock, for measurements only: nothing a module sees or a digest covers depends on it.
std::int64_t host_now_ns();

}  // namespace hangil::runtime
