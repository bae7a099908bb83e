// SPDX-License-Identifier: Apache-2.0
#include "lidar/point_gnn_boxes.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "math/angles.hpp"
#include "messages/box3_overlap.hpp"

namespace hangil::lidar {

namespace {

constexpr double kCarLength_m = 3.88, kCarHeight_m = 1.5, kCarWidth_m = 1.63;
// The weights were trained on points of KITTI's left colour camera and boxes of its reference camera, 0.06 m to the
// left, and have learned to answer so.
constexpr double kLearnedShift_m = 0.06;
constexpr double kLeastSize_m = 0.2, kMostSize_m = 30;

struct CameraBox {
  double x_m, y_m, z_m;  // middle of the box
  double length_m, height_m, width_m;
  double rotation_rad;  // about the camera's y axis, from x towards -z
};

bool is_reasonable(const CameraBox& box) {
  const auto is_size = [](double size_m) { return size_m >= kLeastSize_m && size_m <= kMostSize_m; };
  return std::isfinite(box.x_m + box.y_m + box.z_m + box.rotation_rad) && is_size(box.length_m) &&
         is_size(box.height_m) && is_size(box.width_m);
}

CameraBox decode(const std::array<float, kGnnBoxNumbers>& numbers, const Points& keypoints, std::size_t i,
                 std::size_t car_class) {
  CameraBox box{};
  box.length_m = kCarLength_m * std::exp(double{numbers[3]});
  box.height_m = kCarHeight_m * std::exp(double{numbers[4]});
  box.width_m = kCarWidth_m * std::exp(double{numbers[5]});
  box.x_m = keypoints.x_m[i] + kCarLength_m * numbers[0] + kLearnedShift_m;
  box.y_m = keypoints.y_m[i] + kCarHeight_m * numbers[1] - box.height_m / 2;
  box.z_m = keypoints.z_m[i] + kCarWidth_m * numbers[2];
  box.rotation_rad = numbers[6] * std::numbers::pi / 4 + static_cast<double>(car_class) * std::numbers::pi / 2;
  return box;
}

messages::Box3 to_ego(const CameraBox& box, const SensorPose& T) {
  const auto& r = T.rotation;
  const auto turned = [&](std::size_t row, double x, double y, double z) {
    return r[3 * row] * x + r[3 * row + 1] * y + r[3 * row + 2] * z;
  };
  const auto moved = [&](std::size_t row) { return turned(row, box.x_m, box.y_m, box.z_m) + T.translation_m[row]; };
  const double ahead_x = std::cos(box.rotation_rad), ahead_z = -std::sin(box.rotation_rad);
  const double yaw_rad = std::atan2(turned(1, ahead_x, 0, ahead_z), turned(0, ahead_x, 0, ahead_z));
  return {moved(0), moved(1), moved(2), yaw_rad, box.length_m, box.width_m, box.height_m};
}

double median(std::vector<double>& values) {
  const std::size_t middle = values.size() / 2;
  std::sort(values.begin(), values.end());
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

// Of each number by itself, heading against the first box's.
messages::Box3 median_box(const std::vector<ScoredBox>& boxes) {
  std::vector<double> values(boxes.size());
  messages::Box3 middle;
  for (auto member : {&messages::Box3::x_m, &messages::Box3::y_m, &messages::Box3::z_m, &messages::Box3::length_m,
                      &messages::Box3::width_m, &messages::Box3::height_m}) {
    std::transform(boxes.begin(), boxes.end(), values.begin(),
                   [&](const ScoredBox& scored) { return scored.box.*member; });
    middle.*member = median(values);
  }
  const double first_rad = boxes.front().box.yaw_rad;
  std::transform(boxes.begin(), boxes.end(), values.begin(), [&](const ScoredBox& scored) {
    return std::remainder(scored.box.yaw_rad - first_rad, std::numbers::pi);
  });
  middle.yaw_rad = math::wrap_angle_rad(first_rad + median(values));
  return middle;
}

// The surest box and what overlaps with it leave `boxes`.
ScoredBox take_cluster(std::vector<ScoredBox>& boxes, double overlap_most) {
  const ScoredBox surest = boxes.front();
  const auto is_apart = [&](const ScoredBox& other) {
    return messages::intersection_over_union_3d(surest.box, other.box) <= overlap_most;
  };
  const auto rest =
      std::stable_partition(boxes.begin() + 1, boxes.end(), [&](const ScoredBox& other) { return !is_apart(other); });
  const std::vector<ScoredBox> cluster(boxes.begin(), rest);
  boxes.erase(boxes.begin(), rest);
  ScoredBox merged{median_box(cluster), surest.score};
  for (std::size_t i = 1; i < cluster.size(); ++i) {
    merged.score += cluster[i].score * messages::intersection_over_union_3d(merged.box, cluster[i].box);
  }
  return merged;
}

bool is_surer(const ScoredBox& a, const ScoredBox& b) { return a.score > b.score; }

}  // namespace

void decode_boxes(const GnnAnswer& answer, const Points& keypoints, const SensorPose& T_ego_camera, double score_least,
                  std::vector<ScoredBox>& boxes) {
  boxes.clear();
  for (std::size_t i = 0; i < answer.count; ++i) {
    for (std::size_t c = 0; c < kGnnCarClasses; ++c) {
      const double score = answer.probabilities[i][c + 1];
      if (!(score >= score_least)) continue;
      const CameraBox box = decode(answer.boxes[i][c], keypoints, i, c);
      if (is_reasonable(box)) boxes.push_back({to_ego(box, T_ego_camera), score});
    }
  }
}

std::vector<ScoredBox> merge_boxes(std::vector<ScoredBox> boxes, double overlap_most) {
  std::stable_sort(boxes.begin(), boxes.end(), is_surer);
  std::vector<ScoredBox> merged;
  while (!boxes.empty()) merged.push_back(take_cluster(boxes, overlap_most));
  std::stable_sort(merged.begin(), merged.end(), is_surer);
  return merged;
}

}  // namespace hangil::lidar
