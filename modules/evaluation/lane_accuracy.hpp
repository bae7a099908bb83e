// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

// Lane markings of a picture by the definition of the TuSimple lane detection challenge (2017): marked lanes as the
// column where they cross given rows.
namespace hangil::evaluation {

inline constexpr double kNoLaneHere = -2;  // any negative column says so

// One picture. Lanes hold a column (px) for each of the rows (px, downwards).
struct LanePicture {
  std::vector<double> rows;
  std::vector<std::vector<double>> truths, guesses;
};

struct LaneScore {
  double accuracy = 0;         // mean share of rows where a marked lane's best guess is near enough
  double false_positives = 0;  // share of guessed lanes that match none
  double false_negatives = 0;  // share of marked lanes that nothing matches
};

// Near enough is 20 px across the lane; a lane is matched from 85 % of its rows on. Of more than four marked lanes the
// worst one is forgiven; a picture with over two guesses more than lanes counts as all wrong. False positives may be
// below zero where one guess matches two lanes: the definition lets it. Lanes must be as long as `rows`.
LaneScore score_lanes(const LanePicture& picture);

// The mean over pictures; zeros for none.
LaneScore mean_of(std::span<const LaneScore> scores);

}  // namespace hangil::evaluation
