// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/config.hpp"
#include "lidar/camera_points.hpp"
#include "lidar/point_gnn_boxes.hpp"
#include "messages/point_cloud2.hpp"

namespace hangil::lidar {

// From fine and slow to coarse and quick.
inline constexpr std::array<GnnDetail, 4> kGnnLevels = {
    {{0.4, 64, 128}, {0.6, 64, 192}, {0.8, 64, 256}, {1.0, 48, 64}}};

struct CarDetectorConfig {
  int first_level = 0;
  double score_least = 0.25;
  double overlap_most = 0.01;
  int work_most = 100'000;

  void visit(base::ConfigVisitor& visitor) {
    visitor.field("first_level", first_level, {0, 3}, "",
                  "finest level: voxels of 0.4, 0.6, 0.8 or 1.0 m; the others are for load");
    visitor.field("score_least", score_least, {0.05, 1}, "", "probability from which a keypoint proposes a box");
    visitor.field("overlap_most", overlap_most, {0, 1}, "", "boxes with more IoU in 3D are one object");
    visitor.field("work_most", work_most, {10, 1'000'000}, "",
                  "million multiply-adds a scan; what is farthest is left out first");
  }
};

// Working memory, reused from scan to scan.
struct CarDetectorState {
  Points scan, seen;
  GnnGraph graph;
  GnnMemory memory;
  GnnAnswer answer;
  std::vector<ScoredBox> boxes;
  std::int64_t operations = 0;  // of the last scan: multiply-adds in thousands
};

// What one scan is looked at with.
struct CarDetectorEffort {
  int level = 0;               // above first_level
  std::int64_t allowance = 0;  // multiply-adds in thousands; 0: as configured
};

// Cars inside the camera's view, in ego, surest first; existence probability = score / (1 + score), point_count as
// measured inside the box. Errors: a cloud that cannot be read, no way from a frame to ego, a camera without picture,
// points that span more voxels than there can be, a network whose every answer is not a number.
base::Result<messages::Objects> detect_cars(const PointGnn& network, const messages::PointCloud2& cloud,
                                            const CameraBeside& camera, const CarDetectorConfig& config,
                                            const CarDetectorEffort& effort, CarDetectorState& state);

}  // namespace hangil::lidar
