// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <thread>

#include <benchmark/benchmark.h>

#include "recording/background_writer.hpp"
#include "recording/file_size_limit.hpp"

// What a disk that runs full costs a drive: a thread that drives every millisecond and hands its messages over.
namespace hangil::recording {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kTickCount = 1500, kTicksPerScan = 100;

double ms(Clock::duration duration) { return std::chrono::duration<double, std::milli>(duration).count(); }

// The longest that a tick began late, and that handing its messages over took.
struct Worst {
  double late_ms = 0, hand_over_ms = 0;
};

class Driver {
 public:
  explicit Driver(BackgroundWriter& writer) : writer_(writer) {}

  Worst drive() {
    Worst worst;
    Clock::time_point due = Clock::now();
    for (int tick = 0; tick < kTickCount; ++tick, due += std::chrono::milliseconds(1)) {
      std::this_thread::sleep_until(due);
      const auto begin = Clock::now();
      time_.ns += 1'000'000;
      writer_.push({0, 0, time_, time_, small_});
      if (tick % kTicksPerScan == 0) writer_.push({1, 0, time_, time_, scan_});
      worst.late_ms = std::max(worst.late_ms, ms(begin - due));
      worst.hand_over_ms = std::max(worst.hand_over_ms, ms(Clock::now() - begin));
    }
    return worst;
  }

 private:
  BackgroundWriter& writer_;
  base::Time time_;
  std::shared_ptr<const base::Bytes> small_ = std::make_shared<const base::Bytes>(300, 1);
  std::shared_ptr<const base::Bytes> scan_ = std::make_shared<const base::Bytes>(2'000'000, 2);
};

void DiskFull(benchmark::State& state) {
  const std::string path = (std::filesystem::temp_directory_path() / "hangil_bench_full.mcap").string();
  Worst before, after;
  for (auto _ : state) {
    auto made = DriveWriter::create(path);
    if (!made) return state.SkipWithError(made.error().message.c_str());
    made->add_channel("/imu", "test_msgs/msg/Small", "");
    made->add_channel("/lidar/top/points", "test_msgs/msg/Scan", "");
    BackgroundWriter writer(*std::move(made), BackgroundOptions::of_live_drive());
    Driver driver(writer);
    before = driver.drive();
    const tests::FileSizeLimit full(std::filesystem::file_size(path));
    after = driver.drive();
    if (writer.close().ok()) state.SkipWithError("the disk was not full");
  }
  std::filesystem::remove(path);
  state.counters["late_before_ms"] = before.late_ms;
  state.counters["late_ms"] = after.late_ms;
  state.counters["hand_over_before_ms"] = before.hand_over_ms;
  state.counters["hand_over_ms"] = after.hand_over_ms;
}
BENCHMARK(DiskFull)->Name("recording/disk_full")->Iterations(1)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace hangil::recording
