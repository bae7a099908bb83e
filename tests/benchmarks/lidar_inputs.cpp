// SPDX-License-Identifier: Apache-2.0
#include "benchmarks/lidar_inputs.hpp"

#include "drives.hpp"
#include "lidar/kitti_scans.hpp"
#include "lidar/made_scan.hpp"

namespace hangil::lidar {

namespace {

tests::MadeScene street() {
  tests::MadeScene scene;
  for (int k = -6; k < 7; ++k) {
    scene.boxes.push_back({{8.0 * k, 9, 0}, 4.2, 1.7, 1.5});
    scene.boxes.push_back({{8.0 * k + 3, -8, 0}, 4.6, 1.8, 1.9});
    scene.boxes.push_back({{8.0 * k + 1, 13, 0}, 7, 0.3, 5});
    scene.boxes.push_back({{8.0 * k + 5, -12, 0}, 0.5, 0.6, 1.7});
  }
  return scene;
}

BenchmarkScan prepare(messages::PointCloud2 cloud) {
  BenchmarkScan scan{std::move(cloud), {}, {}};
  if (const auto view = view_points(scan.cloud)) read_points(*view, scan.points);
  ObstacleState state;
  if (auto found = find_obstacles(scan.cloud, tests::made_sensor_pose(), {}, state)) scan.obstacles = *std::move(found);
  return scan;
}

std::vector<BenchmarkScan> read_scans() {
  const std::string folder = hangil::tests::drives_dir() + "/kitti_tracking/training/velodyne/0000/";
  std::vector<BenchmarkScan> scans;
  for (const char* name : {"000000", "000020", "000040", "000060", "000080", "000100", "000120", "000140"}) {
    const std::string path = folder + name + ".bin";
    if (std::filesystem::exists(path)) scans.push_back(prepare(tests::read_kitti_bin(path)));
  }
  if (scans.empty()) scans.push_back(prepare(tests::scan(street(), 1, 2048).cloud));
  return scans;
}

}  // namespace

const std::vector<BenchmarkScan>& benchmark_scans() {
  static const std::vector<BenchmarkScan> kScans = read_scans();
  return kScans;
}

}  // namespace hangil::lidar
