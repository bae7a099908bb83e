// SPDX-License-Identifier: Apache-2.0
#include "evaluation/lane_files.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

namespace hangil::evaluation {
namespace {

const std::string kTruthLines =
    "{\"raw_file\": \"a.jpg\", \"lanes\": [[-2, 100, 110], [300, 310, 320]], \"h_samples\": [240, 250, 260]}\n\n"
    "{\"raw_file\": \"b.jpg\", \"lanes\": [[100, 110, 120]], \"h_samples\": [240, 250, 260]}\n";

std::string lane_file(const std::string& name, const std::string& text) {
  const std::string path = testing::TempDir() + "lanes_" + name;
  std::ofstream(path) << text;
  return path;
}

std::string lane_error(const std::string& line) {
  const auto lines = parse_lane_lines(line, "lanes.json");
  return lines ? "" : lines.error().message;
}

TEST(LaneFiles, TheTruthItselfIsRightEverywhere) {
  const std::string truth = lane_file("truth.json", kTruthLines);
  const auto results = evaluate_lane_files(truth, truth);
  ASSERT_TRUE(results.ok()) << results.error().message;
  ASSERT_EQ(results->size(), 2u);
  EXPECT_NEAR(results->at(0).score.accuracy, 1, 1e-12);
  EXPECT_EQ(lane_table(*results).find("2 pictures: accuracy 100.00 %, false 0.00 %, missed 0.00 %"), 0u);
}

TEST(LaneFiles, APictureWithoutAGuessCountsAsAllMissed) {
  const std::string truth = lane_file("truth.json", kTruthLines);
  const std::string guess = lane_file("guess.json", kTruthLines.substr(0, kTruthLines.find('\n')));
  const auto results = evaluate_lane_files(truth, guess);
  ASSERT_TRUE(results.ok());
  EXPECT_NEAR(results->at(1).score.accuracy, 0, 1e-12);
  EXPECT_NE(lane_json(*results).find("{\"picture\":\"b.jpg\",\"accuracy\":0}"), std::string::npos);
}

TEST(LaneFiles, ErrorsNameFileLineAndMember) {
  EXPECT_EQ(lane_error("\n{"), "lanes.json:2: is not a JSON object");
  EXPECT_EQ(lane_error("[1]"), "lanes.json:1: is not a JSON object");
  EXPECT_EQ(lane_error("{\"lanes\": []}"), "lanes.json:1: 'raw_file' must name the picture");
  EXPECT_EQ(lane_error("{\"raw_file\": \"a\"}"), "lanes.json:1: 'lanes' must be a list of lanes");
  EXPECT_EQ(lane_error("{\"raw_file\": \"a\", \"lanes\": [[\"x\"]]}"),
            "lanes.json:1: 'lanes' holds what is not a finite number");
  EXPECT_EQ(lane_error("{\"raw_file\": \"a\", \"lanes\": [], \"h_samples\": 7}"),
            "lanes.json:1: 'h_samples' must be a list of numbers");
  EXPECT_EQ(lane_error("{\"raw_file\": \"a\", \"lanes\": []}\n{\"raw_file\": \"a\", \"lanes\": []}"),
            "lanes.json:2: the picture is there twice");
}

TEST(LaneFiles, LanesOfAnotherLengthAndTruthWithoutRowsAreRefused) {
  const std::string truth = lane_file("truth.json", kTruthLines);
  const std::string shorter = lane_file("short.json", "{\"raw_file\": \"a.jpg\", \"lanes\": [[1, 2]]}\n");
  EXPECT_NE(evaluate_lane_files(truth, shorter).error().message.find("short.json:1: a lane of a.jpg is not 3 numbers"),
            std::string::npos);
  EXPECT_NE(evaluate_lane_files(shorter, truth).error().message.find("'h_samples' is missing"), std::string::npos);
  EXPECT_FALSE(evaluate_lane_files(truth, "/nowhere.json").ok());
}

}  // namespace
}  // namespace hangil::evaluation
