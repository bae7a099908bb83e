// SPDX-License-Identifier: Apache-2.0
#include "lidar/box_score.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <tuple>

#include "lidar/detect_cars.hpp"
#include "lidar/detect_objects.hpp"
#include "lidar/kitti_camera.hpp"
#include "lidar/merge_detections.hpp"
#include "lidar/obstacles.hpp"
#include "math/box2.hpp"

namespace hangil::lidar::tests {

namespace {

constexpr double kRange_m = 40;
constexpr int kLeastPoints = 10, kDensePoints = 20;
constexpr double kLeastIou = 0.3;
constexpr double kImageWidth_px = 1242, kImageHeight_px = 375;

bool is_small(const KittiLabel& label) { return label.type == "Pedestrian" || label.type == "Cyclist"; }

bool is_counted_type(const KittiLabel& label) {
  return is_small(label) || label.type == "Car" || label.type == "Van" || label.type == "Truck";
}

math::Box2 footprint(const messages::Box3& box) { return {{box.x_m, box.y_m, box.yaw_rad}, box.length_m, box.width_m}; }

int count_inside(const messages::Box3& box, const Points& points) {
  int count = 0;
  const double c = std::cos(box.yaw_rad), s = std::sin(box.yaw_rad);
  for (std::size_t i = 0; i < points.count; ++i) {
    const double dx = points.x_m[i] - box.x_m, dy = points.y_m[i] - box.y_m, dz = points.z_m[i] - box.z_m;
    count += std::abs(c * dx + s * dy) <= box.length_m / 2 && std::abs(c * dy - s * dx) <= box.width_m / 2 &&
             std::abs(dz) <= box.height_m / 2;
  }
  return count;
}

// How well an object meets a label: above 0 is a match.
double quality(const KittiLabel& label, const messages::Box3& box) {
  const double iou = math::intersection_over_union(footprint(label.box), footprint(box));
  const double distance_m = std::hypot(label.box.x_m - box.x_m, label.box.y_m - box.y_m);
  if (iou >= kLeastIou) return iou;
  return is_small(label) && distance_m <= 0.5 ? 0.3 * (1 - distance_m) : 0;
}

bool is_in_dont_care(const Eigen::Vector3d& pixel, const std::vector<KittiLabel>& labels) {
  return std::any_of(labels.begin(), labels.end(), [&pixel](const KittiLabel& label) {
    const auto& [left, top, right, bottom] = label.image_box_px;
    return label.is_dont_care() && pixel.x() >= left && pixel.x() <= right && pixel.y() >= top && pixel.y() <= bottom;
  });
}

// In the image, in range, outside DontCare areas.
bool is_judged(const messages::Box3& box, const KittiFrame& frame, const KittiCalibration& calibration) {
  if (std::hypot(box.x_m, box.y_m) > kRange_m) return false;
  const Eigen::Vector3d camera = calibration.T_rectified_ego * Eigen::Vector3d(box.x_m, box.y_m, box.z_m);
  if (camera.z() <= 0.5) return false;
  const Eigen::Vector3d pixel = (calibration.image_of_rectified * camera.homogeneous()).hnormalized().homogeneous();
  const bool is_in_image =
      pixel.x() >= 0 && pixel.x() < kImageWidth_px && pixel.y() >= 0 && pixel.y() < kImageHeight_px;
  return is_in_image && !is_in_dont_care(pixel, frame.labels);
}

// What became of each label and each object of one frame.
struct FrameMatch {
  std::vector<int> object_of_label;  // -1: none
  std::vector<int> label_of_object;  // -1: none
  std::vector<bool> label_counts, object_is_wrong;
  std::vector<int> label_points;
};

FrameMatch match_frame(const KittiFrame& frame, const KittiCalibration& calibration, const Points& ego_points,
                       const std::vector<messages::Object>& objects) {
  FrameMatch match{std::vector<int>(frame.labels.size(), -1), std::vector<int>(objects.size(), -1), {}, {}, {}};
  std::vector<std::tuple<bool, double, std::size_t, std::size_t>> pairs;  // counted labels choose first
  for (std::size_t i = 0; i < frame.labels.size(); ++i) {
    const KittiLabel& label = frame.labels[i];
    match.label_points.push_back(label.is_dont_care() ? 0 : count_inside(label.box, ego_points));
    match.label_counts.push_back(is_counted_type(label) && std::hypot(label.box.x_m, label.box.y_m) <= kRange_m &&
                                 match.label_points[i] >= kLeastPoints);
    for (std::size_t k = 0; k < objects.size() && !label.is_dont_care(); ++k) {
      const double q = quality(label, objects[k].box);
      if (q > 0) pairs.emplace_back(!match.label_counts[i], -q, i, k);
    }
  }
  std::sort(pairs.begin(), pairs.end());
  for (const auto& [is_ignored, q, i, k] : pairs) {
    if (match.object_of_label[i] >= 0 || match.label_of_object[k] >= 0) continue;
    match.object_of_label[i] = static_cast<int>(k);
    match.label_of_object[k] = static_cast<int>(i);
  }
  for (std::size_t k = 0; k < objects.size(); ++k) {
    match.object_is_wrong.push_back(match.label_of_object[k] < 0 && is_judged(objects[k].box, frame, calibration));
  }
  return match;
}

void add_score(const FrameMatch& match, const std::vector<messages::Object>& objects, BoxScore& score) {
  for (std::size_t i = 0; i < match.object_of_label.size(); ++i) {
    if (!match.label_counts[i]) continue;
    ++score.truth_count;
    score.found_count += match.object_of_label[i] >= 0;
  }
  for (std::size_t k = 0; k < objects.size(); ++k) {
    if (objects[k].object_class == messages::ObjectClass::kUnknown) continue;
    const int label = match.label_of_object[k];
    score.known_found_count += label >= 0 && match.label_counts[static_cast<std::size_t>(label)];
    score.known_wrong_count += match.object_is_wrong[k];
  }
}

void add_dense(const FrameMatch& match, const KittiFrame& frame, const std::vector<messages::Object>& objects,
               BoxScore& score) {
  for (std::size_t i = 0; i < frame.labels.size(); ++i) {
    if (!is_counted_type(frame.labels[i]) || match.label_points[i] < kDensePoints) continue;
    const math::Box2 truth = footprint(frame.labels[i].box);
    ++score.dense_count;
    score.dense_found_count += std::any_of(objects.begin(), objects.end(), [&truth](const messages::Object& object) {
      return math::intersection_over_union(truth, footprint(object.box)) >= kLeastIou;
    });
  }
}

using Refine = std::function<messages::Objects(const KittiFrame& frame, const messages::Objects& clusters)>;

BoxScore score_frames(const std::string& training_dir, const std::string& sequence, std::size_t step,
                      const Refine& refine) {
  const auto calibration = read_kitti_calibration(training_dir + "/calib/" + sequence + ".txt");
  ObstacleState obstacle_state;
  ObjectState object_state;
  BoxScore score;
  const std::vector<KittiFrame> frames = read_kitti_tracking(training_dir, sequence);
  for (std::size_t i = 0; i < frames.size(); i += step) {
    const auto obstacles = find_obstacles(frames[i].cloud, calibration.T_ego_lidar, {}, obstacle_state);
    if (!obstacles) return {};
    const auto objects = refine(frames[i], detect_objects(*obstacles, {}, object_state)).objects;
    const FrameMatch match = match_frame(frames[i], calibration, obstacle_state.points, objects);
    add_score(match, objects, score);
    add_dense(match, frames[i], objects, score);
  }
  return score;
}

}  // namespace

BoxScore score_boxes(const std::string& training_dir, const std::string& sequence) {
  return score_frames(training_dir, sequence, 1,
                      [](const KittiFrame&, const messages::Objects& clusters) { return clusters; });
}

BoxScore score_merged_boxes(const std::string& training_dir, const std::string& sequence, const PointGnn& network,
                            std::size_t step) {
  const auto mounted = mounted_camera(read_kitti_calibration(training_dir + "/calib/" + sequence + ".txt"));
  const auto camera = find_camera_beside(mounted.info, mounted.tf_static, "lidar_top");
  if (!camera) return {};
  CarDetectorState state;
  return score_frames(training_dir, sequence, step, [&](const KittiFrame& frame, const messages::Objects& clusters) {
    const auto detections = detect_cars(network, frame.cloud, *camera, {.first_level = 2}, {}, state);
    return detections ? merge_detections(*detections, clusters) : messages::Objects();
  });
}

}  // namespace hangil::lidar::tests
