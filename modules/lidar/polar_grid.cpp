// SPDX-License-Identifier: Apache-2.0
#include "lidar/polar_grid.hpp"

#include <algorithm>

#include "base/hot.hpp"
#include "lidar/direction.hpp"

namespace hangil::lidar {

namespace {

struct Kernel {
  float r[9], t[3];
  float squared_range_max_m2, ego_front_m, ego_rear_m, ego_half_width_m;
};

// One pass; written without branches so that it vectorises. 0 * x is 0 for finite x only.
HANGIL_HOT void place(const Kernel& kernel, std::size_t count, float* __restrict x, float* __restrict y,
                      float* __restrict z, PolarPlace* __restrict places) {
  const Kernel k = kernel;
  for (std::size_t i = 0; i < count; ++i) {
    const float px = x[i], py = y[i], pz = z[i];
    const float dx = k.r[0] * px + k.r[1] * py + k.r[2] * pz;
    const float dy = k.r[3] * px + k.r[4] * py + k.r[5] * pz;
    const float dz = k.r[6] * px + k.r[7] * py + k.r[8] * pz;
    const float squared_range = dx * dx + dy * dy;
    const float ex = dx + k.t[0], ey = dy + k.t[1], ez = dz + k.t[2];
    const bool in_ego = (ex < k.ego_front_m) & (ex > -k.ego_rear_m) & (std::abs(ey) < k.ego_half_width_m);
    const bool is_kept = (squared_range <= k.squared_range_max_m2) & (std::abs(dz) <= 1000.0f) & !in_ego;
    const std::int32_t coordinate = ring_coordinate(is_kept ? squared_range : 0.0f);
    const std::int32_t cell = (coordinate >> kRingBits) * kSectorCount +
                              direction_index<kSectorCount>(is_kept ? dx : 1.0f, is_kept ? dy : 0.0f);
    const std::int32_t part = (coordinate >> (kRingBits - kPartBits)) & ((1 << kPartBits) - 1);
    x[i] = ex;
    y[i] = ey;
    z[i] = ez;
    places[i] = is_kept ? static_cast<PolarPlace>((cell << kPartBits) | part) : kNoPlace;
  }
}

HANGIL_HOT std::uint32_t count_invalid(std::size_t count, const float* __restrict x, const float* __restrict y,
                                       const float* __restrict z) {
  std::uint32_t invalid = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const float zero = 0 * x[i] + 0 * y[i] + 0 * z[i];
    invalid += zero == 0 ? 0 : 1;
  }
  return invalid;
}

HANGIL_HOT std::uint32_t count_unplaced(std::size_t count, const PolarPlace* __restrict places) {
  std::uint32_t unplaced = 0;
  for (std::size_t i = 0; i < count; ++i) unplaced += places[i] == kNoPlace ? 1 : 0;
  return unplaced;
}

}  // namespace

CropCounts place_points(const SensorPose& T_ego_sensor, const Crop& crop, Points& points, PolarPlace* places) {
  Kernel kernel{};
  std::copy(T_ego_sensor.rotation.begin(), T_ego_sensor.rotation.end(), kernel.r);
  std::copy(T_ego_sensor.translation_m.begin(), T_ego_sensor.translation_m.end(), kernel.t);
  kernel.squared_range_max_m2 = static_cast<float>(crop.range_max_m * crop.range_max_m);
  kernel.ego_front_m = static_cast<float>(crop.ego_front_m);
  kernel.ego_rear_m = static_cast<float>(crop.ego_rear_m);
  kernel.ego_half_width_m = static_cast<float>(crop.ego_half_width_m);
  float *x = points.x_m.data(), *y = points.y_m.data(), *z = points.z_m.data();
  const std::size_t invalid = count_invalid(points.count, x, y, z);
  place(kernel, points.count, x, y, z, places);
  return {invalid, count_unplaced(points.count, places) - invalid};
}

}  // namespace hangil::lidar
