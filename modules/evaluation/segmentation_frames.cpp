// SPDX-License-Identifier: Apache-2.0
#include "evaluation/segmentation_frames.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace hangil::evaluation {

namespace {

constexpr int kClassCount = 2;
constexpr std::size_t kWorstShown = 5;

std::uint8_t label_of(const std::uint8_t* rgb, LabelCoding coding) {
  switch (coding) {
    case LabelCoding::kKittiRoad:
      if (rgb[0] == 0) return LabelImage::kNotJudged;
      return rgb[2] > 0 ? LabelImage::kDrivable : LabelImage::kOther;
    case LabelCoding::kBdd:
      if (rgb[0] > 2) return LabelImage::kNotJudged;
      return rgb[0] < 2 ? LabelImage::kDrivable : LabelImage::kOther;
    case LabelCoding::kMask:
      break;
  }
  return rgb[0] == 0 && rgb[1] == 0 && rgb[2] == 0 ? LabelImage::kOther : LabelImage::kDrivable;
}

nlohmann::json iou_json(const SegmentationScore& score) {
  nlohmann::json iou;
  const char* const names[kClassCount] = {"other", "drivable"};
  for (std::size_t c = 0; c < kClassCount; ++c) {
    const auto& of_class = score.iou_by_class[c];
    iou[names[c]] = of_class ? nlohmann::json(*of_class) : nlohmann::json();
  }
  return iou;
}

std::string iou_text(const std::optional<double>& iou) { return iou ? fmt::format("{:.2f} %", 100 * *iou) : "none"; }

}  // namespace

LabelImage labels_of(int width, int height, std::span<const std::uint8_t> rgb, LabelCoding coding) {
  LabelImage image{width, height, std::vector<std::uint8_t>(rgb.size() / 3)};
  for (std::size_t i = 0; i < image.labels.size(); ++i) image.labels[i] = label_of(&rgb[3 * i], coding);
  return image;
}

base::Result<LabelImage> labels_of(const messages::DrivableArea& area, double least_probability) {
  const std::size_t columns = area.column_count, rows = area.row_count;
  constexpr std::uint32_t kMost_px = 32768;
  if (columns == 0 || rows == 0 || area.probability.size() != columns * rows || !(area.cell_px >= 1) ||
      area.width_px > kMost_px || area.height_px > kMost_px) {
    return base::Error{fmt::format("a drivable area of {} x {} cells of {} px holds {} of them", columns, rows,
                                   area.cell_px, area.probability.size())};
  }
  LabelImage image{static_cast<int>(area.width_px), static_cast<int>(area.height_px), {}};
  image.labels.resize(std::size_t{area.width_px} * area.height_px);
  const double least = 255 * least_probability;
  for (std::size_t y = 0; y < area.height_px; ++y) {
    const std::size_t row = std::min(static_cast<std::size_t>(static_cast<float>(y) / area.cell_px), rows - 1);
    for (std::size_t x = 0; x < area.width_px; ++x) {
      const std::size_t column = std::min(static_cast<std::size_t>(static_cast<float>(x) / area.cell_px), columns - 1);
      image.labels[y * area.width_px + x] = area.probability[row * columns + column] >= least ? 1 : 0;
    }
  }
  return image;
}

base::Result<SegmentationResult> evaluate_segmentation(std::vector<SegmentationFrame> frames) {
  if (frames.empty()) return base::Error{"there is no labelled picture"};
  SegmentationResult result{std::move(frames), {}};
  ConfusionMatrix all(kClassCount);
  for (SegmentationFrame& frame : result.frames) {
    if (frame.truth.width != frame.guess.width || frame.truth.height != frame.guess.height) {
      return base::Error{
          fmt::format("{}: labelled are {} x {} px, the guess has {} x {}: labels must be of the same, "
                      "rectified picture",
                      frame.name, frame.truth.width, frame.truth.height, frame.guess.width, frame.guess.height)};
    }
    ConfusionMatrix one(kClassCount);
    if (!one.add(frame.truth.labels, frame.guess.labels) || !all.add(frame.truth.labels, frame.guess.labels))
      return base::Error{frame.name + ": not as many labels as pixels"};
    frame.score = score_segmentation(one);
  }
  result.all = score_segmentation(all);
  return result;
}

std::vector<const SegmentationFrame*> worst_first(const SegmentationResult& result) {
  std::vector<const SegmentationFrame*> frames;
  for (const SegmentationFrame& frame : result.frames) frames.push_back(&frame);
  std::stable_sort(frames.begin(), frames.end(),
                   [](const auto* a, const auto* b) { return a->score.mean_iou < b->score.mean_iou; });
  return frames;
}

std::string segmentation_table(const SegmentationResult& result) {
  std::string text =
      fmt::format("{} pictures: mean IoU {:.2f} % (drivable {}, other {}), {:.2f} % of the pixels right\n",
                  result.frames.size(), 100 * result.all.mean_iou, iou_text(result.all.iou_by_class[1]),
                  iou_text(result.all.iou_by_class[0]), 100 * result.all.accuracy);
  const auto worst = worst_first(result);
  for (std::size_t i = 0; i < std::min(worst.size(), kWorstShown); ++i) {
    text += fmt::format("  {}: mean IoU {:.2f} %\n", worst[i]->name, 100 * worst[i]->score.mean_iou);
  }
  return text;
}

std::string segmentation_json(const SegmentationResult& result) {
  nlohmann::json pictures = nlohmann::json::array();
  for (const SegmentationFrame& frame : result.frames) {
    pictures.push_back({{"name", frame.name},
                        {"mean_iou", frame.score.mean_iou},
                        {"iou", iou_json(frame.score)},
                        {"accuracy", frame.score.accuracy}});
  }
  const nlohmann::json all = {{"mean_iou", result.all.mean_iou},
                              {"iou", iou_json(result.all)},
                              {"accuracy", result.all.accuracy},
                              {"pictures", std::move(pictures)}};
  return nlohmann::json{{"segmentation", all}}.dump();
}

std::vector<std::uint8_t> error_picture(const SegmentationFrame& frame) {
  using Colour = std::array<std::uint8_t, 3>;
  constexpr Colour kGrey = {128, 128, 128}, kBlack = {20, 20, 20}, kRight = {60, 160, 90}, kMissed = {60, 110, 220},
                   kFalse = {220, 70, 60};
  std::vector<std::uint8_t> rgb;
  rgb.reserve(3 * frame.truth.labels.size());
  for (std::size_t i = 0; i < frame.truth.labels.size(); ++i) {
    const bool is_drivable = frame.truth.labels[i] == LabelImage::kDrivable;
    const bool is_guessed = frame.guess.labels[i] == LabelImage::kDrivable;
    const Colour& colour = frame.truth.labels[i] == LabelImage::kNotJudged ? kGrey
                           : is_drivable                                   ? (is_guessed ? kRight : kMissed)
                                                                           : (is_guessed ? kFalse : kBlack);
    rgb.insert(rgb.end(), colour.begin(), colour.end());
  }
  return rgb;
}

}  // namespace hangil::evaluation
