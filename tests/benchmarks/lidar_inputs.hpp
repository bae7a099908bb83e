// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <ctime>
#include <vector>

#include <benchmark/benchmark.h>

#include "lidar/obstacles.hpp"

// Whole scans as each step of the LiDAR room takes them, and how a step over them is timed.
namespace hangil::lidar {

struct BenchmarkScan {
  messages::PointCloud2 cloud;
  Points points;                       // the same, read
  messages::ObstaclePoints obstacles;  // what of them is not ground
};

// Eight scans spread over sequence 0000 where the drives are unpacked (drives.hpp), else one made scan of that size.
const std::vector<BenchmarkScan>& benchmark_scans();

inline double thread_cpu_s() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

// Runs `step` on one input after another, around and around; returns the median of the CPU time of one, in seconds,
// which is also the counter `median_ms`.
template <class Input, class Step>
double time_steps(benchmark::State& state, const std::vector<Input>& inputs, const Step& step) {
  std::vector<double> times_s;
  std::size_t next = 0;
  for (auto _ : state) {
    const double begin_s = thread_cpu_s();
    step(inputs[next++ % inputs.size()]);
    times_s.push_back(thread_cpu_s() - begin_s);
  }
  const auto median = times_s.begin() + static_cast<std::ptrdiff_t>(times_s.size() / 2);
  std::nth_element(times_s.begin(), median, times_s.end());
  state.counters["median_ms"] = 1e3 * *median;
  return *median;
}

}  // namespace hangil::lidar
