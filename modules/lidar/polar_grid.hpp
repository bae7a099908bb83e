// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

#include "lidar/points.hpp"
#include "lidar/sensor_pose.hpp"

// A polar grid about the sensor whose cells grow with range as the rings of a spinning LiDAR do on the ground: sectors
// of equal angle, and rings of 8 an octave of squared range, which is what the upper bits of a float count (linear
// within an octave). Ring k of 8 begins at 2 m * 2^(k/16): 0.13 m deep at 2 m, 0.6 to 1.2 m at 20 m.
namespace hangil::lidar {

inline constexpr int kSectorCount = 512;
inline constexpr int kRingCount = 92;  // to about 105 m
inline constexpr int kPolarCellCount = kSectorCount * kRingCount;
inline constexpr float kInnerRange_m = 2.0f;  // everything nearer is in ring 0
inline constexpr int kRingBits = 20, kPartBits = 12;

// A point's place: cell << 12 | how far through the ring it lies, in 1/4096. Cell = ring * kSectorCount + sector.
using PolarPlace = std::uint32_t;
inline constexpr PolarPlace kNoPlace = static_cast<PolarPlace>(kPolarCellCount) << kPartBits;  // cropped

// Squared range in units of 2^-20 rings; 0 below kInnerRange_m.
inline std::int32_t ring_coordinate(float squared_range_m2) {
  const std::int32_t origin = std::bit_cast<std::int32_t>(kInnerRange_m * kInnerRange_m);
  const std::int32_t coordinate = std::bit_cast<std::int32_t>(squared_range_m2) - origin;
  return coordinate < 0 ? 0 : coordinate;
}

// Range at which ring `ring` (may be fractional) begins.
inline float ring_begin_m(float ring) {
  const std::int32_t origin = std::bit_cast<std::int32_t>(kInnerRange_m * kInnerRange_m);
  return std::sqrt(std::bit_cast<float>(origin + static_cast<std::int32_t>(ring * (1 << kRingBits))));
}

// What to leave out. The ego box is where the sensors see the vehicle itself, in the ego frame.
struct Crop {
  double range_max_m = 80;
  double ego_front_m = 3.2, ego_rear_m = 1.2, ego_half_width_m = 1.1;
};

struct CropCounts {
  std::size_t invalid = 0, cropped = 0;
};

// Moves sensor points into the ego frame, in place, and finds each one's place in the grid about the sensor; points
// that are not finite, out of range or part of the ego vehicle get kNoPlace. `places` holds points.count elements.
CropCounts place_points(const SensorPose& T_ego_sensor, const Crop& crop, Points& points, PolarPlace* places);

}  // namespace hangil::lidar
