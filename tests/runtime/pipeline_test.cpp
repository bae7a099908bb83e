// SPDX-License-Identifier: Apache-2.0
#include "runtime/pipeline.hpp"

#include <gtest/gtest.h>

#include "test_graph.hpp"

namespace hangil::runtime {
namespace {

constexpr const char* kPipeline = R"(pipeline: small
frame: {channel: /s, output: /out, deadline_ms: 50}
modules:
  - name: first
    library: "0"
    inputs: {in0: /s}
    outputs: {out: /out}
    on: [in0]
    budget_ms: 5
)";

PipelineSpec read(const std::string& text, std::vector<base::ConfigProblem>& problems,
                  const std::vector<Override>& overrides = {}) {
  auto root = base::parse_yaml(text, "small.yaml");
  EXPECT_TRUE(root.ok()) << root.error().message;
  return read_pipeline(*std::move(root), overrides, problems);
}

TEST(Pipeline, SixLinesDescribeAModule) {
  std::vector<base::ConfigProblem> problems;
  const PipelineSpec spec = read(kPipeline, problems);
  EXPECT_TRUE(problems.empty());
  ASSERT_EQ(spec.modules.size(), 1u);
  EXPECT_EQ(spec.modules[0].budget.ns, 5'000'000);
  EXPECT_EQ(spec.frame_topic, "/s");
}

TEST(Pipeline, AnInputMayStateItsOverloadPolicyAndKeepsItAsText) {
  const std::string text = R"(pipeline: small
modules:
  - name: first
    library: "0"
    inputs: {in0: {topic: /s, keep: 4, must_not_drop: true, max_age_ms: 150}, in1: /t}
    outputs: {out: /out}
    on: [in0]
    budget_ms: 5
)";
  std::vector<base::ConfigProblem> problems;
  const PipelineSpec spec = read(text, problems), again = read(pipeline_text(spec), problems);
  ASSERT_TRUE(problems.empty()) << problems.front().text();
  for (const PipelineSpec& one : {spec, again}) {
    EXPECT_EQ(one.modules[0].inputs[0].topics, std::vector<std::string>{"/s"});
    EXPECT_EQ(one.modules[0].inputs[0].overload, (OverloadPolicy{4, true, {150'000'000}}));
    EXPECT_EQ(one.modules[0].inputs[1].overload, OverloadPolicy{});
  }
}

TEST(Pipeline, SaysHowALiveRunTakesItsMachine) {
  std::vector<base::ConfigProblem> problems;
  const std::string text =
      std::string("live: {workers: 3, realtime_priority: 20, lock_memory: true, cpus: [1, 2]}\n") + kPipeline;
  const PipelineSpec spec = read(text, problems), again = read(pipeline_text(spec), problems);
  ASSERT_TRUE(problems.empty()) << problems.front().text();
  EXPECT_EQ(spec.live, (LiveSpec{3, 20, true, {1, 2}}));
  EXPECT_EQ(again.live, spec.live);
  EXPECT_EQ(read(kPipeline, problems).live, LiveSpec{});
  read(std::string("live: {workers: 0}\n") + kPipeline, problems);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_NE(problems[0].text().find("small.yaml:1: 'workers' is 0"), std::string::npos) << problems[0].text();
}

TEST(Pipeline, AnOverloadPolicyThatMeansNothingIsRefused) {
  std::vector<base::ConfigProblem> problems;
  read(
      "pipeline: bad\nmodules:\n  - name: a\n    library: x\n    budget_ms: 3\n    on: [in]\n    inputs: {in: {keep: "
      "3}, "
      "other: {topic: /s, kep: 3}}\n    outputs: {out: {topic: /o, keep: 3}}\n",
      problems);
  std::string all;
  for (const auto& problem : problems) all += problem.text() + "\n";
  for (const char* part : {"small.yaml:7: 'inputs.in' needs a 'topic'", "did you mean 'keep'",
                           "small.yaml:8: 'outputs.out': only inputs have an overload policy"}) {
    EXPECT_NE(all.find(part), std::string::npos) << part << "\nin\n" << all;
  }
}

TEST(Pipeline, AllProblemsAreReportedAtOnceWithTheirLines) {
  std::vector<base::ConfigProblem> problems;
  read(
      "pipeline: bad\nmodles: 1\nmodules:\n  - name: a\n    library: x\n    budget_ms: -3\n  - name: a\n    librar: "
      "y\n    budget_ms: 5\n",
      problems);
  std::string all;
  for (const auto& problem : problems) all += problem.text() + "\n";
  for (const char* part : {"small.yaml:2: unknown key 'modles'", "small.yaml:6: 'budget_ms' is -3",
                           "small.yaml:8: unknown parameter 'librar'; did you mean 'library'",
                           "small.yaml:7: module 'a' needs a 'library'", "module name 'a' stands twice"}) {
    EXPECT_NE(all.find(part), std::string::npos) << part << "\nin\n" << all;
  }
}

TEST(Pipeline, OverridesReachParametersAndBudgets) {
  std::vector<base::ConfigProblem> problems;
  const PipelineSpec spec = read(kPipeline, problems, {{"first", "budget_ms", "7"}, {"first", "gain", "2"}});
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(spec.modules[0].budget.ns, 7'000'000);
  EXPECT_EQ(spec.modules[0].config.find("gain")->scalar, "2");
  read(kPipeline, problems, {{"frist", "gain", "2"}});
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_NE(problems[0].what.find("did you mean 'first'"), std::string::npos);
}

TEST(Pipeline, ItsTextReadsBackAsTheSamePipeline) {
  std::vector<base::ConfigProblem> problems;
  const PipelineSpec spec = read(kPipeline, problems, {{"first", "gain", "2"}, {"first", "every_ms", "20"}});
  const std::string text = pipeline_text(spec);
  EXPECT_EQ(pipeline_text(read(text, problems)), text);
  EXPECT_TRUE(problems.empty());
}

struct Built {
  Graph graph;
  std::vector<base::ConfigProblem> problems;
};

Built build(const TestGraph& test) {
  Built built;
  built.graph = make_graph(test, built.problems);
  return built;
}

TEST(Graph, AModuleWithoutItsInputIsLeftOutAndSoIsWhoNeedsIt) {
  TestGraph test{.source_topics = {"/present"}};
  test.modules = {
      {.inputs = {{.topics = {"/presen"}}}}, {.inputs = {{.topics = {"/m0"}}}}, {.inputs = {{.topics = {"/present"}}}}};
  const Built built = build(test);
  EXPECT_TRUE(built.problems.empty());
  EXPECT_EQ(built.graph.modules[0].left_out_reason, "nobody writes /presen (there is /present)");
  EXPECT_EQ(built.graph.modules[1].left_out_reason, "/m0 stays silent: module m0 is left out");
  EXPECT_FALSE(built.graph.modules[2].is_left_out);
}

TEST(Graph, AModuleThatIsNotAvailableIsLeftOutWithItsReason) {
  std::vector<base::ConfigProblem> problems;
  const std::string second = R"(  - name: second
    library: "1"
    inputs: {in0: /out}
    outputs: {out: /end}
    on: [in0]
    budget_ms: 5
)";
  const PipelineSpec spec = read(std::string(kPipeline) + second, problems);
  const TestModule module{.inputs = {{.topics = {"/s"}}}};
  const FindModule find = [&](const std::string& library) -> base::Result<MakeModule> {
    if (library == "1") return make_folding(module);
    return MakeModule([module](runtime::Setup& setup) -> std::unique_ptr<Module> {
      setup.not_available("no model for " + std::to_string(setup.budget().ns) + " ns");
      return std::make_unique<FoldingModule>(setup, module);
    });
  };
  const Graph graph = build_graph(spec, find, nullptr, problems);
  ASSERT_TRUE(problems.empty()) << problems[0].text();
  EXPECT_TRUE(graph.modules[0].is_left_out);
  EXPECT_EQ(graph.modules[0].left_out_reason, "no model for 5000000 ns");
  EXPECT_EQ(graph.modules[1].left_out_reason, "/out stays silent: module first is left out");
}

TEST(Graph, OneOfSeveralInputsIsEnough) {
  TestGraph test{.source_topics = {"/b"}};
  const auto one_of = [](const char* topic) { return TestInput{.topics = {topic}, .need = Need::kOneOf}; };
  test.modules = {{.inputs = {one_of("/a"), one_of("/b")}}, {.inputs = {one_of("/a"), one_of("/c")}}};
  const Built built = build(test);
  EXPECT_FALSE(built.graph.modules[0].is_left_out);
  EXPECT_TRUE(built.graph.modules[1].is_left_out);
}

TEST(Graph, AChannelOfAnotherTypeIsRefused) {
  TestGraph test{.modules = {{.inputs = {{.topics = {"/s"}}}}}};
  PipelineSpec spec;
  std::vector<base::ConfigProblem> problems;
  spec = read(kPipeline, problems);
  const FindModule find = [&](const std::string&) -> base::Result<MakeModule> { return make_folding(test.modules[0]); };
  const std::vector<SourceChannel> sources = {{"/s", "sensor_msgs/msg/Imu"}};
  build_graph(spec, find, &sources, problems);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_EQ(problems[0].text(),
            "small.yaml:6: /s carries sensor_msgs/msg/Imu, this input takes hangil_msgs/msg/Number");
}

TEST(Graph, TwoWritersOfOneChannelAreRefused) {
  std::vector<base::ConfigProblem> problems;
  const std::string second = R"(  - name: second
    library: "0"
    inputs: {in0: /s}
    outputs: {out: /out}
    on: in0
    budget_ms: 5
)";
  const PipelineSpec spec = read(std::string(kPipeline) + second, problems);
  const TestModule module{.inputs = {{.topics = {"/s"}}}};
  const FindModule find = [&](const std::string&) -> base::Result<MakeModule> { return make_folding(module); };
  build_graph(spec, find, nullptr, problems);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_NE(problems[0].text().find("small.yaml:13: /out is already written by module 'first'"), std::string::npos)
      << problems[0].text();
}

TEST(Graph, UnknownPortsAndMissingLibrariesAreNamed) {
  std::vector<base::ConfigProblem> problems;
  const PipelineSpec spec = read(
      "pipeline: p\nmodules:\n  - {name: a, library: \"0\", inputs: {in9: /s}, on: in0, budget_ms: 1}\n"
      "  - {name: b, library: gone, on: in0, budget_ms: 1}\n",
      problems);
  const TestModule module{.inputs = {{.topics = {"/s"}}}};
  const FindModule find = [&](const std::string& library) -> base::Result<MakeModule> {
    if (library == "gone") return base::Error{"libhangil_gone.so: no such module library"};
    return make_folding(module);
  };
  build_graph(spec, find, nullptr, problems);
  std::string all;
  for (const auto& problem : problems) all += problem.text() + "\n";
  EXPECT_NE(all.find("module 'a' has no input 'in9'; it has in0"), std::string::npos) << all;
  EXPECT_NE(all.find("module 'a' needs its input 'in0' connected"), std::string::npos) << all;
  EXPECT_NE(all.find("small.yaml:4: module 'b': libhangil_gone.so: no such module library"), std::string::npos) << all;
}

}  // namespace
}  // namespace hangil::runtime
