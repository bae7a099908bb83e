// SPDX-License-Identifier: Apache-2.0
#include "evaluation/image_frames.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/json.hpp"

namespace hangil::evaluation {

namespace {

using messages::ObjectClass;

constexpr base::Duration kSameMoment{60'000'000};
constexpr float kLeastHeight_px = 25;
constexpr std::array kImageClasses = {ObjectClass::kCar,        ObjectClass::kTruck,   ObjectClass::kBus,
                                      ObjectClass::kPedestrian, ObjectClass::kCyclist, ObjectClass::kMotorcycle};

ImageFrame image_frame(const messages::TruthObjects& truth, const messages::ImageObjects* answer, ObjectClass asked) {
  ImageFrame frame;
  for (const messages::TruthObject& object : truth.objects) {
    const bool is_van = asked == ObjectClass::kCar && object.object_class == ObjectClass::kVan;
    if (!object.is_in_image || (object.object_class != asked && !is_van)) continue;
    const bool is_low = object.image_box.bottom_px - object.image_box.top_px < kLeastHeight_px;
    frame.truths.push_back({object.image_box, is_van || is_low, false});
  }
  for (const messages::ImageBox& region : truth.ignore_regions) frame.truths.push_back({region, true, true});
  if (answer == nullptr) return frame;
  for (const messages::ImageObject& object : answer->objects) {
    if (object.object_class != asked || object.y_max_px - object.y_min_px < kLeastHeight_px) continue;
    frame.guesses.push_back({{object.x_min_px, object.y_min_px, object.x_max_px, object.y_max_px},
                             static_cast<double>(object.existence_probability)});
  }
  return frame;
}

base::Result<std::vector<ImageFrame>> image_frames(const DrivenRecording& drive,
                                                   const Channel<messages::ImageObjects>& objects, ObjectClass asked) {
  if (drive.truth.empty()) return base::Error{drive.path + ": no " + std::string(kTruthTopic) + " to compare with"};
  std::vector<ImageFrame> frames;
  for (const auto& truth : drive.truth) {
    frames.push_back(image_frame(truth.value, image_objects_at(objects, truth.value.header.stamp), asked));
  }
  return frames;
}

}  // namespace

const messages::ImageObjects* image_objects_at(const Channel<messages::ImageObjects>& objects, base::Time stamp) {
  const messages::ImageObjects* best = nullptr;
  base::Duration least = kSameMoment + base::Duration{1};
  for (const auto& message : objects) {
    const base::Time at = message.value.header.stamp;
    const base::Duration apart = std::max(at - stamp, stamp - at);
    if (apart < least) least = apart, best = &message.value;
  }
  return best;
}

base::Result<std::vector<ImageRow>> image_rows(const DrivenRecording& drive,
                                               const Channel<messages::ImageObjects>& objects) {
  std::vector<ImageRow> rows;
  for (const ObjectClass asked : kImageClasses) {
    const auto frames = image_frames(drive, objects, asked);
    if (!frames) return frames.error();
    const ImageRow row{asked, score_in_pictures(*frames)};
    if (row.score.truth_count > 0) rows.push_back(row);
  }
  if (rows.empty()) return base::Error{drive.path + ": no label has a box in the picture"};
  return rows;
}

base::Result<std::vector<FrameErrors>> image_frame_errors(const DrivenRecording& drive,
                                                          const Channel<messages::ImageObjects>& objects) {
  std::vector<FrameErrors> sum(drive.truth.size());
  for (const ObjectClass asked : kImageClasses) {
    const auto frames = image_frames(drive, objects, asked);
    if (!frames) return frames.error();
    for (const FrameErrors& errors : errors_in_pictures(*frames)) {
      FrameErrors& frame = sum[errors.frame];
      frame.frame = errors.frame, frame.missed += errors.missed, frame.wrong += errors.wrong;
    }
  }
  return sum;
}

namespace {

double mean_precision(std::span<const ImageRow> rows) {
  double sum = 0;
  for (const ImageRow& row : rows) sum += row.score.average_precision;
  return rows.empty() ? 0 : sum / static_cast<double>(rows.size());
}

}  // namespace

std::string image_table(std::span<const ImageRow> rows) {
  std::string text = fmt::format("{:11} {:>7} {:>7} {:>7} {:>7}\n", "class", "labels", "AP", "AP50", "AR");
  for (const ImageRow& row : rows) {
    text += fmt::format("{:11} {:7} {:7.2f} {:7.2f} {:7.2f}\n", messages::class_name(row.object_class),
                        row.score.truth_count, 100 * row.score.average_precision, 100 * row.score.average_precision_50,
                        100 * row.score.average_recall);
  }
  return text + fmt::format("COCO mAP (IoU 0.5 to 0.95) {:.2f} %\n", 100 * mean_precision(rows));
}

std::string image_json(std::span<const ImageRow> rows) {
  std::string text = "{\"coco\":[";
  for (const ImageRow& row : rows) {
    if (text.back() != '[') text += ",";
    text += fmt::format("{{\"class\":{},\"labels\":{},\"ap\":{},\"ap50\":{},\"ar\":{}}}",
                        base::json_quote(messages::class_name(row.object_class)), row.score.truth_count,
                        base::json_number(row.score.average_precision),
                        base::json_number(row.score.average_precision_50), base::json_number(row.score.average_recall));
  }
  return text + "],\"map\":" + base::json_number(mean_precision(rows)) + "}";
}

}  // namespace hangil::evaluation
