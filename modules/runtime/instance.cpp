// SPDX-License-Identifier: Apache-2.0
#include "runtime/instance.hpp"

#include <chrono>

#include "base/digest.hpp"
#include "runtime/running_module.hpp"

namespace hangil::runtime {

std::int64_t host_now_ns() {
  // allowed: measured times go into activation records only, never to a module or into a digest
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

std::uint64_t message_digest(base::Time stamp, std::span<const std::uint8_t> cdr) {
  return base::mix(base::digest_bytes(cdr), static_cast<std::uint64_t>(stamp.ns));
}

std::shared_ptr<Message> make_message(const base::MessageType& type, const PendingOutput& output,
                                      std::uint64_t sequence, base::Time published, std::uint64_t origin,
                                      bool keeps_cdr, base::Bytes& scratch) {
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

std::shared_ptr<Message> decode_source(const Graph& graph, const SourceMessage& source, bool keeps_cdr,
                                       std::string& failure) {
  const GraphChannel& channel = graph.channels[static_cast<std::size_t>(source.channel)];
  auto value = channel.type->decode(*source.cdr);
  if (!value) {
    failure = channel.topic + ": " + value.error().message;
    return nullptr;
  }
  auto message = std::make_shared<Message>();
  message->stamp = source.stamp;
  message->published = source.published;
  message->digest = message_digest(source.stamp, *source.cdr);
  message->value = *std::move(value);
  if (keeps_cdr) message->cdr = source.cdr;
  return message;
}

ActivationRecord record_of(const Start& start, const Outcome& outcome) {
  ActivationRecord record;
  record.module = static_cast<std::uint16_t>(start.module);
  record.ordinal = start.terms.ordinal;
  record.tag = start.tag;
  record.ready = start.ready;
  record.latency = {start.latency_ns};
  record.level = static_cast<std::uint8_t>(start.terms.level);
  record.is_failed = outcome.is_failed;
  record.allowance = start.terms.allowance;
  record.operations = outcome.operations;
  record.origin = start.origin;
  record.consumed = start.consumed;
  for (const Filed& output : outcome.outputs) {
    record.produced.push_back({static_cast<std::uint16_t>(output.channel), output.message->sequence});
  }
  return record;
}

RunSummary summarise(const Graph& graph, const std::vector<ChannelDigest>& chains) {
  RunSummary summary{.channels = chains};
  for (const ChannelDigest& channel : chains) {
    summary.digest = base::mix(base::mix(summary.digest, channel.chain), channel.count);
  }
  if (graph.frame_channel >= 0) summary.frame_count = chains[static_cast<std::size_t>(graph.frame_channel)].count;
  return summary;
}

std::uint64_t chained(std::uint64_t chain, std::uint64_t message_digest, base::Time published) {
  return base::mix(base::mix(chain, message_digest), static_cast<std::uint64_t>(published.ns));
}

void add_to_chain(ChannelDigest& chain, const Message& message) {
  chain.chain = chained(chain.chain, message.digest, message.published);
  ++chain.count;
}

Instance::Instance(const GraphModule& module) : module_(module) { replace(); }

std::vector<std::shared_ptr<Instance>> make_instances(const Graph& graph) {
  std::vector<std::shared_ptr<Instance>> instances;
  for (const GraphModule& module : graph.modules) {
    instances.push_back(module.is_left_out ? nullptr : std::make_shared<Instance>(module));
  }
  return instances;
}

void Instance::replace() {
  std::vector<base::ConfigProblem> ignored;  // the same configuration was accepted when the graph was built
  Setup setup(&module_.config, ignored, module_.budget);
  instance_ = module_.make(setup);
}

void Instance::run(const Graph& graph, Start& start, bool keeps_cdr, base::Bytes& scratch, Outcome& outcome) {
  outcome.outputs.clear();
  outcome.is_failed = start.recorded && start.recorded->is_failed;
  outcome.host_start_ns = outcome.host_end_ns = host_now_ns();
  if (outcome.is_failed) {
    outcome.failure = "failed as recorded";
    return replace();
  }
  Activation activation(start.terms, start.inputs);
  try {
    const RunningScope scope(module_.name.c_str(), start.terms.ordinal);
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
    // A frame begins with a message on its channel, whoever writes it.
    const std::uint64_t origin = channel == graph.frame_channel ? sequence + 1 : start.origin;
    outcome.outputs.push_back({channel, make_message(type, output, sequence, published, origin, keeps_cdr, scratch)});
  }
}

}  // namespace hangil::runtime
