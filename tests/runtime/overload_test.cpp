// SPDX-License-Identifier: Apache-2.0
#include "runtime/overload.hpp"

#include "live_drive.hpp"
#include "runtime/as_driven.hpp"
#include "runtime/live.hpp"

namespace hangil::runtime {
namespace {

struct FloodedDrive {
  RunSummary summary;
  std::vector<EventRecord> events;

  std::ptrdiff_t count(const std::string& kind) const {
    return std::count_if(events.begin(), events.end(), [&](const EventRecord& event) { return event.kind == kind; });
  }
};

FloodedDrive drive_flood(const TestGraph& test) {
  std::vector<base::ConfigProblem> problems;
  const Graph graph = make_graph(test, problems);
  EXPECT_TRUE(problems.empty()) << problems.front().text();
  FloodedDrive driven;
  RunSinks sinks;
  sinks.on_event = [&](const EventRecord& event) { driven.events.push_back(event); };
  const auto summary = replay(graph, source_of(test.messages), {.end = {1000 * kMs}}, sinks);
  EXPECT_TRUE(summary.ok());
  if (summary) driven.summary = *summary;
  return driven;
}

// A module of 100 ms that gets a message every millisecond, `age_ms` old, for 200 ms.
TestGraph flooded(OverloadPolicy overload, std::int64_t age_ms = 0) {
  TestGraph test{.source_topics = {"/s"}};
  const TestInput input{.topics = {"/s"}, .policy = Policy::kQueue, .depth = 2, .overload = overload};
  test.modules = {{.inputs = {input}, .latency_ns = 100 * kMs}};
  for (int k = 0; k < 200; ++k)
    test.messages.push_back(number_message(1, (k - age_ms) * kMs, k * kMs, static_cast<std::uint64_t>(k)));
  return test;
}

TEST(Overload, WithoutAPolicyDropsAreCountedAndNoFault) {
  const FloodedDrive driven = drive_flood(flooded({}));
  EXPECT_GT(driven.summary.drop_count, 190u);
  EXPECT_EQ(driven.summary.lost_count, 0u);
  EXPECT_EQ(driven.count("lost"), 0);
}

TEST(Overload, AnInputThatMustNotDropKeepsWhatItCanAndNamesWhatItLost) {
  const FloodedDrive driven = drive_flood(flooded({.keep = 40, .must_not_drop = true}));
  // 1 at 0 ms, then 40 of 100 at 100 ms, then 40 of 99 at 200 ms.
  EXPECT_EQ(driven.summary.drop_count, 119u);
  EXPECT_EQ(driven.summary.lost_count, 119u);
  ASSERT_EQ(driven.count("lost"), 2);
  EXPECT_EQ(driven.events.front().text,
            "m0, activation 1: input 'in0' of /s must not drop, but lost 60 from message 1 on (overflow, 99 ms old)");
}

TEST(Overload, AnInputThatMustNotDropKeepsSixtyFourUnlessToldOtherwise) {
  EXPECT_EQ(drive_flood(flooded({.must_not_drop = true})).summary.lost_count, 36u + 35u);
  EXPECT_EQ(drive_flood(flooded({.keep = 100, .must_not_drop = true})).summary.lost_count, 0u);
}

TEST(Overload, AnOldMessageIsStaleAndChangesNothingElse) {
  const FloodedDrive fresh = drive_flood(flooded({.max_age = {150 * kMs}})), none = drive_flood(flooded({}, 180));
  const FloodedDrive stale = drive_flood(flooded({.max_age = {150 * kMs}}, 180));
  EXPECT_EQ(fresh.count("stale"), 0);
  ASSERT_EQ(stale.count("stale"), 3);
  EXPECT_EQ(stale.events.front().text,
            "m0, activation 0: input 'in0' of /s is stale: message 0 is 180 ms old, allowed are 150 ms");
  EXPECT_EQ(stale.summary.digest, none.summary.digest);
}

// Listens to what the executive says of the run, as a safety module does.
class ListeningModule : public Module {
 public:
  explicit ListeningModule(Setup& setup) : health_(setup.queue<Health>("in0", 16)), out_(setup.output<Number>("out")) {}
  void step(Activation& activation) override {
    for (const auto& health : activation.get(health_))
      activation.publish(out_, activation.now(), Number{health->kind == "lost" ? 1u : 2u});
  }

 private:
  Queue<Health> health_;
  Output<Number> out_;
};

MakeModule make_listening() {
  return [](Setup& setup) { return std::make_unique<ListeningModule>(setup); };
}

TEST(Overload, LiveTellsModulesAndTheDriveRepeatsExactly) {
  TestGraph test = flooded({.keep = 1, .must_not_drop = true});
  PipelineSpec spec{.name = "test"};
  ModuleSpec& busy = spec.modules.emplace_back();
  busy.name = "busy", busy.library = "0", busy.budget = {kMs}, busy.on = {"in0"};
  busy.inputs = {{"in0", {"/s"}, {}, test.modules[0].inputs[0].overload}}, busy.outputs = {{"out", {"/busy"}, {}}};
  ModuleSpec& listener = spec.modules.emplace_back();
  listener.name = "listener", listener.library = "1", listener.budget = {kMs}, listener.on = {"in0"};
  listener.inputs = {{"in0", {std::string(kHealthTopic)}, {}}}, listener.outputs = {{"out", {"/heard"}, {}}};
  const std::vector<SourceChannel> sources = {{"/s", std::string(Number::kType)},
                                              {std::string(kHealthTopic), std::string(Health::kType)}};
  std::vector<base::ConfigProblem> problems;
  const FindModule find = [&](const std::string& library) -> base::Result<MakeModule> {
    return library == "1" ? make_listening() : make_sleepy(test.modules[0], 3000);
  };
  const Graph graph = build_graph(spec, find, &sources, problems);
  ASSERT_TRUE(problems.empty()) << problems.front().text();
  const int channel = graph.find_channel("/s");
  for (SourceMessage& message : test.messages) message.channel = channel, message.published.ns /= 100;
  const Drive drive = drive_live(graph, test, {.worker_count = 1, .drain = {50 * kMs}});
  ASSERT_GT(drive.summary.run.lost_count, 0u);
  const auto again = replay_as_driven(graph, events_of(events_of(graph, drive.log)), source_of(drive.sources), {}, {});
  ASSERT_TRUE(again.ok()) << again.error().message;
  EXPECT_EQ(again->summary.digest, drive.summary.run.digest);
  EXPECT_EQ(again->summary.lost_count, drive.summary.run.lost_count);
  const auto heard = static_cast<std::size_t>(graph.find_channel("/heard"));
  EXPECT_GT(again->summary.channels[heard].count, 0u);
}

}  // namespace
}  // namespace hangil::runtime
