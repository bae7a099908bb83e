// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/config.hpp"
#include "math/pose_sample.hpp"
#include "messages/truth_objects.hpp"
#include "simulation/lidar.hpp"
#include "simulation/road_ground.hpp"

namespace hangil::simulation {

struct ScenarioLidarConfig {
  std::string scenario_file, parameters, maps;  // as the scenario world's
  int ring_count = 64, column_count = 1024;
  double ahead_m = 0.81, height_m = 1.73;
  double max_range_m = 120;
  double range_noise_m = 0.02;
  double lost_ratio = 0.005;

  void visit(base::ConfigVisitor& visitor);
  LidarSpec spec() const;
};

// A LiDAR on ego in the world of a scenario: its road and the objects of a truth, by rays. The same truth, pose and
// seed give the same points, whatever was scanned before.
class ScenarioLidar {
 public:
  // Reads the scenario's road. Errors name file and line.
  static base::Result<ScenarioLidar> load(const ScenarioLidarConfig& config);

  // One turn around the moment of `truth`. Sets `point_count` of its objects.
  messages::PointCloud2 scan(messages::TruthObjects& truth, const math::PoseSample& ego, std::uint64_t seed);
  messages::TFMessage transforms(base::Time stamp) const { return static_transforms(spec_, stamp); }

 private:
  ScenarioLidar(const ScenarioLidarConfig& config, std::shared_ptr<const map::Map> map);
  const GroundRaster& ground_around(const math::PoseSample& ego);

  LidarSpec spec_;
  std::shared_ptr<const map::Map> map_;  // null without roads
  std::optional<GroundRaster> ground_;
  math::Point2 ground_middle_;
};

}  // namespace hangil::simulation
