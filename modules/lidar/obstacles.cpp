// SPDX-License-Identifier: Apache-2.0
#include "lidar/obstacles.hpp"

#include "lidar/gather.hpp"

namespace hangil::lidar {

namespace {

struct Selection {
  std::size_t kept = 0, too_high = 0;
};

// Not a number is neither kept nor too high.
Selection select(std::size_t count, const float* height_m, float least_m, float most_m, std::uint32_t* kept) {
  Selection selection;
  for (std::size_t i = 0; i < count; ++i) {
    const bool is_above = height_m[i] >= least_m, is_high = height_m[i] > most_m;
    kept[selection.kept] = static_cast<std::uint32_t>(i);
    selection.kept += is_above & !is_high ? 1 : 0;
    selection.too_high += is_high ? 1 : 0;
  }
  return selection;
}

void take(const std::vector<float>& values, std::size_t count, ObstacleState& state, std::vector<float>& out) {
  gather(values.data(), state.kept.data(), count, state.gathered.data());
  out.assign(state.gathered.begin(), state.gathered.begin() + static_cast<std::ptrdiff_t>(count));
}

}  // namespace

base::Result<messages::ObstaclePoints> find_obstacles(const messages::PointCloud2& cloud,
                                                      const SensorPose& T_ego_sensor, const ObstacleConfig& config,
                                                      ObstacleState& state) {
  const auto view = view_points(cloud);
  if (!view) return view.error();
  read_points(*view, state.points);
  const std::size_t count = state.points.count;
  grow(state.places, count);
  grow(state.height_m, count);
  grow(state.kept, count + 1);
  grow(state.gathered, count);
  const CropCounts counts = place_points(T_ego_sensor, config.crop, state.points, state.places.data());
  estimate_ground(state.points, state.places.data(), config.ground, state.ground);
  measure_heights(state.points, state.places.data(), state.ground, state.height_m.data());
  const Selection selection = select(count, state.height_m.data(), static_cast<float>(config.ground.tolerance_m),
                                     static_cast<float>(config.height_max_m), state.kept.data());
  messages::ObstaclePoints obstacles{.header = {cloud.header.stamp, "ego"}};
  obstacles.sensor_x_m = T_ego_sensor.translation_m[0];
  obstacles.sensor_y_m = T_ego_sensor.translation_m[1];
  obstacles.sensor_z_m = T_ego_sensor.translation_m[2];
  take(state.points.x_m, selection.kept, state, obstacles.x_m);
  take(state.points.y_m, selection.kept, state, obstacles.y_m);
  take(state.points.z_m, selection.kept, state, obstacles.z_m);
  take(state.points.intensity, selection.kept, state, obstacles.intensity);
  take(state.height_m, selection.kept, state, obstacles.height_m);
  obstacles.input_count = static_cast<std::uint32_t>(count);
  obstacles.invalid_count = static_cast<std::uint32_t>(counts.invalid);
  obstacles.cropped_count = static_cast<std::uint32_t>(counts.cropped + selection.too_high);
  obstacles.ground_count =
      static_cast<std::uint32_t>(count - counts.invalid - counts.cropped - selection.too_high - selection.kept);
  return obstacles;
}

}  // namespace hangil::lidar
