// SPDX-License-Identifier: Apache-2.0
#include "runtime/instance.hpp"

#include <chrono>

#include "base/digest.hpp"

namespace hangil::runtime {

std::int64_t host_now_ns() {
  // allowed: measured times go into activation records only, never to a module or into a digest
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

std::uint64_t message_digest(base::Time stamp, std::span<const std::uint8_t> cdr) {
  return base::mix(base::digest_bytes(cdr), static_cast<std::uint64_t>(stamp.ns));
}

MessagePtr make_message(const base::MessageType& type, const PendingOutput& output, std::uint64_t sequence,
                        base::Time published, std::uint64_t origin, bool keeps_cdr, base::Bytes& scratch) {
  auto message = std::make_shared<Message>();
  type.encode(output.value.get(), scratch);
  message->sequence = sequence;
  message->stamp = output.stamp;
  message->published = published;
  message->digest = message_digest(output.stamp, scratch);
  message->value = output.value;
  message->origin = origin;
  if (keeps_cdr) message->cdr = std::make_shared<const base::Bytes>(scratch);
  return message;
}

Instance::Instance(const GraphModule& module) : module_(module) { replace(); }

void Instance::replace() {
  std::vector<base::ConfigProblem> ignored;  // the same configuration was accepted when the graph was built
  Setup setup(&module_.config, ignored);
  instance_ = module_.make(setup);
}

void Instance::run(const Graph& graph, Start& start, bool keeps_cdr, base::Bytes& scratch, Outcome& outcome) {
  outcome.outputs.clear();
  outcome.is_failed = false;
  Activation activation(start.terms, start.inputs);
  outcome.host_start_ns = host_now_ns();
  try {
    instance_->step(activation);
  } catch (const std::exception& exception) {
    outcome.is_failed = true;
    outcome.failure = exception.what();
  } catch (...) {
    outcome.is_failed = true;
    outcome.failure = "threw something that is no std::exception";
  }
  outcome.host_end_ns = host_now_ns();
  outcome.operations = activation.operations();
  if (outcome.is_failed) return replace();
  const base::Time published{start.tag.ns + start.latency_ns};
  for (const PendingOutput& output : activation.outputs()) {
    const int channel = module_.outputs[static_cast<std::size_t>(output.output)];
    if (channel < 0) continue;
    const std::uint64_t sequence = start.next_sequences[static_cast<std::size_t>(output.output)]++;
    const base::MessageType& type = *graph.channels[static_cast<std::size_t>(channel)].type;
    outcome.outputs.push_back(
        {channel, make_message(type, output, sequence, published, start.origin, keeps_cdr, scratch)});
  }
}

}  // namespace hangil::runtime
