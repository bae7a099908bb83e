// SPDX-License-Identifier: Apache-2.0
#include "evaluation/lane_files.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "recording/text_lines.hpp"

namespace hangil::evaluation {

namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostLanes = 64, kMostRows = 4096, kWorstShown = 5;

base::Result<std::vector<double>> numbers_of(const Json& list, const std::string& name) {
  if (!list.is_array()) return base::Error{"'" + name + "' must be a list of numbers"};
  if (list.size() > kMostRows) return base::Error{"'" + name + "' has over 4096 numbers"};
  std::vector<double> numbers;
  for (const Json& item : list) {
    if (!item.is_number() || !std::isfinite(item.get<double>())) {
      return base::Error{"'" + name + "' holds what is not a finite number"};
    }
    numbers.push_back(item.get<double>());
  }
  return numbers;
}

base::Status read_lanes(const Json& object, LaneLine& line) {
  const auto lanes = object.find("lanes");
  if (lanes == object.end() || !lanes->is_array()) return base::Error{"'lanes' must be a list of lanes"};
  if (lanes->size() > kMostLanes) return base::Error{"'lanes' has over 64 lanes"};
  for (const Json& lane : *lanes) {
    auto columns = numbers_of(lane, "lanes");
    if (!columns) return columns.error();
    line.lanes.push_back(*std::move(columns));
  }
  return {};
}

base::Result<LaneLine> lane_line(std::string_view text) {
  const Json object = Json::parse(text.begin(), text.end(), nullptr, false);
  if (!object.is_object()) return base::Error{"is not a JSON object"};
  LaneLine line;
  const auto picture = object.find("raw_file");
  if (picture == object.end() || !picture->is_string()) return base::Error{"'raw_file' must name the picture"};
  line.picture = picture->get<std::string>();
  if (auto read = read_lanes(object, line); !read) return read.error();
  if (const auto rows = object.find("h_samples"); rows != object.end()) {
    auto numbers = numbers_of(*rows, "h_samples");
    if (!numbers) return numbers.error();
    line.rows = *std::move(numbers);
  }
  return line;
}

base::Result<std::vector<LaneLine>> load_lane_lines(const std::string& path) {
  const auto text = recording::read_text(path);
  if (!text) return text.error();
  return parse_lane_lines(*text, path);
}

base::Status check_lengths(const LaneLine& line, std::size_t row_count, const std::string& file) {
  const auto fits = [&](const auto& lane) { return lane.size() == row_count; };
  if (std::all_of(line.lanes.begin(), line.lanes.end(), fits)) return {};
  return base::Error{file + ":" + std::to_string(line.number) + ": a lane of " + line.picture + " is not " +
                     std::to_string(row_count) + " numbers long, as many as the labelled rows"};
}

}  // namespace

base::Result<std::vector<LaneLine>> parse_lane_lines(std::string_view text, const std::string& file) {
  std::vector<LaneLine> lines;
  std::set<std::string> names;
  int number = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view one = text.substr(begin, end - begin);
    begin = end + 1, ++number;
    if (one.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const std::string place = file + ":" + std::to_string(number) + ": ";
    auto line = lane_line(one);
    if (!line) return base::Error{place + line.error().message};
    if (!names.insert(line->picture).second) return base::Error{place + "the picture is there twice"};
    line->number = number;
    lines.push_back(*std::move(line));
  }
  return lines;
}

base::Result<std::vector<LaneResult>> evaluate_lane_files(const std::string& truth_path,
                                                          const std::string& guess_path) {
  const auto truths = load_lane_lines(truth_path), guesses = load_lane_lines(guess_path);
  if (!truths) return truths.error();
  if (!guesses) return guesses.error();
  std::map<std::string, const LaneLine*> guess_of;
  for (const LaneLine& guess : *guesses) guess_of[guess.picture] = &guess;
  std::vector<LaneResult> results;
  for (const LaneLine& truth : *truths) {
    if (truth.rows.empty()) {
      return base::Error{truth_path + ":" + std::to_string(truth.number) + ": 'h_samples' is missing or empty"};
    }
    LanePicture picture{truth.rows, truth.lanes, {}};
    if (auto checked = check_lengths(truth, truth.rows.size(), truth_path); !checked) return checked.error();
    if (const auto guess = guess_of.find(truth.picture); guess != guess_of.end()) {
      if (auto checked = check_lengths(*guess->second, truth.rows.size(), guess_path); !checked) return checked.error();
      picture.guesses = guess->second->lanes;
    }
    results.push_back({truth.picture, score_lanes(picture), picture});
  }
  if (results.empty()) return base::Error{truth_path + ": holds no picture"};
  return results;
}

namespace {

LaneScore mean_score(const std::vector<LaneResult>& results) {
  std::vector<LaneScore> scores;
  for (const LaneResult& result : results) scores.push_back(result.score);
  return mean_of(scores);
}

}  // namespace

std::string lane_table(const std::vector<LaneResult>& results) {
  const LaneScore mean = mean_score(results);
  std::string text = fmt::format("{} pictures: accuracy {:.2f} %, false {:.2f} %, missed {:.2f} %\n", results.size(),
                                 100 * mean.accuracy, 100 * mean.false_positives, 100 * mean.false_negatives);
  std::vector<LaneResult> worst = results;
  std::stable_sort(worst.begin(), worst.end(),
                   [](const LaneResult& a, const LaneResult& b) { return a.score.accuracy < b.score.accuracy; });
  worst.resize(std::min(worst.size(), kWorstShown));
  for (const LaneResult& result : worst) {
    text += fmt::format("  {:6.2f} %  {}\n", 100 * result.score.accuracy, result.picture);
  }
  return text;
}

std::string lane_json(const std::vector<LaneResult>& results) {
  const LaneScore mean = mean_score(results);
  std::string text =
      fmt::format("{{\"lanes\":{{\"accuracy\":{},\"fp\":{},\"fn\":{},\"pictures\":[", base::json_number(mean.accuracy),
                  base::json_number(mean.false_positives), base::json_number(mean.false_negatives));
  for (std::size_t i = 0; i < results.size(); ++i) {
    text += fmt::format("{}{{\"picture\":{},\"accuracy\":{}}}", i > 0 ? "," : "", base::json_quote(results[i].picture),
                        base::json_number(results[i].score.accuracy));
  }
  return text + "]}}";
}

}  // namespace hangil::evaluation
