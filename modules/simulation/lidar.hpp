// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "math/pose_sample.hpp"
#include "messages/point_cloud2.hpp"
#include "messages/tf_message.hpp"
#include "simulation/ground_raster.hpp"
#include "simulation/sight.hpp"

namespace hangil::simulation {

// A spinning LiDAR. Elevations are those of a common 64-beam sensor: 32 beams from +2 deg in steps of 1/3 deg, then 32
// in steps of 1/2 deg, the lowest at -24.33 deg; ring 0 is the highest.
struct LidarSpec {
  int ring_count = 64, column_count = 1024;
  base::Duration period{100'000'000};
  double least_range_m = 0.9, most_range_m = 120;
  double range_sigma_m = 0.02;     // standard deviation of a range
  double intensity_sigma = 0.015;  // of an intensity
  double lost_ratio = 0.005;       // share of pulses lost for no reason
  // A target of reflectance r hit at incidence angle a and range d comes back half of the times where
  // r cos(a) / d^2 equals this: asphalt at 60 m from 1.73 m above it.
  double half_signal = 1.36e-6;
  bool is_motion_compensated = true;
  Eigen::Isometry3d T_ego_lidar = Eigen::Isometry3d(Eigen::Translation3d(0.81, 0, 1.73));
};

double elevation_rad(const LidarSpec& spec, int ring);

// One echo. With motion compensation the position is the one seen from the sensor's pose at the stamp, else from its
// pose at the moment of the echo.
struct Echo {
  float x_m = 0, y_m = 0, z_m = 0;  // in lidar_top, rounded to 1/512 m
  float intensity = 0;              // 0 to 1 in steps of 1/256
  float time_s = 0;                 // since the stamp, negative before
  std::uint16_t ring = 0;
  std::int16_t actor = -1;  // as Placed::actor; -1: ground or fixture
};

// One turn around the snapshot's moment: it begins behind the car half a period earlier, turns counter-clockwise and
// looks straight ahead at the stamp. Echoes in order of time, then ring. The same seed and snapshot give the same
// echoes, whatever was scanned before.
std::vector<Echo> scan(const World& world, const Snapshot& snapshot, const LidarSpec& spec, std::uint64_t seed);
// The same with everything in its place: `ego` and `bodies` in map, at one moment. Bodies keep their velocity.
std::vector<Echo> scan(const GroundRaster& ground, std::vector<Placed> bodies, const math::PoseSample& ego,
                       const LidarSpec& spec, std::uint64_t seed);

// As a sensor_msgs/PointCloud2 in lidar_top: x y z intensity time float32, ring uint16; 22 bytes a point.
messages::PointCloud2 point_cloud(const std::vector<Echo>& echoes, base::Time stamp);

// T_ego_lidar as a static transform.
messages::TFMessage static_transforms(const LidarSpec& spec, base::Time stamp);

// Echoes of each actor.
std::vector<std::uint32_t> echo_counts(const std::vector<Echo>& echoes, std::size_t actor_count);

}  // namespace hangil::simulation
