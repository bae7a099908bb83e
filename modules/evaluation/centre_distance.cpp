// SPDX-License-Identifier: Apache-2.0
#include "evaluation/centre_distance.hpp"

#include <algorithm>
#include <cmath>

namespace hangil::evaluation {

namespace {

constexpr std::size_t kErrorDistance = 2;           // of kCentreDistancesM: 2 m
constexpr int kRecallSteps = 100, kFirstStep = 11;  // below a recall of 10 % nothing counts
constexpr double kLeastPrecision = 0.1;

struct Guess {
  const CentreBox* box = nullptr;
  std::size_t frame = 0;
};

struct Match {
  const CentreBox *guess = nullptr, *truth = nullptr;  // no truth: a false one
};

// The surest first; equally sure ones in order of frames.
std::vector<Guess> by_score(std::span<const CentreFrame> frames) {
  std::vector<Guess> guesses;
  for (std::size_t frame = 0; frame < frames.size(); ++frame) {
    for (const CentreBox& box : frames[frame].guesses) guesses.push_back({&box, frame});
  }
  std::stable_sort(guesses.begin(), guesses.end(),
                   [](const Guess& a, const Guess& b) { return a.box->score > b.box->score; });
  return guesses;
}

double centre_distance_m(const CentreBox& a, const CentreBox& b) {
  return std::hypot(a.box.x_m - b.box.x_m, a.box.y_m - b.box.y_m);
}

// Each guess, the surest first, takes the nearest truth that is left.
std::vector<Match> match(std::span<const CentreFrame> frames, const std::vector<Guess>& guesses, double most_m) {
  std::vector<std::vector<char>> is_taken;
  for (const CentreFrame& frame : frames) is_taken.emplace_back(frame.truths.size(), 0);
  std::vector<Match> matches;
  for (const Guess& guess : guesses) {
    const auto& truths = frames[guess.frame].truths;
    auto& taken = is_taken[guess.frame];
    std::size_t nearest = truths.size();
    double least_m = most_m;
    for (std::size_t i = 0; i < truths.size(); ++i) {
      const double distance = centre_distance_m(*guess.box, truths[i]);
      if (taken[i] == 0 && distance < least_m) least_m = distance, nearest = i;
    }
    matches.push_back({guess.box, nearest < truths.size() ? &truths[nearest] : nullptr});
    if (nearest < truths.size()) taken[nearest] = 1;
  }
  return matches;
}

// Straight between the points (xs ascending, repeats allowed), level before the first; nothing behind the last.
std::optional<double> between(const std::vector<double>& xs, const std::vector<double>& ys, double x) {
  if (xs.empty() || x > xs.back()) return std::nullopt;
  const auto above = static_cast<std::size_t>(std::upper_bound(xs.begin(), xs.end(), x) - xs.begin());
  if (above == 0) return ys.front();
  if (above == xs.size()) return ys.back();
  const double share = (x - xs[above - 1]) / (xs[above] - xs[above - 1]);
  return ys[above - 1] + share * (ys[above] - ys[above - 1]);
}

// Along the guesses, the surest first.
struct Curve {
  std::vector<double> recalls, precisions, scores;
};

Curve curve_of(const std::vector<Match>& matches, double truth_count) {
  Curve curve;
  double right = 0, all = 0;
  for (const Match& m : matches) {
    right += m.truth != nullptr ? 1 : 0;
    curve.recalls.push_back(right / truth_count);
    curve.precisions.push_back(right / ++all);
    curve.scores.push_back(m.guess->score);
  }
  return curve;
}

double average_precision(const Curve& curve) {
  double sum = 0;
  for (int step = kFirstStep; step <= kRecallSteps; ++step) {
    const double precision = between(curve.recalls, curve.precisions, 0.01 * step).value_or(0);
    sum += std::max(0.0, precision - kLeastPrecision);
  }
  return sum / (kRecallSteps + 1 - kFirstStep) / (1 - kLeastPrecision);
}

double scale_error(const Match& m) {
  const messages::Box3 &a = m.guess->box, &b = m.truth->box;
  const double common =
      std::min(a.length_m, b.length_m) * std::min(a.width_m, b.width_m) * std::min(a.height_m, b.height_m);
  return 1 - common / (a.length_m * a.width_m * a.height_m + b.length_m * b.width_m * b.height_m - common);
}

// The mean of an error over the recalls that were reached. At each recall it is the mean over all matches that are as
// sure as it takes to reach it.
template <class Error>
double mean_error(const std::vector<Match>& matches, const Curve& curve, Error error_of) {
  std::vector<double> scores, means;
  double sum = 0, count = 0;
  for (const Match& m : matches) {
    if (m.truth == nullptr) continue;
    if (const std::optional<double> error = error_of(m)) sum += *error, ++count;
    scores.push_back(-m.guess->score);  // ascending
    means.push_back(count > 0 ? sum / count : 0);
  }
  if (count == 0) return 1;
  double total = 0, steps = 0;
  for (int step = kFirstStep; step <= kRecallSteps; ++step) {
    const auto score = between(curve.recalls, curve.scores, 0.01 * step);
    if (!score) break;
    total += between(scores, means, std::min(-*score, scores.back())).value_or(means.back());
    ++steps;
  }
  return steps > 0 ? total / steps : 1;
}

TruePositiveErrors errors_of(const std::vector<Match>& matches, const Curve& curve, const CentreClass& kind) {
  using Number = std::optional<double>;
  const auto mean = [&](auto error) { return mean_error(matches, curve, error); };
  TruePositiveErrors errors;
  errors.translation_m = mean([](const Match& m) -> Number { return centre_distance_m(*m.guess, *m.truth); });
  errors.scale = mean([](const Match& m) -> Number { return scale_error(m); });
  if (kind.has_heading) {
    errors.heading_rad = mean([&](const Match& m) -> Number {
      return std::abs(std::remainder(m.guess->box.yaw_rad - m.truth->box.yaw_rad, kind.heading_period_rad));
    });
  }
  if (kind.has_velocity) {
    errors.velocity_mps = mean([](const Match& m) -> Number {
      return std::hypot(m.guess->vx_mps - m.truth->vx_mps, m.guess->vy_mps - m.truth->vy_mps);
    });
  }
  if (kind.has_attribute) {
    errors.attribute = mean([](const Match& m) -> Number {
      if (m.truth->attribute < 0) return std::nullopt;
      return m.guess->attribute == m.truth->attribute ? 0 : 1;
    });
  }
  return errors;
}

// The mean over classes that have it; 1 when none has.
template <class Member>
double mean_over(std::span<const CentreClassScore> classes, Member member) {
  double sum = 0, count = 0;
  for (const CentreClassScore& score : classes) {
    const std::optional<double> value = member(score.errors);
    if (value) sum += *value, ++count;
  }
  return count > 0 ? sum / count : 1;
}

}  // namespace

CentreClassScore score_by_centre(std::span<const CentreFrame> frames, const CentreClass& kind) {
  CentreClassScore score;
  double truth_count = 0;
  for (const CentreFrame& frame : frames) truth_count += static_cast<double>(frame.truths.size());
  const std::vector<Guess> guesses = by_score(frames);
  for (std::size_t i = 0; i < kCentreDistancesM.size(); ++i) {
    const std::vector<Match> matches = match(frames, guesses, kCentreDistancesM[i]);
    const Curve curve = truth_count > 0 ? curve_of(matches, truth_count) : Curve();
    score.average_precision[i] = average_precision(curve);
    score.mean_average_precision += score.average_precision[i] / std::ssize(kCentreDistancesM);
    if (i != kErrorDistance) continue;
    score.errors = errors_of(matches, curve, kind);
    for (std::size_t k = 0; k < curve.recalls.size(); ++k) {
      score.curve.push_back({curve.recalls[k], curve.precisions[k]});
    }
  }
  return score;
}

std::vector<FrameErrors> centre_errors(std::span<const CentreFrame> frames) {
  std::vector<FrameErrors> errors(frames.size());
  std::size_t truth_count = 0;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    errors[i] = {i, static_cast<int>(frames[i].truths.size()), 0};
    truth_count += frames[i].truths.size();
  }
  const std::vector<Guess> guesses = by_score(frames);
  const std::vector<Match> matches = match(frames, guesses, kCentreDistancesM[kErrorDistance]);
  std::vector<ScoredVerdict> verdicts;
  for (const Match& m : matches) verdicts.push_back({m.guess->score, m.truth != nullptr});
  const double least_score = best_threshold(verdicts, truth_count);
  for (std::size_t k = 0; k < guesses.size(); ++k) {
    if (!(guesses[k].box->score >= least_score)) continue;
    FrameErrors& frame = errors[guesses[k].frame];
    (matches[k].truth != nullptr ? --frame.missed : ++frame.wrong);
  }
  return errors;
}

CentreSummary summarize(std::span<const CentreClassScore> classes) {
  CentreSummary summary;
  if (classes.empty()) return summary;
  for (const CentreClassScore& score : classes)
    summary.mean_average_precision += score.mean_average_precision / static_cast<double>(classes.size());
  using Errors = TruePositiveErrors;
  using Number = std::optional<double>;
  summary.errors = {mean_over(classes, [](const Errors& e) -> Number { return e.translation_m; }),
                    mean_over(classes, [](const Errors& e) -> Number { return e.scale; }),
                    mean_over(classes, [](const Errors& e) { return e.heading_rad; }),
                    mean_over(classes, [](const Errors& e) { return e.velocity_mps; }),
                    mean_over(classes, [](const Errors& e) { return e.attribute; })};
  const Errors& e = summary.errors;
  double sum = 5 * summary.mean_average_precision;
  for (const double error : {e.translation_m, e.scale, *e.heading_rad, *e.velocity_mps, *e.attribute})
    sum += std::max(0.0, 1 - error);
  summary.nuscenes_detection_score = sum / 10;
  return summary;
}

}  // namespace hangil::evaluation
