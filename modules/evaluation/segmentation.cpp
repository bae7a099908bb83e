// SPDX-License-Identifier: Apache-2.0
#include "evaluation/segmentation.hpp"

#include <algorithm>

namespace hangil::evaluation {

namespace {

std::size_t place(int truth, int guessed, int class_count) {
  return static_cast<std::size_t>(truth) * static_cast<std::size_t>(class_count + 1) +
         static_cast<std::size_t>(guessed);
}

}  // namespace

ConfusionMatrix::ConfusionMatrix(int class_count)
    : class_count_(class_count), counts_(place(class_count, 0, class_count), 0) {}

bool ConfusionMatrix::add(std::span<const std::uint8_t> truth, std::span<const std::uint8_t> guessed) {
  if (truth.size() != guessed.size()) return false;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    if (truth[i] >= class_count_) continue;
    ++counts_[place(truth[i], std::min<int>(guessed[i], class_count_), class_count_)];
  }
  return true;
}

std::uint64_t ConfusionMatrix::count(int truth, int guessed) const {
  return counts_[place(truth, guessed, class_count_)];
}

std::uint64_t ConfusionMatrix::truth_count(int truth) const {
  std::uint64_t sum = 0;
  for (int guessed = 0; guessed <= class_count_; ++guessed) sum += count(truth, guessed);
  return sum;
}

std::uint64_t ConfusionMatrix::guessed_count(int guessed) const {
  std::uint64_t sum = 0;
  for (int truth = 0; truth < class_count_; ++truth) sum += count(truth, guessed);
  return sum;
}

SegmentationScore score_segmentation(const ConfusionMatrix& matrix) {
  SegmentationScore score;
  std::uint64_t right = 0, all = 0;
  int known = 0;
  for (int c = 0; c < matrix.class_count(); ++c) {
    const std::uint64_t both = matrix.count(c, c), truths = matrix.truth_count(c);
    const std::uint64_t either = truths + matrix.guessed_count(c) - both;
    right += both;
    all += truths;
    score.iou_by_class.emplace_back();
    if (either == 0) continue;
    score.iou_by_class.back() = static_cast<double>(both) / static_cast<double>(either);
    score.mean_iou += *score.iou_by_class.back();
    ++known;
  }
  if (known > 0) score.mean_iou /= known;
  if (all > 0) score.accuracy = static_cast<double>(right) / static_cast<double>(all);
  return score;
}

}  // namespace hangil::evaluation
