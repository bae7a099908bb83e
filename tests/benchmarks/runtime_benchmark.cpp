// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <atomic>
#include <thread>

#include <benchmark/benchmark.h>

#include "messages/point_cloud2.hpp"
#include "runtime/instance.hpp"
#include "runtime/live.hpp"
#include "runtime/number.hpp"
#include "runtime/replay.hpp"

namespace hangil::runtime {
namespace {

constexpr std::int64_t kMs = 1'000'000;

// Reads its inputs' places and publishes a number, as the least a module can do.
template <int InputCount>
class RelayModule : public Module {
 public:
  explicit RelayModule(Setup& setup) : out_(setup.output<Number>("out")) {
    for (int i = 0; i < InputCount; ++i) in_.push_back(setup.latest<Number>("in" + std::to_string(i)));
  }
  void step(Activation& activation) override {
    activation.publish(out_, activation.now(), Number{activation.ordinal()});
  }

 private:
  std::vector<Latest<Number>> in_;
  Output<Number> out_;
};

class EmptyModule : public Module {
 public:
  explicit EmptyModule(Setup&) {}
  void step(Activation&) override {}
};

// Publishes a cloud of so many points every tick.
class CloudModule : public Module {
 public:
  CloudModule(Setup& setup, std::size_t byte_count) : out_(setup.output<messages::PointCloud2>("out")) {
    cloud_.data.resize(byte_count);
  }
  void step(Activation& activation) override { activation.publish(out_, activation.now(), cloud_); }

 private:
  messages::PointCloud2 cloud_;
  Output<messages::PointCloud2> out_;
};

// Looks at a cloud and then is busy for so long.
class CloudReader : public Module {
 public:
  CloudReader(Setup& setup, std::int64_t busy_ns)
      : in_(setup.latest<messages::PointCloud2>("in0")), busy_ns_(busy_ns) {}
  void step(Activation& activation) override {
    const std::int64_t until_ns = host_now_ns() + busy_ns_;
    benchmark::DoNotOptimize(activation.get(in_)->data.data());
    while (host_now_ns() < until_ns) {
    }
  }

 private:
  Latest<messages::PointCloud2> in_;
  std::int64_t busy_ns_;
};

template <class T, class... Arguments>
MakeModule maker(Arguments... arguments) {
  return [=](Setup& setup) { return std::make_unique<T>(setup, arguments...); };
}

// A graph written module by module; topics are "/<module>".
class GraphWriter {
 public:
  void add(const std::string& name, MakeModule make, const std::vector<std::string>& inputs, std::int64_t budget_ns,
           std::int64_t period_ns = 0) {
    ModuleSpec& module = spec_.modules.emplace_back();
    module.name = module.library = name;
    module.budget = {budget_ns};
    if (period_ns > 0) module.every = base::Duration{period_ns};
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const std::string port = "in" + std::to_string(i);
      module.inputs.push_back({port, {"/" + inputs[i]}, {}});
      module.on.push_back(port);
    }
    module.outputs = {{"out", {"/" + name}, {}}};
    makers_[name] = std::move(make);
  }
  void without_output() { spec_.modules.back().outputs.clear(); }

  Graph graph() const {
    std::vector<base::ConfigProblem> problems;
    const std::vector<SourceChannel> none;
    return build_graph(
        spec_, [this](const std::string& name) { return base::Result<MakeModule>(makers_.at(name)); }, &none, problems);
  }

 private:
  PipelineSpec spec_{.name = "benchmark"};
  std::map<std::string, MakeModule> makers_;
};

base::Result<std::optional<SourceMessage>> no_source() { return std::optional<SourceMessage>(); }

// Replays `activations_a_frame` activations every millisecond of virtual time and reports the CPU time of one.
void replay_ticks(benchmark::State& state, const Graph& graph, int workers, double activations_a_frame) {
  constexpr int kFrames = 10'000;
  std::uint64_t records = 0;
  RunSinks sinks;
  sinks.on_activation = [&](const ActivationRecord&) { ++records; };
  for (auto _ : state) {
    const auto summary = replay(graph, no_source, {.worker_count = workers, .end = {(kFrames - 1) * kMs}}, sinks);
    if (!summary) state.SkipWithError(summary.error().message.c_str());
  }
  const auto runs = static_cast<double>(state.iterations());
  state.counters["activations"] = static_cast<double>(records) / runs;
  state.counters["s_per_activation"] = benchmark::Counter(runs * kFrames * activations_a_frame,
                                                          benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  state.counters["s_per_frame"] =
      benchmark::Counter(runs * kFrames, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void BM_EmptyActivation(benchmark::State& state) {
  GraphWriter writer;
  writer.add("empty", maker<EmptyModule>(), {}, 0, kMs);
  writer.without_output();
  replay_ticks(state, writer.graph(), 1, 1);
}
BENCHMARK(BM_EmptyActivation)->Unit(benchmark::kMillisecond);

// One module feeds six, which feed one: a frame of eight activations and eight messages, records on.
void BM_FanOutFanIn(benchmark::State& state) {
  GraphWriter writer;
  writer.add("first", maker<RelayModule<0>>(), {}, 100'000, kMs);
  std::vector<std::string> middle;
  for (int i = 0; i < 6; ++i) {
    middle.push_back("middle" + std::to_string(i));
    writer.add(middle.back(), maker<RelayModule<1>>(), {"first"}, 100'000);
  }
  writer.add("last", maker<RelayModule<6>>(), middle, 100'000);
  replay_ticks(state, writer.graph(), static_cast<int>(state.range(0)), 8);
}
BENCHMARK(BM_FanOutFanIn)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

// A 2 MB cloud to four readers: it is made and digested once, readers share it.
void BM_CloudToReaders(benchmark::State& state) {
  GraphWriter writer;
  writer.add("cloud", maker<CloudModule>(std::size_t{2'000'000}), {}, 100'000, kMs);
  for (int i = 0; i < state.range(0); ++i) {
    writer.add("reader" + std::to_string(i), maker<CloudReader>(std::int64_t{0}), {"cloud"}, 100'000);
    writer.without_output();
  }
  const Graph graph = writer.graph();
  constexpr int kFrames = 200;
  for (auto _ : state) {
    const auto summary = replay(graph, no_source, {.end = {(kFrames - 1) * kMs}}, {});
    if (!summary) state.SkipWithError(summary.error().message.c_str());
  }
  state.counters["s_per_frame"] = benchmark::Counter(static_cast<double>(state.iterations()) * kFrames,
                                                     benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(BM_CloudToReaders)->Arg(1)->Arg(4)->Unit(benchmark::kMillisecond);

// Live, two workers: from the publication of a message of this many bytes to the start of its reader, in us. With one
// reader, whichever thread takes it; with two that are busy for a while, the one that the writer's thread leaves to the
// other. Wall time: it is a latency.
void BM_HandOver(benchmark::State& state) {
  const int reader_count = static_cast<int>(state.range(1));
  GraphWriter writer;
  writer.add("cloud", maker<CloudModule>(static_cast<std::size_t>(state.range(0))), {}, 5 * kMs, 5 * kMs);
  for (int i = 0; i < reader_count; ++i) {
    const std::int64_t busy_ns = reader_count > 1 ? 300'000 : 0;
    writer.add("reader" + std::to_string(i), maker<CloudReader>(busy_ns), {"cloud"}, 5 * kMs);
    writer.without_output();
  }
  const Graph graph = writer.graph();
  std::vector<double> delays_us;
  for (auto _ : state) {
    std::atomic<bool> stop = false;
    int writing_worker = -1;
    LiveSinks sinks;
    sinks.run.on_activation = [&](const ActivationRecord& record) {
      if (record.module == 0) writing_worker = record.worker;
      if (record.module == 0 || (reader_count > 1 && record.worker == writing_worker)) return;
      delays_us.push_back(static_cast<double>(record.host_start_ns - record.host_input_ns) / 1000);
      if (delays_us.size() % 1000 == 0) stop = true;
    };
    const Source wait = [&]() -> base::Result<std::optional<SourceMessage>> {
      while (!stop) std::this_thread::sleep_for(std::chrono::milliseconds(5));
      return std::optional<SourceMessage>();
    };
    (void)run_live(graph, wait, {.worker_count = 2, .drain = {20 * kMs}, .should_stop = &stop}, sinks);
  }
  std::sort(delays_us.begin(), delays_us.end());
  if (delays_us.empty()) return state.SkipWithError("nothing was handed over");
  state.counters["p50_us"] = delays_us[delays_us.size() / 2];
  state.counters["p99_us"] = delays_us[delays_us.size() * 99 / 100];
  state.counters["worst_us"] = delays_us.back();
}
BENCHMARK(BM_HandOver)
    ->ArgsProduct({{8, 2'000'000}, {1, 2}})
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

// How much two threads get done beside one on this machine: no speed-up can be more.
void BM_TwoThreadCalibration(benchmark::State& state) {
  const auto work = [] {
    double sum = 0;
    for (int i = 1; i < 20'000'000; ++i) sum += 1.0 / i;
    benchmark::DoNotOptimize(sum);
  };
  for (auto _ : state) {
    std::vector<std::thread> threads;
    for (int i = 0; i < state.range(0); ++i) threads.emplace_back(work);
    for (std::thread& thread : threads) thread.join();
  }
  state.counters["loops_per_s"] =
      benchmark::Counter(static_cast<double>(state.iterations() * state.range(0)), benchmark::Counter::kIsRate);
}
BENCHMARK(BM_TwoThreadCalibration)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace hangil::runtime
