// SPDX-License-Identifier: Apache-2.0
// Ground, boxes and voxels of whole scans on one core, medians of CPU time. With PCL, its figures for the same points
// follow, with `ratio`: PCL's median over ours in this run.
#include "benchmarks/lidar_inputs.hpp"
#include "lidar/detect_objects.hpp"
#include "lidar/made_pillars.hpp"
#include "lidar/made_scan.hpp"
#include "lidar/voxel_grid.hpp"
#ifdef HANGIL_HAS_PCL
#include "benchmarks/lidar_pcl_peer.hpp"
#endif

namespace hangil::lidar {
namespace {

using benchmark::State;

[[maybe_unused]] double ground_s = 0, objects_s = 0, thinned_objects_s = 0,
                        voxels_s = 0;  // medians of the last run of each

void ground(State& state) {
  ObstacleState memory;
  ground_s = time_steps(state, benchmark_scans(), [&memory](const BenchmarkScan& scan) {
    benchmark::DoNotOptimize(find_obstacles(scan.cloud, tests::made_sensor_pose(), {}, memory));
  });
}
BENCHMARK(ground)->Name("LidarGround")->Unit(benchmark::kMillisecond);

void objects(State& state) {
  ObjectState memory;
  objects_s = time_steps(state, benchmark_scans(), [&memory](const BenchmarkScan& scan) {
    benchmark::DoNotOptimize(detect_objects(scan.obstacles, {}, memory));
  });
}
BENCHMARK(objects)->Name("LidarObjects")->Unit(benchmark::kMillisecond);

void voxels(State& state) {
  VoxelState memory;
  Points thinned;
  voxels_s = time_steps(state, benchmark_scans(), [&memory, &thinned](const BenchmarkScan& scan) {
    benchmark::DoNotOptimize(thin_to_voxels(scan.points, 0.25, memory, thinned));
  });
}
BENCHMARK(voxels)->Name("LidarVoxels")->Unit(benchmark::kMillisecond);

// A grid over the whole scan, and the ten inputs of a point to 64 channels of its pillar.
void pillars(State& state) {
  const PillarGrid grid{.x_least_m = -69.12f, .y_least_m = -69.12f, .column_count = 864, .row_count = 864};
  const PillarNetwork network = tests::random_network(1);
  Pillars memory;
  std::vector<float> features;
  time_steps(state, benchmark_scans(), [&](const BenchmarkScan& scan) {
    sort_into_pillars(scan.points, grid, memory);
    compute_pillar_features(memory, grid, network, features);
    benchmark::DoNotOptimize(features.data());
  });
  state.counters["points"] = static_cast<double>(memory.point_count());
  state.counters["pillars"] = static_cast<double>(memory.count);
}
BENCHMARK(pillars)->Name("LidarPillars")->Unit(benchmark::kMillisecond);

#ifdef HANGIL_HAS_PCL

using Clouds = std::vector<std::shared_ptr<peers::PclCloud>>;

Clouds whole_clouds() {
  Clouds clouds;
  for (const auto& [cloud, p, obstacles] : benchmark_scans()) {
    clouds.push_back(peers::pcl_cloud(p.x_m.data(), p.y_m.data(), p.z_m.data(), p.count));
  }
  return clouds;
}

// What is not ground, thinned to 0.2 m.
Clouds thin_clouds() {
  Clouds clouds;
  for (const BenchmarkScan& scan : benchmark_scans()) {
    const messages::ObstaclePoints& o = scan.obstacles;
    const auto whole = peers::pcl_cloud(o.x_m.data(), o.y_m.data(), o.z_m.data(), o.x_m.size());
    clouds.push_back(peers::pcl_voxels(*whole, 0.2f));
  }
  return clouds;
}

void compare(State& state, double peer_s, double ours_s, const char* name = "ratio") {
  if (ours_s > 0) state.counters[name] = peer_s / ours_s;
}

void pcl_ground(State& state) {
  const double peer_s = time_steps(
      state, whole_clouds(), [](const auto& cloud) { benchmark::DoNotOptimize(peers::pcl_ground_plane(*cloud)); });
  compare(state, peer_s, ground_s);
}
BENCHMARK(pcl_ground)->Name("LidarGroundPcl")->Unit(benchmark::kMillisecond);

// Our boxes from the thinned points that PCL gets; thinning is not counted on either side.
void thinned_objects(State& state) {
  std::vector<messages::ObstaclePoints> inputs;
  for (const auto& cloud : thin_clouds()) {
    messages::ObstaclePoints points = benchmark_scans()[inputs.size()].obstacles;
    const std::size_t count = peers::point_count(*cloud);
    points.x_m.resize(count), points.y_m.resize(count), points.z_m.resize(count);
    peers::copy_points(*cloud, points.x_m.data(), points.y_m.data(), points.z_m.data());
    points.height_m = points.z_m;
    inputs.push_back(std::move(points));
  }
  ObjectState memory;
  thinned_objects_s = time_steps(state, inputs, [&memory](const messages::ObstaclePoints& points) {
    benchmark::DoNotOptimize(detect_objects(points, {}, memory));
  });
}
BENCHMARK(thinned_objects)->Name("LidarObjectsOfThinnedPoints")->Unit(benchmark::kMillisecond);

// Clusters only, no boxes. `ratio`: to our boxes from all points; `ratio_same_points`: from the thinned ones.
void pcl_objects(State& state) {
  const double peer_s = time_steps(
      state, thin_clouds(), [](const auto& cloud) { benchmark::DoNotOptimize(peers::pcl_clusters(*cloud, 0.5)); });
  compare(state, peer_s, objects_s);
  compare(state, peer_s, thinned_objects_s, "ratio_same_points");
}
BENCHMARK(pcl_objects)->Name("LidarObjectsPcl")->Unit(benchmark::kMillisecond);

void pcl_voxels(State& state) {
  const double peer_s = time_steps(
      state, whole_clouds(), [](const auto& cloud) { benchmark::DoNotOptimize(peers::pcl_voxels(*cloud, 0.25f)); });
  compare(state, peer_s, voxels_s);
}
BENCHMARK(pcl_voxels)->Name("LidarVoxelsPcl")->Unit(benchmark::kMillisecond);

#endif

}  // namespace
}  // namespace hangil::lidar
