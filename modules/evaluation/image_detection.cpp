// SPDX-License-Identifier: Apache-2.0
#include "evaluation/image_detection.hpp"

#include <algorithm>

#include "evaluation/camera_view.hpp"

namespace hangil::evaluation {

namespace {

double overlap_at(int index) { return 0.5 + 0.05 * index; }

double area_px2(const messages::ImageBox& box) {
  return static_cast<double>(box.right_px - box.left_px) * (box.bottom_px - box.top_px);
}

// IoU; of a region, the part of the guess that lies in it.
double overlap_of(const ImageGuess& guess, const ImageTruth& truth) {
  const double part = covered_ratio(guess.box, truth.box);
  if (truth.is_region || part == 0) return part;
  const double common = part * area_px2(guess.box);
  return common / (area_px2(guess.box) + area_px2(truth.box) - common);
}

enum class Verdict { kRight, kWrong, kIgnored };
struct JudgedGuess {
  double score = 0;
  Verdict verdict = Verdict::kWrong;
};

std::vector<const ImageGuess*> surest_of(const ImageFrame& frame) {
  std::vector<const ImageGuess*> guesses;
  for (const ImageGuess& guess : frame.guesses) guesses.push_back(&guess);
  std::stable_sort(guesses.begin(), guesses.end(),
                   [](const ImageGuess* a, const ImageGuess* b) { return a->score > b->score; });
  if (guesses.size() > kMostImageGuesses) guesses.resize(kMostImageGuesses);
  return guesses;
}

// The surest guess takes the truth that it overlaps most, one that counts before one that is ignored.
int truth_for(const ImageGuess& guess, const ImageFrame& frame, double least_overlap,
              const std::vector<char>& is_taken) {
  int best = -1;
  double most = std::min(least_overlap, 1 - 1e-10);
  for (const bool is_ignored : {false, true}) {
    if (is_ignored && best >= 0) break;
    for (std::size_t t = 0; t < frame.truths.size(); ++t) {
      const ImageTruth& truth = frame.truths[t];
      if (truth.is_ignored != is_ignored || (is_taken[t] && !truth.is_region)) continue;
      const double overlap = overlap_of(guess, truth);
      if (overlap < most) continue;
      most = overlap, best = static_cast<int>(t);
    }
  }
  return best;
}

void judge(const ImageFrame& frame, double least_overlap, std::vector<JudgedGuess>& judged) {
  std::vector<char> is_taken(frame.truths.size(), 0);
  for (const ImageGuess* guess : surest_of(frame)) {
    const int truth = truth_for(*guess, frame, least_overlap, is_taken);
    if (truth < 0) {
      judged.push_back({guess->score, Verdict::kWrong});
      continue;
    }
    const auto index = static_cast<std::size_t>(truth);
    is_taken[index] = 1;
    judged.push_back({guess->score, frame.truths[index].is_ignored ? Verdict::kIgnored : Verdict::kRight});
  }
}

// Precision by recall, made falling, and the highest recall.
struct PictureCurve {
  std::array<double, kImageRecallPointCount> precision{};
  double recall = 0;
};

PictureCurve picture_curve(std::vector<JudgedGuess> judged, int truth_count) {
  std::stable_sort(judged.begin(), judged.end(),
                   [](const JudgedGuess& a, const JudgedGuess& b) { return a.score > b.score; });
  std::vector<double> recalls, precisions;
  double right = 0, wrong = 0;
  for (const JudgedGuess& guess : judged) {
    if (guess.verdict == Verdict::kIgnored) continue;
    right += guess.verdict == Verdict::kRight, wrong += guess.verdict == Verdict::kWrong;
    recalls.push_back(right / truth_count), precisions.push_back(right / (right + wrong));
  }
  for (std::size_t i = precisions.size(); i-- > 1;) precisions[i - 1] = std::max(precisions[i - 1], precisions[i]);
  PictureCurve curve{.recall = recalls.empty() ? 0 : recalls.back()};
  for (std::size_t i = 0; i < curve.precision.size(); ++i) {
    const double recall = static_cast<double>(i) / (kImageRecallPointCount - 1);
    const auto at = std::lower_bound(recalls.begin(), recalls.end(), recall) - recalls.begin();
    if (static_cast<std::size_t>(at) < precisions.size()) curve.precision[i] = precisions[static_cast<std::size_t>(at)];
  }
  return curve;
}

}  // namespace

ImageScore score_in_pictures(std::span<const ImageFrame> frames) {
  ImageScore score;
  for (const ImageFrame& frame : frames) {
    for (const ImageTruth& truth : frame.truths) score.truth_count += !truth.is_ignored;
  }
  if (score.truth_count == 0) return score;
  for (int i = 0; i < kImageOverlapCount; ++i) {
    std::vector<JudgedGuess> judged;
    for (const ImageFrame& frame : frames) judge(frame, overlap_at(i), judged);
    const PictureCurve curve = picture_curve(std::move(judged), score.truth_count);
    double& mean = score.by_overlap[static_cast<std::size_t>(i)];
    for (const double precision : curve.precision) mean += precision / kImageRecallPointCount;
    score.average_precision += mean / kImageOverlapCount;
    score.average_recall += curve.recall / kImageOverlapCount;
    if (i == 0) score.average_precision_50 = mean, score.precision_50 = curve.precision;
  }
  return score;
}

std::vector<FrameErrors> errors_in_pictures(std::span<const ImageFrame> frames) {
  std::vector<std::vector<JudgedGuess>> judged(frames.size());
  std::vector<ScoredVerdict> verdicts;
  std::size_t truth_count = 0;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    judge(frames[i], overlap_at(0), judged[i]);
    for (const JudgedGuess& guess : judged[i]) {
      if (guess.verdict != Verdict::kIgnored) verdicts.push_back({guess.score, guess.verdict == Verdict::kRight});
    }
    for (const ImageTruth& truth : frames[i].truths) truth_count += truth.is_ignored ? 0U : 1U;
  }
  const double least_score = best_threshold(verdicts, truth_count);
  std::vector<FrameErrors> errors;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    FrameErrors frame{.frame = i};
    for (const ImageTruth& truth : frames[i].truths) frame.missed += truth.is_ignored ? 0 : 1;
    for (const JudgedGuess& guess : judged[i]) {
      if (!(guess.score >= least_score)) continue;
      if (guess.verdict == Verdict::kRight) --frame.missed;
      if (guess.verdict == Verdict::kWrong) ++frame.wrong;
    }
    errors.push_back(frame);
  }
  return errors;
}

}  // namespace hangil::evaluation
