// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

// Labels of pixels or points against the truth: intersection over union by class, as in Everingham et al., "The Pascal
// Visual Object Classes Challenge", IJCV 2015, section 3.1, over all frames together.
namespace hangil::evaluation {

// What was labelled how, over any number of frames.
class ConfusionMatrix {
 public:
  explicit ConfusionMatrix(int class_count);

  // Labels of one frame, place by place. A truth that is not a class (0 to class_count - 1) is left out; a guess that
  // is none is a wrong one. False, and nothing counts, when the two differ in length.
  bool add(std::span<const std::uint8_t> truth, std::span<const std::uint8_t> guessed);

  int class_count() const { return class_count_; }
  std::uint64_t count(int truth, int guessed) const;
  std::uint64_t truth_count(int truth) const;      // with those guessed to be no class at all
  std::uint64_t guessed_count(int guessed) const;  // where the truth is a class

 private:
  int class_count_;
  std::vector<std::uint64_t> counts_;  // truth by guess; the last guess is no class
};

struct SegmentationScore {
  std::vector<std::optional<double>> iou_by_class;  // nothing for a class that is neither there nor guessed
  double mean_iou = 0;                              // of those that have one; 0 when none has
  double accuracy = 0;                              // share of places that are right
};

SegmentationScore score_segmentation(const ConfusionMatrix& matrix);

}  // namespace hangil::evaluation
