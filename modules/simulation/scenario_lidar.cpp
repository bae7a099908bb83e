// SPDX-License-Identifier: Apache-2.0
#include "simulation/scenario_lidar.hpp"

#include <cmath>

#include "simulation/scenario_reading.hpp"
#include "simulation/truth_bodies.hpp"

namespace hangil::simulation {

namespace {

constexpr double kDriftM = 64;  // so far ego goes before the ground around it is made anew

}  // namespace

void ScenarioLidarConfig::visit(base::ConfigVisitor& visitor) {
  visitor.field("scenario_file", scenario_file, "OpenSCENARIO file (.xosc) whose road is driven on");
  visitor.field("parameters", parameters, "values instead of the declared ones: NAME=VALUE;NAME=VALUE");
  visitor.field("maps", maps, "folder of NAME.xodr files for scenarios that name a map");
  visitor.field("ring_count", ring_count, {2, 128}, "", "beams, from +2 to -24.3 degrees");
  visitor.field("column_count", column_count, {16, 4096}, "", "pulses of a beam a turn");
  visitor.field("ahead_m", ahead_m, {-10, 10}, "m", "sensor ahead of the rear axle");
  visitor.field("height_m", height_m, {0.1, 5}, "m", "sensor above ground");
  visitor.field("max_range_m", max_range_m, {1, 250}, "m", "farthest echo");
  visitor.field("range_noise_m", range_noise_m, {0, 1}, "m", "standard deviation of a range");
  visitor.field("lost_ratio", lost_ratio, {0, 1}, "", "share of pulses lost for no reason");
}

LidarSpec ScenarioLidarConfig::spec() const {
  LidarSpec spec;
  spec.ring_count = ring_count, spec.column_count = column_count;
  spec.most_range_m = max_range_m;
  spec.range_sigma_m = range_noise_m, spec.lost_ratio = lost_ratio;
  spec.T_ego_lidar = Eigen::Isometry3d(Eigen::Translation3d(ahead_m, 0, height_m));
  return spec;
}

ScenarioLidar::ScenarioLidar(const ScenarioLidarConfig& config, std::shared_ptr<const map::Map> map)
    : spec_(config.spec()), map_(std::move(map)) {}

base::Result<ScenarioLidar> ScenarioLidar::load(const ScenarioLidarConfig& config) {
  auto staged = read_staged(config.scenario_file, config.parameters, config.maps);
  if (!staged) return staged.error();
  return ScenarioLidar(config, std::move(staged->map));
}

const GroundRaster& ScenarioLidar::ground_around(const math::PoseSample& ego) {
  const double away_m = std::max(std::abs(ego.x_m - ground_middle_.x_m), std::abs(ego.y_m - ground_middle_.y_m));
  if (ground_ && away_m <= kDriftM) return *ground_;
  // On a grid, so that the same place has the same ground whichever way ego came.
  ground_middle_ = {std::round(ego.x_m / kDriftM) * kDriftM, std::round(ego.y_m / kDriftM) * kDriftM};
  const double half_m = spec_.most_range_m + kDriftM;
  ground_ = map_ == nullptr ? level_ground(ground_middle_, ego.z_m, half_m)
                            : road_ground(*map_, ground_middle_, ego.z_m, half_m);
  return *ground_;
}

messages::PointCloud2 ScenarioLidar::scan(messages::TruthObjects& truth, const math::PoseSample& ego,
                                          std::uint64_t seed) {
  const TruthBodies bodies(truth, ego);
  const std::vector<Echo> echoes = simulation::scan(ground_around(ego), bodies.placed(), ego, spec_, seed);
  const std::vector<std::uint32_t> counts = echo_counts(echoes, truth.objects.size());
  for (std::size_t i = 0; i < truth.objects.size(); ++i) truth.objects[i].point_count = counts[i];
  return point_cloud(echoes, truth.header.stamp);
}

}  // namespace hangil::simulation
