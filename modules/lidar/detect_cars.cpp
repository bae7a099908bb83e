// SPDX-License-Identifier: Apache-2.0
#include "lidar/detect_cars.hpp"

#include <algorithm>
#include <cmath>

#include "lidar/point_view.hpp"

namespace hangil::lidar {

namespace {

// An upright box of the ego frame, ready for many points of the sensor's.
struct BoxProbe {
  float x_m, y_m, z_m, cosine, sine, half_length_m, half_width_m, half_height_m;

  explicit BoxProbe(const messages::Box3& box)
      : x_m(static_cast<float>(box.x_m)),
        y_m(static_cast<float>(box.y_m)),
        z_m(static_cast<float>(box.z_m)),
        cosine(static_cast<float>(std::cos(box.yaw_rad))),
        sine(static_cast<float>(std::sin(box.yaw_rad))),
        half_length_m(static_cast<float>(box.length_m / 2)),
        half_width_m(static_cast<float>(box.width_m / 2)),
        half_height_m(static_cast<float>(box.height_m / 2)) {}

  bool holds(float px_m, float py_m, float pz_m) const {
    const float dx = px_m - x_m, dy = py_m - y_m;
    return std::abs(cosine * dx + sine * dy) <= half_length_m && std::abs(cosine * dy - sine * dx) <= half_width_m &&
           std::abs(pz_m - z_m) <= half_height_m;
  }
};

std::uint32_t count_inside(const messages::Box3& box, const Points& camera_points, const SensorPose& T) {
  const BoxProbe probe(box);
  const auto& r = T.rotation;
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < camera_points.count; ++i) {
    const float x = camera_points.x_m[i], y = camera_points.y_m[i], z = camera_points.z_m[i];
    count += probe.holds(r[0] * x + r[1] * y + r[2] * z + T.translation_m[0],
                         r[3] * x + r[4] * y + r[5] * z + T.translation_m[1],
                         r[6] * x + r[7] * y + r[8] * z + T.translation_m[2])
                 ? 1
                 : 0;
  }
  return count;
}

std::int64_t work_limit(const CarDetectorConfig& config, const CarDetectorEffort& effort) {
  const std::int64_t configured = std::int64_t{config.work_most} * 1000;
  return effort.allowance > 0 ? std::min(effort.allowance, configured) : configured;
}

// Probabilities are finite or come from weights or points that are not.
base::Status check_answer(const GnnAnswer& answer) {
  const auto is_bad = [](const auto& probabilities) { return !std::isfinite(probabilities[0]); };
  const auto end = answer.probabilities.begin() + static_cast<std::ptrdiff_t>(answer.count);
  if (answer.count == 0 || !std::all_of(answer.probabilities.begin(), end, is_bad)) return {};
  return base::Error{"Point-GNN answers with numbers that are not finite: its weights are damaged"};
}

}  // namespace

base::Result<messages::Objects> detect_cars(const PointGnn& network, const messages::PointCloud2& cloud,
                                            const CameraBeside& camera, const CarDetectorConfig& config,
                                            const CarDetectorEffort& effort, CarDetectorState& state) {
  const auto view = view_points(cloud);
  if (!view) return view.error();
  read_points(*view, state.scan);
  crop_to_picture(state.scan, camera, state.seen);
  const auto level = static_cast<std::size_t>(
      std::clamp(config.first_level + effort.level, 0, static_cast<int>(kGnnLevels.size()) - 1));
  const base::Status built = build_gnn_graph(state.seen, kGnnLevels[level], work_limit(config, effort), state.graph);
  if (!built) return built.error();
  state.operations = count_operations(state.graph);
  run_point_gnn(network, state.seen, state.graph, state.memory, state.answer);
  if (const base::Status sound = check_answer(state.answer); !sound) return sound.error();
  decode_boxes(state.answer, state.graph.keypoints, camera.T_ego_camera, config.score_least, state.boxes);
  messages::Objects objects{.header = {cloud.header.stamp, "ego"}};
  for (const ScoredBox& scored : merge_boxes(state.boxes, config.overlap_most)) {
    objects.objects.push_back({messages::ObjectClass::kCar, static_cast<float>(scored.score / (1 + scored.score)),
                               scored.box, count_inside(scored.box, state.seen, camera.T_ego_camera)});
  }
  return objects;
}

}  // namespace hangil::lidar
