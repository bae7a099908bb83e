// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>

#include "runtime/instance.hpp"
#include "test_graph.hpp"

namespace hangil::runtime {

// Rules that the reference can be told to break, to show that the comparison notices.
enum class BrokenRule { kNone, kSnapshotLate, kNoCoalescing, kZeroLatencyBackward, kQueueForgets, kStateSurvivesThrow };

struct ReferenceResult {
  std::vector<std::uint64_t> chains;
  std::uint64_t drop_count = 0, skipped_tick_count = 0, activation_count = 0, failure_count = 0;
  bool operator==(const ReferenceResult&) const = default;
};

// The rules of the time model taken literally: instant by instant, module by module, everything kept, one thread. Slow
// and obvious; what the real executive is compared with.
class ReferenceExecutive {
 public:
  ReferenceExecutive(const Graph& graph, const TestGraph& test, LatencyMode mode, BrokenRule broken, std::uint64_t seed)
      : graph_(graph), test_(test), latencies_(latencies_ns(graph, mode)), broken_(broken), seed_(seed) {
    channels_.resize(graph.channels.size());
    states_.resize(graph.modules.size());
    result_.chains.resize(graph.channels.size(), 0);
    for (std::size_t m = 0; m < states_.size(); ++m) {
      if (graph.modules[m].is_left_out) continue;
      renew(m);
      states_[m].seen.resize(graph.modules[m].inputs.size());
      states_[m].consumed_end.resize(graph.modules[m].inputs.size(), 0);
      for (std::size_t i = 0; i < graph.modules[m].inputs.size(); ++i) {
        states_[m].seen[i].resize(graph.modules[m].inputs[i].channels.size(), 0);
      }
      if (graph.modules[m].every)
        instants_.insert(graph.modules[m].phase.ns), states_[m].next_tick_ns = graph.modules[m].phase.ns;
    }
    for (const SourceMessage& message : test.messages) instants_.insert(message.published.ns);
  }

  ReferenceResult run() {
    while (!instants_.empty() && *instants_.begin() <= test_.end.ns) {
      const std::int64_t t = *instants_.begin();
      instants_.erase(instants_.begin());
      file_what_is_due(t);
      for (std::size_t m = 0; m < states_.size(); ++m) {
        if (!graph_.modules[m].is_left_out) visit(m, t);
      }
    }
    for (const Due& due : due_) file(due);  // rule 27
    return result_;
  }

 private:
  struct Due {
    std::int64_t time_ns;
    std::vector<Filed> outputs;
  };
  struct State {
    std::unique_ptr<Module> instance;
    std::vector<std::vector<std::size_t>> seen;  // per input and slot: how many messages
    std::vector<std::size_t> consumed_end;
    std::int64_t next_tick_ns = -1, free_at_ns = 0;
    bool is_pending = false;
    std::uint64_t ordinal = 0;
  };

  void renew(std::size_t m) {
    std::vector<base::ConfigProblem> problems;
    Setup setup(nullptr, problems);
    states_[m].instance = graph_.modules[m].make(setup);
  }

  void file_what_is_due(std::int64_t t) {
    for (; next_source_ < test_.messages.size() && test_.messages[next_source_].published.ns == t; ++next_source_) {
      const SourceMessage& message = test_.messages[next_source_];
      PendingOutput output{0, message.stamp, std::make_shared<Number>(*base::decode_cdr<Number>(*message.cdr))};
      file_one({message.channel, make(message.channel, output, t)});
    }
    for (Due& due : due_) {
      if (due.time_ns == t) file(due), due.outputs.clear();
    }
  }

  std::shared_ptr<Message> make(int channel, const PendingOutput& output, std::int64_t published_ns) {
    return make_message(*graph_.channels[static_cast<std::size_t>(channel)].type, output, 0, {published_ns}, 0, false,
                        scratch_);
  }

  void file(const Due& due) {
    for (const Filed& output : due.outputs) file_one(output);
  }

  void file_one(const Filed& filed) {
    const auto c = static_cast<std::size_t>(filed.channel);
    auto numbered = std::make_shared<Message>(*filed.message);
    numbered->sequence = channels_[c].size();
    channels_[c].push_back(numbered);
    result_.chains[c] =
        base::mix(base::mix(result_.chains[c], numbered->digest), static_cast<std::uint64_t>(numbered->published.ns));
  }

  // Rule 7, for messages that are filed: a zero-latency output of this very instant is filed only after the modules
  // of lower index were visited, so what is left to exclude is nothing.
  void visit(std::size_t m, std::int64_t t) {
    State& state = states_[m];
    const GraphModule& module = graph_.modules[m];
    const bool was_pending = state.is_pending;
    if (module.every && state.next_tick_ns == t) tick(m, t);
    for (std::size_t i = 0; i < module.inputs.size(); ++i) {
      if (module.inputs[i].is_trigger && sees_new(m, i) && asks(m, i)) {
        if (was_pending && broken_ == BrokenRule::kNoCoalescing) extra_starts_.insert(m);
        state.is_pending = true;
      }
    }
    if (!state.is_pending) return;
    if (t >= state.free_at_ns)
      start(m, t);
    else
      instants_.insert(state.free_at_ns);
  }

  void tick(std::size_t m, std::int64_t t) {
    State& state = states_[m];
    if (state.is_pending) ++result_.skipped_tick_count;
    state.is_pending = true;
    state.next_tick_ns = t + graph_.modules[m].every->ns;
    instants_.insert(state.next_tick_ns);
  }

  bool sees_new(std::size_t m, std::size_t i) {
    bool is_new = false;
    const auto& channels = graph_.modules[m].inputs[i].channels;
    for (std::size_t slot = 0; slot < channels.size(); ++slot) {
      const std::size_t count = channels_[static_cast<std::size_t>(channels[slot])].size();
      is_new |= count > states_[m].seen[i][slot];
      states_[m].seen[i][slot] = count;
    }
    return is_new;
  }

  bool asks(std::size_t m, std::size_t i) {
    return graph_.modules[m].inputs[i].declaration.policy != Policy::kAligned || !match(m, i).empty();
  }

  std::vector<std::size_t> match(std::size_t m, std::size_t i) {
    const GraphInput& input = graph_.modules[m].inputs[i];
    const auto depth = static_cast<std::size_t>(input.declaration.depth);
    const auto& reference = channels_[static_cast<std::size_t>(input.channels[0])];
    const auto& partners = channels_[static_cast<std::size_t>(input.channels[1])];
    const auto window = [&](const auto& log) { return log.size() > depth ? log.size() - depth : 0; };
    for (std::size_t r = reference.size(); r-- > std::max(window(reference), states_[m].consumed_end[i]);) {
      std::size_t best = partners.size();
      for (std::size_t p = window(partners); p < partners.size(); ++p) {
        if (distance(reference[r], partners[p]) > input.declaration.tolerance.ns) continue;
        if (best == partners.size() || distance(reference[r], partners[p]) <= distance(reference[r], partners[best]))
          best = p;
      }
      if (best < partners.size()) return {r, best};
    }
    return {};
  }
  static std::int64_t distance(const MessagePtr& a, const MessagePtr& b) { return std::abs(a->stamp.ns - b->stamp.ns); }

  std::vector<MessagePtr> take(std::size_t m, std::size_t i) {
    const GraphInput& input = graph_.modules[m].inputs[i];
    if (input.channels.empty()) return {};
    const auto& log = channels_[static_cast<std::size_t>(input.channels[0])];
    std::size_t& consumed = states_[m].consumed_end[i];
    sees_new(m, i);
    if (input.declaration.policy == Policy::kAligned) {
      const auto found = match(m, i);
      if (found.empty()) return {};
      result_.drop_count += found[0] - consumed;
      consumed = found[0] + 1;
      return {log[found[0]], channels_[static_cast<std::size_t>(input.channels[1])][found[1]]};
    }
    if (input.declaration.policy == Policy::kLatest) {
      if (log.empty()) return {};
      if (input.is_trigger && log.size() - 1 > consumed) result_.drop_count += log.size() - 1 - consumed;
      consumed = log.size();
      return {log.back()};
    }
    const std::size_t depth =
        static_cast<std::size_t>(input.declaration.depth) - (broken_ == BrokenRule::kQueueForgets ? 1 : 0);
    const std::size_t begin = std::max(consumed, log.size() > depth ? log.size() - depth : 0);
    result_.drop_count += begin - consumed;
    consumed = log.size();
    return {log.begin() + static_cast<std::ptrdiff_t>(begin), log.end()};
  }

  void start(std::size_t m, std::int64_t t) {
    State& state = states_[m];
    const GraphModule& module = graph_.modules[m];
    Activation::Inputs inputs;
    for (std::size_t i = 0; i < module.inputs.size(); ++i) inputs.push_back(take(m, i));
    if (broken_ == BrokenRule::kSnapshotLate && state.ordinal % 3 == 2) {
      for (auto& input : inputs) input.clear();
    }
    Activation::Terms terms{.now = {t}, .ordinal = state.ordinal};
    terms.seed = base::mix(base::mix(seed_, m), state.ordinal);
    Activation activation(terms, inputs);
    state.is_pending = extra_starts_.erase(m) > 0;
    ++state.ordinal;
    ++result_.activation_count;
    state.free_at_ns = t + std::max<std::int64_t>(1, latencies_[m]);
    instants_.insert(state.free_at_ns);
    bool is_failed = false;
    try {
      state.instance->step(activation);
    } catch (const std::exception&) {
      is_failed = true;
      ++result_.failure_count;
      if (broken_ != BrokenRule::kStateSurvivesThrow) renew(m);
    }
    if (!is_failed) publish(m, t, activation);
  }

  void publish(std::size_t m, std::int64_t t, Activation& activation) {
    Due due{t + latencies_[m], {}};
    for (const PendingOutput& output : activation.outputs()) {
      const int channel = graph_.modules[m].outputs[static_cast<std::size_t>(output.output)];
      if (channel >= 0) due.outputs.push_back({channel, make(channel, output, due.time_ns)});
    }
    if (latencies_[m] > 0) {
      instants_.insert(due.time_ns);
      due_.push_back(std::move(due));
    } else if (broken_ == BrokenRule::kZeroLatencyBackward) {
      due.time_ns = t + 1;
      instants_.insert(t + 1);
      due_.push_back(std::move(due));
    } else {
      file(due);
      instants_.insert(t + 1);
    }
  }

  const Graph& graph_;
  const TestGraph& test_;
  std::vector<std::int64_t> latencies_;
  BrokenRule broken_;
  std::uint64_t seed_;
  std::vector<std::vector<MessagePtr>> channels_;
  std::vector<State> states_;
  std::set<std::int64_t> instants_;
  std::set<std::size_t> extra_starts_;
  std::vector<Due> due_;
  std::size_t next_source_ = 0;
  base::Bytes scratch_;
  ReferenceResult result_;
};

}  // namespace hangil::runtime
