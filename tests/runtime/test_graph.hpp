// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <random>

#include "base/digest.hpp"
#include "number.hpp"
#include "runtime/input_cursor.hpp"
#include "runtime/replay.hpp"

namespace hangil::runtime {

inline constexpr std::int64_t kMs = 1'000'000;

struct TestInput {
  std::vector<std::string> topics;
  Policy policy = Policy::kLatest;
  int depth = 1;
  std::int64_t tolerance_ns = 0;
  bool is_trigger = true;
  Need need = Need::kRequired;
  OverloadPolicy overload = {};
};

// A module that folds everything it is given into the numbers it sends, so that any difference shows in the digests.
struct TestModule {
  std::vector<TestInput> inputs;
  int output_count = 1;
  std::int64_t latency_ns = 0;
  std::int64_t period_ns = 0, phase_ns = 0;
  int throw_one_in = 0;  // 0: never
};

struct TestGraph {
  std::vector<TestModule> modules;  // module i writes "/m<i>" (all its outputs go there)
  std::vector<std::string> source_topics;
  std::vector<SourceMessage> messages;  // merged by (published, channel)
  base::Time end;
  std::string frame_topic, output_topic;
};

class FoldingModule : public Module {
 public:
  FoldingModule(Setup& setup, const TestModule& description) : description_(description) {
    for (std::size_t i = 0; i < description.inputs.size(); ++i) declare(setup, description.inputs[i], i);
    output_ = setup.output<Number>("out");
  }

  void step(Activation& activation) override {
    fold(static_cast<std::uint64_t>(activation.now().ns));
    fold(activation.ordinal());
    fold(activation.seed());
    for (const Latest<Number>& port : latest_) fold_view(activation.get(port));
    for (const Queue<Number>& port : queue_) {
      for (const View<Number>& view : activation.get(port)) fold_view(view);
    }
    for (const auto& port : aligned_) {
      const auto [first, second] = activation.get(port);
      fold_view(first), fold_view(second);
    }
    const int throw_one_in = description_.throw_one_in;
    if (throw_one_in > 0 && state_ % static_cast<std::uint64_t>(throw_one_in) == 0) throw std::runtime_error("planned");
    for (int k = 0; k < description_.output_count; ++k) {
      fold(static_cast<std::uint64_t>(k));
      activation.publish(output_, {activation.now().ns - static_cast<std::int64_t>(state_ % 5'000'000)},
                         Number{state_});
    }
  }

 private:
  void declare(Setup& setup, const TestInput& input, std::size_t index) {
    const std::string name = "in" + std::to_string(index);
    if (input.policy == Policy::kLatest) latest_.push_back(setup.latest<Number>(name, input.need));
    if (input.policy == Policy::kQueue) queue_.push_back(setup.queue<Number>(name, input.depth, input.need));
    if (input.policy == Policy::kAligned) {
      aligned_.push_back(setup.aligned<Number, Number>(name, input.depth, {input.tolerance_ns}, input.need));
    }
  }
  void fold(std::uint64_t word) { state_ = base::mix(state_, word); }
  void fold_view(const View<Number>& view) {
    fold(view ? view->value : 1);
    if (view) fold(static_cast<std::uint64_t>(view.published().ns)), fold(view.message->sequence);
  }

  TestModule description_;
  std::vector<Latest<Number>> latest_;
  std::vector<Queue<Number>> queue_;
  std::vector<Aligned<Number, Number>> aligned_;
  Output<Number> output_;
  std::uint64_t state_ = 0;
};

inline MakeModule make_folding(const TestModule& description) {
  return [description](Setup& setup) { return std::make_unique<FoldingModule>(setup, description); };
}

inline Graph make_graph(const TestGraph& test, std::vector<base::ConfigProblem>& problems) {
  PipelineSpec spec{.name = "test", .frame_topic = test.frame_topic, .output_topic = test.output_topic};
  for (std::size_t m = 0; m < test.modules.size(); ++m) {
    const TestModule& module = test.modules[m];
    ModuleSpec& line = spec.modules.emplace_back();
    line.name = "m" + std::to_string(m);
    line.library = std::to_string(m);
    line.budget = {module.latency_ns};
    if (module.period_ns > 0) line.every = base::Duration{module.period_ns};
    line.phase = {module.phase_ns};
    line.outputs = {{"out", {"/m" + std::to_string(m)}, {}}};
    for (std::size_t i = 0; i < module.inputs.size(); ++i) {
      const std::string port = "in" + std::to_string(i);
      line.inputs.push_back({port, module.inputs[i].topics, {}, module.inputs[i].overload});
      if (module.inputs[i].is_trigger) line.on.push_back(port);
    }
  }
  std::vector<SourceChannel> sources;
  for (const std::string& topic : test.source_topics) sources.push_back({topic, std::string(Number::kType)});
  const FindModule find = [&](const std::string& library) -> base::Result<MakeModule> {
    return make_folding(test.modules[std::stoul(library)]);
  };
  return build_graph(spec, find, &sources, problems);
}

inline SourceMessage number_message(int channel, std::int64_t stamp_ns, std::int64_t published_ns,
                                    std::uint64_t value) {
  auto bytes = std::make_shared<base::Bytes>();
  base::encode_cdr(Number{value}, *bytes);
  return {channel, {stamp_ns}, {published_ns}, bytes};
}

inline Source source_of(std::vector<SourceMessage> messages) {
  auto next = std::make_shared<std::size_t>(0);
  return [messages = std::move(messages), next]() -> base::Result<std::optional<SourceMessage>> {
    if (*next == messages.size()) return std::optional<SourceMessage>();
    SourceMessage message = messages[(*next)++];
    const bool is_last = *next == messages.size();
    if (*next % 3 != 0) message.following = is_last ? base::Time{kNever} : messages[*next].published;
    return std::optional<SourceMessage>(std::move(message));
  };
}

}  // namespace hangil::runtime
