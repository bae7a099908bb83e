// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "cli/made_drive.hpp"
#include "cli/program.hpp"
#include "cli/report_figures.hpp"
#include "evaluation/result_tables.hpp"
#include "recording/drive_writer.hpp"
#include "viewer/figure.hpp"

namespace hangil::cli {
namespace {

struct Report {
  evaluation::DrivenRecording drive;
  evaluation::Evaluation result;
  std::string page;
};

Report make_report(const made::DriveShape& shape, const std::string& name) {
  const std::string path = made::write_driven(own_folder() + name + ".mcap", shape);
  auto drive = evaluation::read_driven(path);
  EXPECT_TRUE(drive.ok()) << drive.error().message;
  auto result = evaluation::evaluate(*drive);
  auto figures = report_figures(*drive);
  EXPECT_TRUE(figures.ok()) << figures.error().message;
  std::string page = evaluation::report_page({&*drive, &result, *std::move(figures), viewer::legend_html()});
  std::filesystem::remove(path);
  return {*std::move(drive), std::move(result), std::move(page)};
}

const Report& whole() {
  static const Report report = make_report({}, "whole");
  return report;
}

TEST(Evaluate, FamiliesOfAWholeRecordingHaveKnownNumbers) {
  const auto& result = whole().result;
  ASSERT_TRUE(result.detection.ok() && result.tracking.ok() && result.prediction.ok() && result.planning.ok() &&
              result.latency.ok());
  const auto& boxes = result.detection->scores.total;
  EXPECT_EQ(result.detection->frame_count, 60u);
  EXPECT_EQ(boxes.truth_count - boxes.found_count, 11u);  // the pedestrian, in the frames 4 to 14 within 40 m
  EXPECT_EQ(boxes.box_count - boxes.right_count, 60u);    // one phantom a frame
  EXPECT_EQ(result.tracking->id_switch_count, 0u);
  EXPECT_NEAR(result.tracking->velocity_error_mps.p50, 0.1, 1e-9);
  EXPECT_NEAR(result.prediction->scores[2].min_fde_m, 0, 1e-6);
  EXPECT_EQ(result.planning->rejected_count, 1u);
  EXPECT_EQ(result.latency->answered_frame_count, 60u);
  EXPECT_EQ(result.latency->drop_count, 2u);
}

TEST(Evaluate, JsonHasOneMemberAFamily) {
  const auto json = nlohmann::json::parse(evaluation::to_json(whole().result));
  for (const char* family : {"drive", "detection", "tracking", "prediction", "planning", "latency"}) {
    EXPECT_TRUE(json.contains(family)) << family;
  }
  EXPECT_EQ(json["drive"]["digest"], "1234abcd5678ef90");
  EXPECT_GT(json["detection"]["scores"]["total"]["recall_ratio"], 0.9);
  EXPECT_EQ(json["latency"]["modules"][5]["is_left_out"], true);
}

TEST(Evaluate, FamiliesWithoutInputSayWhy) {
  const Report bare = make_report({.frame_count = 5, .has_truth = false, .has_poses = false, .has_run = false}, "bare");
  const auto json = nlohmann::json::parse(evaluation::to_json(bare.result));
  EXPECT_EQ(json["detection"]["missing"], "no /truth/objects in this recording");
  EXPECT_EQ(json["latency"]["missing"], "no /runtime/info in this recording");
  EXPECT_TRUE(contains(evaluation::text_of(bare.result), "Prediction: no /truth/objects in this recording"));
  EXPECT_TRUE(contains(bare.page, "no /truth/objects in this recording"));
}

TEST(Evaluate, TracksInMapWithoutPosesSayWhy) {
  const Report bare = make_report({.frame_count = 5, .has_poses = false}, "no_pose");
  ASSERT_FALSE(bare.result.tracking.ok());
  EXPECT_TRUE(contains(bare.result.tracking.error().message, "holds no pose"));
  EXPECT_TRUE(bare.result.detection.ok());
}

TEST(Evaluate, AChannelOfAnotherTypeIsAnErrorWithTopicAndTypes) {
  const std::string path = own_folder() + "foreign.mcap";
  auto writer = *recording::DriveWriter::create(path);
  const int channel = writer.add_channel("/tracks", base::message_type<messages::Objects>());
  ASSERT_TRUE(writer.write(channel, {1}, {1}, messages::Objects{}).ok());
  ASSERT_TRUE(writer.close().ok());
  const auto drive = evaluation::read_driven(path);
  ASSERT_FALSE(drive.ok());
  EXPECT_TRUE(contains(drive.error().message, "/tracks is a hangil_msgs/msg/Objects, expected hangil_msgs/msg/Tracks"));
}

TEST(Report, NeedsNothingFromElsewhere) {
  const std::string& page = whole().page;
  EXPECT_FALSE(contains(page, "http://"));
  EXPECT_FALSE(contains(page, "https://"));
  for (const char* loader : {"<link", "@import", "<script src", "url("}) EXPECT_FALSE(contains(page, loader)) << loader;
  for (std::size_t at = page.find("href=\""); at != std::string::npos; at = page.find("href=\"", at + 1)) {
    EXPECT_TRUE(page.compare(at + 6, 1, "#") == 0 || page.compare(at + 6, 5, "data:") == 0) << page.substr(at, 40);
  }
}

TEST(Report, EscapesTextsOfTheRecording) {
  evaluation::Evaluation result = whole().result;
  result.drive.name = "<script>alert(1)</script>\"'&.mcap";
  const std::string page = evaluation::report_page({&whole().drive, &result, {}, ""});
  EXPECT_FALSE(contains(page, "<script>alert"));
  EXPECT_TRUE(contains(page, "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;.mcap"));
}

// Element names in order of appearance, "/" before closing ones; empty elements are left out.
std::vector<std::string> elements(const std::string& page) {
  const std::set<std::string> empty = {"meta", "img", "!DOCTYPE"};
  std::vector<std::string> found;
  for (std::size_t at = page.find('<'); at != std::string::npos; at = page.find('<', at + 1)) {
    const std::size_t end = page.find('>', at), name_end = page.find_first_of(" >", at);
    const std::string name = page.substr(at + 1, name_end - at - 1);
    if (page[end - 1] != '/' && !empty.contains(name)) found.push_back(name);
  }
  return found;
}

TEST(Report, EveryElementIsClosed) {
  std::vector<std::string> open;
  for (const std::string& name : elements(whole().page)) {
    if (name.front() != '/') {
      open.push_back(name);
      continue;
    }
    ASSERT_FALSE(open.empty()) << name;
    ASSERT_EQ("/" + open.back(), name);
    open.pop_back();
  }
  EXPECT_TRUE(open.empty());
}

TEST(Report, ShowsKeyFramesWithCameraAndLeftOutModules) {
  const std::string& page = whole().page;
  EXPECT_TRUE(contains(page, "plan rejected"));
  EXPECT_TRUE(contains(page, "hardest braking"));
  EXPECT_TRUE(contains(page, "<img alt=\"camera\" src=\"data:image/png;base64,"));
  EXPECT_TRUE(contains(page, "nobody writes /camera/left/image"));
  EXPECT_TRUE(contains(page, "1234abcd5678ef90"));
}

TEST(Report, SameRecordingSameBytes) {
  EXPECT_EQ(make_report({.frame_count = 4}, "again").page, make_report({.frame_count = 4}, "again").page);
}

TEST(FrameFacts, TellWhatHappened) {
  const auto facts = frame_facts(whole().drive);
  ASSERT_EQ(facts.size(), 60u);
  EXPECT_TRUE(facts[30].is_rejected);
  EXPECT_FALSE(facts[29].is_rejected);
  EXPECT_NEAR(facts[25].acceleration_mps2, -2.4, 0.01);
  EXPECT_GT(facts[0].object_count, 5);
  EXPECT_LT(facts[0].closest_m, 10);
}

}  // namespace
}  // namespace hangil::cli
