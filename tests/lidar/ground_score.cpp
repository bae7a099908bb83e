// SPDX-License-Identifier: Apache-2.0
#include "lidar/ground_score.hpp"

#include "lidar/obstacles.hpp"

namespace hangil::lidar::tests {

GroundScore score_ground(const std::string& folder, const GroundFinder& find_ground) {
  constexpr int kScanCount = 21;
  GroundScore score;
  for (int k = 0; k < kScanCount; ++k) {
    const LabelledScan scan = read_labelled_scan(folder + "/" + std::to_string(k) + ".rim");
    const std::vector<bool> found = find_ground(scan.cloud);
    if (scan.classes.empty() || found.size() != scan.classes.size()) return {};
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (scan.classes[i] == 0) continue;
      const bool is_ground = is_ground_class(scan.classes[i]);
      score.right += is_ground && found[i];
      score.wrong += !is_ground && found[i];
      score.missed += is_ground && !found[i];
    }
  }
  return score;
}

std::vector<bool> found_ground(const messages::PointCloud2& cloud) {
  ObstacleConfig config;
  config.crop = {.range_max_m = 100, .ego_front_m = 0, .ego_rear_m = 0, .ego_half_width_m = 0};
  const SensorPose level{.translation_m = {0.81f, 0, 1.73f}};
  ObstacleState state;
  if (!find_obstacles(cloud, level, config, state)) return {};
  std::vector<bool> found(state.points.count);
  for (std::size_t i = 0; i < found.size(); ++i) {
    found[i] = state.places[i] != kNoPlace && state.height_m[i] < static_cast<float>(config.ground.tolerance_m);
  }
  return found;
}

}  // namespace hangil::lidar::tests
