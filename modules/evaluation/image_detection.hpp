// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <vector>

#include "evaluation/worst_frames.hpp"
#include "messages/truth_objects.hpp"

// Detection in pictures by the definition of COCO (Lin et al., "Microsoft COCO: Common Objects in Context", ECCV 2014,
// and its evaluation server): average precision over ten overlaps, read off at 101 recall points.
namespace hangil::evaluation {

inline constexpr int kImageOverlapCount = 10;          // IoU 0.5, 0.55, ..., 0.95
inline constexpr int kImageRecallPointCount = 101;     // 0, 0.01, ..., 1
inline constexpr std::size_t kMostImageGuesses = 100;  // a picture and class; the less sure ones do not count

struct ImageTruth {
  messages::ImageBox box;
  bool is_ignored = false;  // may be found or missed; a crowd or region: by any number of guesses
  bool is_region = false;   // then overlap is the part of the guess inside it
};

struct ImageGuess {
  messages::ImageBox box;
  double score = 0;  // more is surer
};

// Boxes of one class in one picture.
struct ImageFrame {
  std::vector<ImageTruth> truths;
  std::vector<ImageGuess> guesses;
};

struct ImageScore {
  int truth_count = 0;              // that count
  double average_precision = 0;     // mean over the overlaps
  double average_precision_50 = 0;  // at IoU 0.5 alone
  double average_recall = 0;        // mean over the overlaps of the highest recall
  std::array<double, kImageOverlapCount> by_overlap{};
  std::array<double, kImageRecallPointCount> precision_50{};  // at IoU 0.5, by recall
};

// One class over all pictures; all zero where nothing counts.
ImageScore score_in_pictures(std::span<const ImageFrame> frames);

// What goes wrong in each picture at IoU 0.5 and the score with the best F1.
std::vector<FrameErrors> errors_in_pictures(std::span<const ImageFrame> frames);

}  // namespace hangil::evaluation
