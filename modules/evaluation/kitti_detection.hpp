// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <vector>

#include "evaluation/worst_frames.hpp"
#include "messages/box3.hpp"
#include "messages/truth_objects.hpp"

// Detection by the definition of the KITTI object benchmark (Geiger, Lenz and Urtasun, "Are we ready for autonomous
// driving? The KITTI vision benchmark suite", CVPR 2012, section 2.4), with 40 recall points (Simonelli et al.,
// "Disentangling monocular 3D object detection", ICCV 2019, section 4).
namespace hangil::evaluation {

// What a label is to the class that is asked for. Neighbours (vans to cars, sitting persons to pedestrians) may be
// found or missed without counting; everything else is as if it were not there.
enum class KittiRole { kAsked, kNeighbour, kOther };

struct KittiTruth {
  messages::Box3 box;
  messages::ImageBox image_box;
  KittiRole role = KittiRole::kAsked;
  double truncation_ratio = 0;
  int occlusion = 0;
};

struct KittiGuess {
  messages::Box3 box;
  messages::ImageBox image_box;
  double score = 0;  // more is surer
};

// One class in one frame; boxes of one frame of reference.
struct KittiFrame {
  std::vector<KittiTruth> truths;
  std::vector<KittiGuess> guesses;
  std::vector<messages::ImageBox> ignore_regions;  // "DontCare"
};

// Labels beyond are ignored, and so are guesses whose image is lower.
struct KittiDifficulty {
  double least_height_px;
  int most_occlusion;
  double most_truncation_ratio;
};
inline constexpr std::array<KittiDifficulty, 3> kKittiDifficulties = {{{40, 0, 0.15}, {25, 1, 0.30}, {25, 2, 0.50}}};

// What a guess must share with a label.
enum class KittiOverlap { kImage, kGround, kVolume };

struct KittiRule {
  KittiOverlap overlap = KittiOverlap::kVolume;
  double least_overlap = 0.7;  // intersection over union, exclusive
  KittiDifficulty difficulty = kKittiDifficulties[1];
};

struct KittiPoint {
  double recall = 0, precision = 0;
  double score = 0;  // from which guesses count here
};

struct KittiPrecision {
  int truth_count = 0;  // that had to be found
  double average_precision =
      0;  // 0 to 1: mean over recalls 1/40, 2/40 ... 1 of the best precision at that recall or more
  std::vector<KittiPoint> points;  // at each score that found anything, surest first
};

// In ignored regions of the image guesses are not false; as in the benchmark's own program that is so for overlap in
// the image only. That program samples some 40 of the scores and so cannot reach 1 with fewer than 40 labels; here
// every score is looked at, which is the definition, and comes to the same for many.
KittiPrecision kitti_precision(std::span<const KittiFrame> frames, const KittiRule& rule);

// What goes wrong in each frame at the score with the best F1 (harmonic mean of precision and recall).
std::vector<FrameErrors> kitti_errors(std::span<const KittiFrame> frames, const KittiRule& rule);

}  // namespace hangil::evaluation
