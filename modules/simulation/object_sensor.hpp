// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/config.hpp"
#include "messages/objects.hpp"
#include "messages/truth_objects.hpp"

namespace hangil::simulation {

// What a perception stack makes of the truth, without running one: range, field of view, what hides behind what,
// noise, and frames in which an object is not found.
struct ObjectSensorConfig {
  double max_range_m = 120;
  double field_of_view_rad = 6.2832;    // symmetric about x
  double ahead_m = 0, height_m = 1.73;  // of the sensor in ego
  double least_visible_ratio = 0.3;     // of the object's width as seen
  double position_noise_m = 0.1;        // standard deviations
  double yaw_noise_rad = 0.02;
  double size_noise_m = 0.05;
  double dropout_ratio = 0.02;

  void visit(base::ConfigVisitor& visitor) {
    visitor.field("max_range_m", max_range_m, {1, 500}, "m", "to an object's middle");
    visitor.field("field_of_view_rad", field_of_view_rad, {0.1, 6.2832}, "rad", "symmetric about straight ahead");
    visitor.field("ahead_m", ahead_m, {-10, 10}, "m", "sensor ahead of the rear axle");
    visitor.field("height_m", height_m, {0.1, 5}, "m", "sensor above ground");
    visitor.field("least_visible_ratio", least_visible_ratio, {0.01, 1}, "", "of an object's width, to be found");
    visitor.field("position_noise_m", position_noise_m, {0, 5}, "m", "standard deviation along x and y");
    visitor.field("yaw_noise_rad", yaw_noise_rad, {0, 1}, "rad", "standard deviation");
    visitor.field("size_noise_m", size_noise_m, {0, 1}, "m", "standard deviation of length and width");
    visitor.field("dropout_ratio", dropout_ratio, {0, 1}, "", "frames in which a visible object is not found");
  }
};

// Shares of each object's width that the sensor sees past the others, by rays over its angle (2 % steps): a ray is
// stopped by a nearer box that rises above the line of sight to the object's top.
std::vector<double> visible_ratios(const messages::TruthObjects& truth, const ObjectSensorConfig& config);

// The objects found, in the order of the truth and in its frame (ego) and stamp. The same truth and seed give the same
// objects, whatever was sensed before.
messages::Objects sense(const messages::TruthObjects& truth, const ObjectSensorConfig& config, std::uint64_t seed);
// The same with the visible ratios known already.
messages::Objects sense(const messages::TruthObjects& truth, const std::vector<double>& ratios,
                        const ObjectSensorConfig& config, std::uint64_t seed);

// Enters into the truth how many points a LiDAR would have of each object, and its occlusion.
void tell_visibility(const std::vector<double>& ratios, const ObjectSensorConfig& config,
                     messages::TruthObjects& truth);

}  // namespace hangil::simulation
