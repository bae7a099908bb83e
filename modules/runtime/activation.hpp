// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <tuple>
#include <utility>

#include "runtime/message.hpp"
#include "runtime/ports.hpp"

namespace hangil::runtime {

// A message a module has written in this activation and that nobody has seen yet.
struct PendingOutput {
  int output = -1;
  base::Time stamp;
  std::shared_ptr<const void> value;
};

// Everything one activation gets (time model, rule 28), fixed when it starts, and where it leaves its outputs.
class Activation {
 public:
  // Messages taken by each input: latest 0 or 1, queue any number oldest first, aligned 0 or one per channel.
  using Inputs = std::vector<std::vector<MessagePtr>>;

  struct Terms {
    base::Time now;              // the tag's time; the only clock a module has
    std::uint64_t ordinal = 0;   // 0 for the module's first activation
    std::uint64_t seed = 0;      // for anything random
    int level = 0;               // 0 full; higher does less work
    std::int64_t allowance = 0;  // operations this activation may spend; 0: as configured
  };

  Activation(const Terms& terms, Inputs& inputs) : terms_(terms), inputs_(inputs) {}

  base::Time now() const { return terms_.now; }
  std::uint64_t ordinal() const { return terms_.ordinal; }
  std::uint64_t seed() const { return terms_.seed; }
  int level() const { return terms_.level; }
  std::int64_t allowance() const { return terms_.allowance; }

  template <class T>
  View<T> get(Latest<T> input) const {
    const auto& taken = messages(input.index);
    return {taken.empty() ? nullptr : taken.front().get()};
  }

  template <class T>
  std::vector<View<T>> get(Queue<T> input) const {
    std::vector<View<T>> views;
    for (const MessagePtr& message : messages(input.index)) views.push_back({message.get()});
    return views;
  }

  // Empty views on every channel when nothing matched.
  template <class... T>
  std::tuple<View<T>...> get(Aligned<T...> input) const {
    return aligned_views<T...>(messages(input.index), std::index_sequence_for<T...>());
  }

  // Published when the activation ends, at tag + latency, in order of the calls.
  template <class T>
  void publish(Output<T> output, base::Time stamp, T value) {
    outputs_.push_back({output.index, stamp, std::make_shared<const T>(std::move(value))});
  }
  template <class T>
  void publish(Output<T> output, T value) {
    const base::Time stamp = value.header.stamp;
    publish(output, stamp, std::move(value));
  }

  // How much work was done, in the unit of the allowance; live calibrates time per operation with it.
  void report_operations(std::int64_t count) { operations_ = count; }
  std::int64_t operations() const { return operations_; }

  std::vector<PendingOutput>& outputs() { return outputs_; }

 private:
  const std::vector<MessagePtr>& messages(int input) const { return inputs_[static_cast<std::size_t>(input)]; }

  template <class... T, std::size_t... I>
  static std::tuple<View<T>...> aligned_views(const std::vector<MessagePtr>& taken, std::index_sequence<I...>) {
    return {View<T>{taken.empty() ? nullptr : taken[I].get()}...};
  }

  Terms terms_;
  Inputs& inputs_;
  std::vector<PendingOutput> outputs_;
  std::int64_t operations_ = 0;
};

}  // namespace hangil::runtime
