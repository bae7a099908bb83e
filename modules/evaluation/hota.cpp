// SPDX-License-Identifier: Apache-2.0
#include "evaluation/hota.hpp"

#include <cassert>
#include <cmath>
#include <map>

#include "math/assignment.hpp"

namespace hangil::evaluation {

namespace {

constexpr double kRounding = 1e-9;

double threshold_of(int index) { return 0.05 * (index + 1); }

// A sequence with identities counted from 0, and how much each pair of them belongs together.
struct Indexed {
  struct Frame {
    std::vector<std::size_t> truths, tracks;
    const std::vector<double>* likeness;
  };
  std::vector<Frame> frames;
  std::vector<double> truth_counts, track_counts;  // frames of each identity
  std::vector<double> alignment;                   // truth by track, 0 to 1

  std::size_t pair(std::size_t truth, std::size_t track) const { return truth * track_counts.size() + track; }
  double frames_of_either(std::size_t pair) const {  // those of both count twice
    return truth_counts[pair / track_counts.size()] + track_counts[pair % track_counts.size()];
  }
};

std::vector<std::size_t> index_all(const std::vector<std::uint32_t>& ids, std::map<std::uint32_t, std::size_t>& known,
                                   std::vector<double>& counts) {
  std::vector<std::size_t> indices;
  for (const std::uint32_t id : ids) {
    const std::size_t index = known.emplace(id, known.size()).first->second;
    counts.resize(known.size(), 0);
    ++counts[index];
    indices.push_back(index);
  }
  return indices;
}

// The soft count of frames that two identities share: likeness over everything alike to either. Matches are to favour
// pairs that agree over the whole sequence.
void add_shared(const Indexed& all, const Indexed::Frame& frame, std::vector<double>& shared) {
  const std::size_t rows = frame.truths.size(), columns = frame.tracks.size();
  std::vector<double> row_sums(rows, 0), column_sums(columns, 0);
  for (std::size_t i = 0; i < rows * columns; ++i) {
    row_sums[i / columns] += (*frame.likeness)[i];
    column_sums[i % columns] += (*frame.likeness)[i];
  }
  for (std::size_t i = 0; i < rows * columns; ++i) {
    const double likeness = (*frame.likeness)[i], either = row_sums[i / columns] + column_sums[i % columns] - likeness;
    if (either > kRounding) shared[all.pair(frame.truths[i / columns], frame.tracks[i % columns])] += likeness / either;
  }
}

Indexed index_sequence(const HotaSequence& sequence) {
  Indexed all;
  std::map<std::uint32_t, std::size_t> truths, tracks;
  for (const HotaFrame& frame : sequence) {
    assert(frame.likeness.size() == frame.truth_ids.size() * frame.track_ids.size());
    all.frames.push_back({index_all(frame.truth_ids, truths, all.truth_counts),
                          index_all(frame.track_ids, tracks, all.track_counts), &frame.likeness});
  }
  std::vector<double> shared(truths.size() * tracks.size(), 0);
  for (const Indexed::Frame& frame : all.frames) add_shared(all, frame, shared);
  all.alignment = std::move(shared);
  for (std::size_t i = 0; i < all.alignment.size(); ++i) {
    all.alignment[i] /= all.frames_of_either(i) - all.alignment[i];
  }
  return all;
}

// At one threshold, over all sequences.
struct HotaTally {
  double matches = 0, truths = 0, tracks = 0;
  double association = 0, likeness = 0;  // sums over matches
};

struct HotaMatch {
  std::size_t truth, track;
  double likeness;
};

// One-to-one, with the greatest sum of alignment times likeness.
std::vector<HotaMatch> match_frame(const Indexed& all, const Indexed::Frame& frame) {
  const std::size_t rows = frame.truths.size(), columns = frame.tracks.size();
  std::vector<double> cost(rows * columns);
  for (std::size_t i = 0; i < cost.size(); ++i)
    cost[i] = -all.alignment[all.pair(frame.truths[i / columns], frame.tracks[i % columns])] * (*frame.likeness)[i];
  const std::vector<int> columns_of = math::assign(cost, static_cast<int>(rows), static_cast<int>(columns));
  std::vector<HotaMatch> matches;
  for (std::size_t row = 0; row < rows; ++row) {
    if (columns_of[row] < 0) continue;
    const auto column = static_cast<std::size_t>(columns_of[row]);
    matches.push_back({frame.truths[row], frame.tracks[column], (*frame.likeness)[row * columns + column]});
  }
  return matches;
}

void count(const Indexed& all, const std::vector<HotaMatch>& matches, double threshold, HotaTally& tally) {
  std::vector<double> frames_of_pair(all.alignment.size(), 0);
  for (const double n : all.truth_counts) tally.truths += n;
  for (const double n : all.track_counts) tally.tracks += n;
  for (const HotaMatch& match : matches) {
    if (match.likeness < threshold - kRounding) continue;
    ++tally.matches;
    tally.likeness += match.likeness;
    ++frames_of_pair[all.pair(match.truth, match.track)];
  }
  // Each of a pair's matches counts with the share that all of them are of what either identity is in.
  for (std::size_t i = 0; i < frames_of_pair.size(); ++i) {
    const double n = frames_of_pair[i];
    if (n > 0) tally.association += n * n / (all.frames_of_either(i) - n);
  }
}

}  // namespace

HotaScore score_hota(std::span<const HotaSequence> sequences) {
  std::array<HotaTally, kHotaThresholdCount> tallies{};
  for (const HotaSequence& sequence : sequences) {
    const Indexed all = index_sequence(sequence);
    std::vector<HotaMatch> matches;
    for (const Indexed::Frame& frame : all.frames) {
      for (const HotaMatch& match : match_frame(all, frame)) matches.push_back(match);
    }
    for (int t = 0; t < kHotaThresholdCount; ++t)
      count(all, matches, threshold_of(t), tallies[static_cast<std::size_t>(t)]);
  }
  HotaScore score;
  for (std::size_t t = 0; t < tallies.size(); ++t) {
    const HotaTally& tally = tallies[t];
    const double either = tally.truths + tally.tracks - tally.matches;
    const double detection = either > 0 ? tally.matches / either : 0;
    const double association = tally.matches > 0 ? tally.association / tally.matches : 0;
    score.hota_by_threshold[t] = std::sqrt(detection * association);
    score.hota += score.hota_by_threshold[t] / kHotaThresholdCount;
    score.detection += detection / kHotaThresholdCount;
    score.association += association / kHotaThresholdCount;
    score.localization += (tally.matches > 0 ? tally.likeness / tally.matches : 1) / kHotaThresholdCount;
  }
  return score;
}

}  // namespace hangil::evaluation
