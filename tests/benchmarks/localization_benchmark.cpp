// SPDX-License-Identifier: Apache-2.0
#include <benchmark/benchmark.h>

#include "localization/drive.hpp"
#include "localization/pose_estimator.hpp"

namespace hangil::localization {
namespace {

// One IMU reading, every tenth with a satellite fix.
void filter_step(benchmark::State& state) {
  const tests::Drive drive;
  std::vector<messages::Imu> imu;
  std::vector<messages::NavSatFix> fixes;
  for (int i = 0; i < 2000; ++i) imu.push_back(drive.imu(0.01 * i)), fixes.push_back(drive.fix(0.01 * i));
  PoseConfig config;
  config.source = "gnss_imu";
  PoseEstimator estimator(config);
  std::size_t next = 0;
  for (auto _ : state) {
    const messages::Imu* reading = &imu[next % 2000];
    const messages::NavSatFix* fix = &fixes[next % 2000];
    benchmark::DoNotOptimize(estimator.add({}, {&fix, next % 10 == 0 ? 1u : 0u}, {&reading, 1}));
    ++next;
  }
}
BENCHMARK(filter_step)->Name("LocalizationGnssImu")->Unit(benchmark::kMicrosecond);

void odometry_step(benchmark::State& state) {
  const tests::Drive drive;
  std::vector<messages::Odometry> odometry;
  for (int i = 0; i < 2000; ++i) odometry.push_back(drive.odometry(0.01 * i));
  PoseEstimator estimator({});
  std::size_t next = 0;
  for (auto _ : state) {
    const messages::Odometry* one = &odometry[next++ % 2000];
    benchmark::DoNotOptimize(estimator.add({&one, 1}, {}, {}));
  }
}
BENCHMARK(odometry_step)->Name("LocalizationOdometry")->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace hangil::localization
