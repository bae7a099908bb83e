// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "cli/program.hpp"
#include "viewer/png.hpp"

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

// The labels are a picture too: a page of them against themselves is all right, and against others it is not.
TEST(EvalCommand, SegmentationComparesFoldersOfMasksAndSaysWhatDoesNotFit) {
  const std::string all = own_folder() + "masks", half = own_folder() + "half_masks";
  std::filesystem::create_directories(all), std::filesystem::create_directories(half);
  viewer::Raster whole(8, 4, {255, 255, 255});
  viewer::RgbPicture left{8, 4, std::vector<std::uint8_t>(96)};
  for (std::size_t i = 0; i < 96; ++i) left.rgb[i] = i / 3 % 8 < 4 ? 255 : 0;
  const auto save = [](const std::string& path, const base::Bytes& png) {
    std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(png.data()), std::ssize(png));
  };
  save(all + "/a.png", *viewer::encode_png(whole));
  save(half + "/a.png", *viewer::encode_png(left));
  const Outcome same = hangil("eval segmentation " + half + " --truth " + half);
  EXPECT_TRUE(contains(same.out, "mean IoU 100.00 %")) << same.out << same.err;
  const std::string page = own_folder() + "segmentation.html";
  const Outcome told = hangil("eval segmentation " + all + " --truth " + half + " --json --html " + page);
  ASSERT_EQ(told.exit_code, 0) << told.err;
  const auto json = nlohmann::json::parse(told.out)["segmentation"];
  EXPECT_NEAR(json["mean_iou"].get<double>(), 0.25, 1e-9);
  EXPECT_NEAR(json["iou"]["drivable"].get<double>(), 0.5, 1e-9);
  EXPECT_TRUE(contains(read_text(page), "a.png: mean IoU 25.0 %") && contains(read_text(page), "data:image/png"));
  (void)write_text("masks/b.png", "no picture");
  const Outcome bad = hangil("eval segmentation " + half + " --truth " + all);
  EXPECT_TRUE(contains(bad.err, "b.png: PNG")) << bad.err;
  const Outcome none = hangil("eval segmentation " + replayed_drive() + " --truth " + half);
  EXPECT_EQ(none.exit_code, 1);
  EXPECT_TRUE(contains(none.err, "drivable_area")) << none.err;
}

}  // namespace
}  // namespace hangil::cli
