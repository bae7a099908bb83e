// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include <benchmark/benchmark.h>

#include "drives.hpp"
#include "map/lane_finder.hpp"
#include "map/locate.hpp"
#include "map/open_drive.hpp"
#include "map/road_lanes.hpp"
#include "map/road_pose.hpp"

namespace hangil::map {
namespace {

std::string town_path() { return tests::shared_dir() + "/suites/carla_maps/Town04.xodr"; }

bool has_town(benchmark::State& state) {
  if (std::filesystem::exists(town_path())) return true;
  state.SkipWithError("needs maps that are not part of the repository");
  return false;
}

const Map& town() {
  static const Map map = *read_open_drive(town_path());
  return map;
}

struct Point {
  math::Point2 at;
  double heading_rad = 0;
};

// On lanes all over the map.
std::vector<Point> points_on_lanes(const Map& map, std::size_t count) {
  std::mt19937_64 random(5);
  std::uniform_real_distribution<double> share(0, 1);
  std::vector<double> ends;
  for (const Road& road : map.roads()) ends.push_back((ends.empty() ? 0 : ends.back()) + road.length_m);
  std::vector<Point> points;
  while (points.size() < count) {
    const auto index = std::upper_bound(ends.begin(), ends.end() - 1, share(random) * ends.back()) - ends.begin();
    const Road& road = map.road(static_cast<int>(index));
    const double s = share(random) * road.length_m;
    const LaneSection& section = section_at(road, s);
    const auto place = static_cast<int>(share(random) * static_cast<double>(section.lanes.size()));
    const Lane& lane = section.lanes[static_cast<std::size_t>(place)];
    if (!is_drivable(lane.type)) continue;
    const RoadPose pose = road_pose(road, s, lane_edges(road, section, place, s).centre_t_m());
    points.push_back({{pose.x_m, pose.y_m}, pose.heading_rad});
  }
  return points;
}

void MapLoadTown04(benchmark::State& state) {
  if (!has_town(state)) return;
  for (auto _ : state) benchmark::DoNotOptimize(read_open_drive(town_path()));
}
BENCHMARK(MapLoadTown04)->Unit(benchmark::kMillisecond);

void MapLocate(benchmark::State& state) {
  if (!has_town(state)) return;
  const std::vector<Point> points = points_on_lanes(town(), 20'000);
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(locate(town(), points[++i % points.size()].at));
  state.counters["queries_per_s"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}
BENCHMARK(MapLocate);

// A vehicle at 20 m/s, every 10 ms.
void MapRelocate(benchmark::State& state) {
  if (!has_town(state)) return;
  std::vector<Point> points;
  for (const Road& road : town().roads()) {
    for (double s = 0; s < road.length_m && road.length_m > 100; s += 0.2) {
      const RoadPose pose = road_pose(road, s, 0.5);
      points.push_back({{pose.x_m, pose.y_m}, 0});
    }
  }
  std::size_t i = 0;
  Located at = *locate(town(), points[0].at);
  for (auto _ : state) at = *relocate(town(), at, points[++i % points.size()].at);
  benchmark::DoNotOptimize(at);
  state.counters["queries_per_s"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}
BENCHMARK(MapRelocate);

void MapNearestLane(benchmark::State& state) {
  if (!has_town(state)) return;
  const LaneGraph graph = lane_graph(town());
  const LaneFinder finder(graph);
  const std::vector<Point> points = points_on_lanes(town(), 20'000);
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(finder.nearest(points[++i % points.size()].at));
  state.counters["queries_per_s"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}
BENCHMARK(MapNearestLane);

}  // namespace
}  // namespace hangil::map
