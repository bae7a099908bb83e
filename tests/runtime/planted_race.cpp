// SPDX-License-Identifier: Apache-2.0
// A race planted on purpose: two modules write one variable from two workers at the same time. The thread sanitizer
// must name it, or its silence about the rest of the runtime means nothing.
#include <atomic>
#include <thread>

#include "test_graph.hpp"

namespace hangil::runtime {
namespace {

std::uint64_t shared_value = 0;     // written by both, guarded by nothing
std::atomic<int> arrived_count{0};  // relaxed: orders nothing between the two writes

class RacingModule : public Module {
 public:
  explicit RacingModule(Setup& setup) : in_(setup.latest<Number>("in0")), out_(setup.output<Number>("out")) {}
  void step(Activation& activation) override {
    arrived_count.fetch_add(1, std::memory_order_relaxed);
    while (arrived_count.load(std::memory_order_relaxed) < 2) std::this_thread::yield();
    shared_value += activation.ordinal() + 1;
    activation.publish(out_, activation.now(), Number{activation.ordinal()});
  }

 private:
  Latest<Number> in_;
  Output<Number> out_;
};

int race() {
  TestGraph test{.source_topics = {"/s"}};
  test.modules = {{.inputs = {{.topics = {"/s"}}}, .latency_ns = kMs},
                  {.inputs = {{.topics = {"/s"}}}, .latency_ns = kMs}};
  test.messages = {number_message(2, 0, 0, 1)};
  std::vector<base::ConfigProblem> problems;
  Graph graph = make_graph(test, problems);
  for (GraphModule& module : graph.modules)
    module.make = [](Setup& setup) { return std::make_unique<RacingModule>(setup); };
  const auto summary = replay(graph, source_of(test.messages), {.worker_count = 2, .end = {100 * kMs}}, {});
  return summary.ok() && arrived_count == 2 ? 0 : 1;
}

}  // namespace
}  // namespace hangil::runtime

int main() { return hangil::runtime::race(); }
