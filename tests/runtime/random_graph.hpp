// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "test_graph.hpp"

namespace hangil::runtime {

// Draws graphs with feedback, zero latency, ties, duplicates, aligned inputs, periods and throws (rule 41).
class GraphDice {
 public:
  explicit GraphDice(std::uint64_t seed) : engine_(seed) {}

  TestGraph draw() {
    while (true) {
      TestGraph test = draw_any();
      std::vector<base::ConfigProblem> problems;
      const Graph graph = make_graph(test, problems);
      if (!problems.empty() || !refused_cycles(graph, latencies_ns(graph, LatencyMode::kDeclared)).empty()) continue;
      draw_messages(test, graph);
      return test;
    }
  }

 private:
  std::uint64_t below(std::uint64_t count) { return engine_() % count; }

  TestGraph draw_any() {
    TestGraph test;
    const std::size_t sources = 1 + below(3), modules = 1 + below(6);
    for (std::size_t s = 0; s < sources; ++s) test.source_topics.push_back("/s" + std::to_string(s));
    for (std::size_t m = 0; m < modules; ++m) test.modules.push_back(draw_module(sources, modules));
    test.end = {200'000'000};
    return test;
  }

  TestModule draw_module(std::size_t sources, std::size_t modules) {
    constexpr std::int64_t kLatencies_ns[] = {0, 0, 1'000'000, 5'000'000, 7'000'000, 20'000'000};
    TestModule module;
    module.latency_ns = kLatencies_ns[below(6)];
    module.output_count = static_cast<int>(below(3));
    if (below(3) == 0) module.period_ns = 5'000'000 * static_cast<std::int64_t>(1 + below(3));
    module.phase_ns = 2'500'000 * static_cast<std::int64_t>(below(3));
    if (below(4) == 0) module.throw_one_in = 5;
    const std::size_t inputs = 1 + below(3);
    for (std::size_t i = 0; i < inputs; ++i) module.inputs.push_back(draw_input(sources, modules));
    if (module.period_ns == 0) module.inputs[0].is_trigger = true;
    return module;
  }

  std::string draw_topic(std::size_t sources, std::size_t modules) {
    const std::uint64_t pick = below(sources + modules);
    return pick < sources ? "/s" + std::to_string(pick) : "/m" + std::to_string(pick - sources);
  }

  TestInput draw_input(std::size_t sources, std::size_t modules) {
    TestInput input{.topics = {draw_topic(sources, modules)}, .policy = static_cast<Policy>(below(3))};
    input.depth = static_cast<int>(1 + below(3));
    input.is_trigger = below(2) == 0;
    if (input.policy == Policy::kAligned) {
      input.topics.push_back(draw_topic(sources, modules));
      input.tolerance_ns = 1'000'000 * static_cast<std::int64_t>(below(6));
    }
    return input;
  }

  void draw_messages(TestGraph& test, const Graph& graph) {
    for (const std::string& topic : test.source_topics) {
      const int channel = graph.find_channel(topic);
      if (channel < 0) continue;
      const std::size_t count = below(40);
      for (std::size_t k = 0; k < count; ++k) {
        const std::int64_t published_ns = 2'500'000 * static_cast<std::int64_t>(below(80));
        const std::int64_t stamp_ns = published_ns - 1'000'000 * static_cast<std::int64_t>(below(8));
        test.messages.push_back(number_message(channel, stamp_ns, published_ns, engine_()));
        if (below(8) == 0) test.messages.push_back(test.messages.back());
      }
    }
    std::stable_sort(test.messages.begin(), test.messages.end(), [](const SourceMessage& a, const SourceMessage& b) {
      return std::pair(a.published, a.channel) < std::pair(b.published, b.channel);
    });
  }

  std::mt19937_64 engine_;
};

}  // namespace hangil::runtime
