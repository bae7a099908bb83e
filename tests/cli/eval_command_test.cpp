// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"

namespace hangil::cli {
namespace {

nlohmann::json evaluation_of(const std::string& drive) {
  const Outcome told = hangil("eval --json " + drive);
  EXPECT_EQ(told.exit_code, 0) << told.err;
  return nlohmann::json::parse(told.out, nullptr, false);
}

TEST(EvalCommand, TheBuiltInDriveHasNoBoxOfImpossibleSize) {
  // Poles there are seen in a single column of the scan.
  const auto all = evaluation_of(replayed_drive());
  EXPECT_EQ(all["detection"]["invalid_box_count"], 0);
  EXPECT_EQ(all["tracking"]["invalid_box_count"], 0);
  EXPECT_GT(all["detection"]["scores"]["total"]["recall_ratio"], 0.5);
}

// A page that shows curves and worst frames and loads nothing from elsewhere.
void expect_page(const std::string& path, const std::string& part) {
  const std::string html = read_text(path);
  EXPECT_TRUE(contains(html, "<!DOCTYPE html>") && contains(html, part)) << path << ": " << html.size() << " bytes";
  EXPECT_TRUE(contains(html, "<svg"));
  for (const char* elsewhere : {"src=\"http", "href=\"http", "url(http"}) EXPECT_FALSE(contains(html, elsewhere));
}

TEST(EvalCommand, DetectionWritesAPageWithCurvesAndTheWorstFrames) {
  const std::string page = own_folder() + "detection.html";
  const Outcome told = hangil("eval detection " + replayed_drive() + " --protocol nuscenes --html " + page);
  ASSERT_EQ(told.exit_code, 0) << told.err;
  EXPECT_TRUE(contains(told.out, "mAP")) << told.out;
  expect_page(page, "Precision by recall");
  expect_page(page, "The worst");
  const Outcome over = hangil("eval detection " + replayed_drive() + " --protocol nuscenes --html " + replayed_drive());
  EXPECT_EQ(over.exit_code, 2) << over.err;
  const Outcome blind = hangil("eval detection " + replayed_drive() + " --protocol coco");
  EXPECT_EQ(blind.exit_code, 1);
  EXPECT_TRUE(contains(blind.err, "no /camera/front/objects")) << blind.err;
}

TEST(EvalCommand, LanesWriteAPageWithTheWorstPictures) {
  const std::string truth =
      write_text("truth.json",
                 "{\"raw_file\":\"a.jpg\",\"lanes\":[[100,110,120]],\"h_samples\":[300,400,500]}\n"
                 "{\"raw_file\":\"b.jpg\",\"lanes\":[[100,110,120]],\"h_samples\":[300,400,500]}\n");
  const std::string guesses = write_text("guesses.json",
                                         "{\"raw_file\":\"a.jpg\",\"lanes\":[[101,111,121]]}\n"
                                         "{\"raw_file\":\"b.jpg\",\"lanes\":[[101,111,421]]}\n");
  const std::string page = own_folder() + "lanes.html";
  const Outcome told = hangil("eval lanes " + guesses + " --truth " + truth + " --html " + page);
  ASSERT_EQ(told.exit_code, 0) << told.err;
  expect_page(page, "b.jpg: accuracy 66.7 %");
  const std::string html = read_text(page);
  EXPECT_LT(html.find("b.jpg"), html.find("a.jpg")) << "the worst comes first";
  EXPECT_EQ(hangil("eval lanes " + guesses + " --truth " + truth + " --html " + truth).exit_code, 2);
}

}  // namespace
}  // namespace hangil::cli
