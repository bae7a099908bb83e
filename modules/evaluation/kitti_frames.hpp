// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>

#include "base/result.hpp"
#include "evaluation/driven_recording.hpp"
#include "evaluation/kitti_detection.hpp"

namespace hangil::evaluation {

// Labelled frames of a drive and the objects of that class at their stamps. Where a guess lies in the picture follows
// from the camera of that moment; one outside it is left out, for no label can say anything of it. `numbers`: only
// these labelled frames, counted from 0; all when empty. Error: no labels, or a camera whose place is unknown.
base::Result<std::vector<KittiFrame>> kitti_frames(const DrivenRecording& drive,
                                                   const Channel<messages::Objects>& objects,
                                                   messages::ObjectClass object_class,
                                                   const std::set<std::size_t>& numbers);

// One class by one overlap: easy, moderate, hard.
struct KittiRow {
  messages::ObjectClass object_class = messages::ObjectClass::kUnknown;
  KittiOverlap overlap = KittiOverlap::kVolume;
  double least_overlap = 0;
  std::array<double, 3> average_precision{};
  std::array<int, 3> truth_count{};
  std::vector<KittiPoint> moderate;  // the curve
};

// Cars by 0.7, pedestrians and cyclists by 0.5, in the image, on the ground and in 3D.
base::Result<std::vector<KittiRow>> kitti_rows(const DrivenRecording& drive, const Channel<messages::Objects>& objects,
                                               const std::set<std::size_t>& numbers);

// What goes wrong in each labelled frame, all three classes together: on the ground, moderate.
base::Result<std::vector<FrameErrors>> kitti_frame_errors(const DrivenRecording& drive,
                                                          const Channel<messages::Objects>& objects,
                                                          const std::set<std::size_t>& numbers);

// In percent, for people; ratios, for machines: {"kitti": [{"class": "car", "overlap": "3d", "easy": ...}, ...]}.
std::string kitti_table(std::span<const KittiRow> rows);
std::string kitti_json(std::span<const KittiRow> rows);

}  // namespace hangil::evaluation
