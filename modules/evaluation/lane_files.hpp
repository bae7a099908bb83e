// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "evaluation/lane_accuracy.hpp"

namespace hangil::evaluation {

// One line of a file of the TuSimple lane detection challenge: {"raw_file": "clips/1/20.jpg", "lanes": [[-2, 632, ...],
// ...], "h_samples": [240, 250, ...]}. Guesses need no h_samples; other members are passed over.
struct LaneLine {
  std::string picture;
  std::vector<std::vector<double>> lanes;
  std::vector<double> rows;
  int number = 0;  // of the line, from 1
};

// Error with file and line: what is not JSON, a member missing or of another kind, a number that is not finite, over
// 64 lanes or 4096 rows, one picture twice.
base::Result<std::vector<LaneLine>> parse_lane_lines(std::string_view text, const std::string& file);

// One picture with its score.
struct LaneResult {
  std::string picture;
  LaneScore score;
  LanePicture lanes;
};

// Every picture of the truth; one without a guess counts as one with no lanes. Error: a file that cannot be read, truth
// without rows, lanes that are not as long as their picture's rows.
base::Result<std::vector<LaneResult>> evaluate_lane_files(const std::string& truth_path, const std::string& guess_path);

// The mean and the worst pictures for people; {"lanes": {"accuracy": ..., "pictures": [...]}} for machines.
std::string lane_table(const std::vector<LaneResult>& results);
std::string lane_json(const std::vector<LaneResult>& results);

}  // namespace hangil::evaluation
