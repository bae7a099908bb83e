// SPDX-License-Identifier: Apache-2.0
#include "evaluation/centre_frames.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "base/json.hpp"
#include "evaluation/camera_view.hpp"
#include "evaluation/protocol.hpp"
#include "evaluation/stamp_index.hpp"

namespace hangil::evaluation {

namespace {

using messages::ObjectClass;

constexpr std::array kCentreClasses = {ObjectClass::kCar,       ObjectClass::kVan,        ObjectClass::kTruck,
                                       ObjectClass::kBus,       ObjectClass::kPedestrian, ObjectClass::kCyclist,
                                       ObjectClass::kMotorcycle};

// Where labels end, if they end at a picture.
base::Result<std::optional<CameraView>> labelled_view(const DrivenRecording& drive) {
  const bool is_limited = std::any_of(drive.truth.begin(), drive.truth.end(),
                                      [](const auto& message) { return message.value.is_limited_to_image; });
  if (!is_limited) return std::optional<CameraView>();
  if (drive.camera_info.empty() || drive.static_transforms.empty()) {
    return base::Error{drive.path + ": labels end at the camera's picture, and there is no " +
                       std::string(drive.camera_info.empty() ? kCameraInfoTopic : kStaticTransformTopic)};
  }
  auto view = CameraView::make(drive.camera_info.front().value, drive.static_transforms.front().value.transforms);
  if (!view) return view.error();
  return std::optional<CameraView>(*std::move(view));
}

CentreFrame centre_frame(const messages::TruthObjects& truth, const messages::Objects* answer, ObjectClass asked,
                         const std::optional<CameraView>& view) {
  const Protocol protocol;
  CentreFrame frame;
  for (const messages::TruthObject& object : truth.objects) {
    if (object.object_class != asked || !is_counted(object, truth.is_limited_to_image, protocol)) continue;
    frame.truths.push_back({object.box});
  }
  if (answer == nullptr) return frame;
  for (const messages::Object& object : answer->objects) {
    if (object.object_class != asked || !is_sound(object.box)) continue;
    if (distance_m(object.box) > protocol.max_distance_m || (view && !view->sees_centre(object.box))) continue;
    frame.guesses.push_back({.box = object.box, .score = object.existence_probability});
  }
  return frame;
}

// One class of every labelled frame.
base::Result<std::vector<CentreFrame>> centre_frames(const DrivenRecording& drive,
                                                     const Channel<messages::Objects>& objects, ObjectClass asked) {
  if (drive.truth.empty()) return base::Error{drive.path + ": no " + std::string(kTruthTopic) + " to compare with"};
  const auto view = labelled_view(drive);
  if (!view) return view.error();
  StampIndex<messages::Objects> answers;
  for (const auto& message : objects) answers.add(message.value.header.stamp, message.value);
  std::vector<CentreFrame> frames;
  for (const auto& truth : drive.truth) {
    const auto* answer = answers.nearest(truth.value.header.stamp, Protocol{}.max_stamp_difference);
    frames.push_back(centre_frame(truth.value, answer, asked, *view));
  }
  return frames;
}

std::string errors_text(const TruePositiveErrors& errors) {
  return fmt::format("{:7.2f} {:7.2f} {:7.2f}", errors.translation_m, errors.scale, errors.heading_rad.value_or(1));
}

}  // namespace

base::Result<std::vector<CentreRow>> centre_rows(const DrivenRecording& drive,
                                                 const Channel<messages::Objects>& objects) {
  std::vector<CentreRow> rows;
  for (const ObjectClass asked : kCentreClasses) {
    const auto frames = centre_frames(drive, objects, asked);
    if (!frames) return frames.error();
    CentreRow row{.object_class = asked};
    for (const CentreFrame& frame : *frames) row.truth_count += static_cast<int>(frame.truths.size());
    if (row.truth_count == 0) continue;
    row.score = score_by_centre(*frames, {.has_velocity = false, .has_attribute = false});
    rows.push_back(row);
  }
  return rows;
}

base::Result<std::vector<FrameErrors>> centre_frame_errors(const DrivenRecording& drive,
                                                           const Channel<messages::Objects>& objects) {
  std::vector<FrameErrors> sum(drive.truth.size());
  for (const ObjectClass asked : kCentreClasses) {
    const auto frames = centre_frames(drive, objects, asked);
    if (!frames) return frames.error();
    for (const FrameErrors& errors : centre_errors(*frames)) {
      FrameErrors& frame = sum[errors.frame];
      frame.frame = errors.frame, frame.missed += errors.missed, frame.wrong += errors.wrong;
    }
  }
  return sum;
}

CentreTotal total_of(std::span<const CentreRow> rows) {
  if (rows.empty()) return {};
  CentreTotal total{.translation_m = 0, .scale = 0, .heading_rad = 0};
  const double part = 1.0 / static_cast<double>(rows.size());
  for (const CentreRow& row : rows) {
    total.mean_average_precision += part * row.score.mean_average_precision;
    total.translation_m += part * row.score.errors.translation_m;
    total.scale += part * row.score.errors.scale;
    total.heading_rad += part * row.score.errors.heading_rad.value_or(1);
  }
  total.score = 5 * total.mean_average_precision;
  for (const double error : {total.translation_m, total.scale, total.heading_rad}) {
    total.score += std::max(0.0, 1 - error);
  }
  total.score /= 8;
  return total;
}

std::string centre_table(std::span<const CentreRow> rows) {
  std::string text = fmt::format("{:11} {:>7} {:>6} {:>6} {:>6} {:>6} {:>6} {:>7} {:>7} {:>7}\n", "class", "labels",
                                 "0.5 m", "1 m", "2 m", "4 m", "AP", "ATE m", "ASE", "AOE rad");
  for (const CentreRow& row : rows) {
    const auto& ap = row.score.average_precision;
    text += fmt::format("{:11} {:7} {:6.2f} {:6.2f} {:6.2f} {:6.2f} {:6.2f} {}\n",
                        messages::class_name(row.object_class), row.truth_count, 100 * ap[0], 100 * ap[1], 100 * ap[2],
                        100 * ap[3], 100 * row.score.mean_average_precision, errors_text(row.score.errors));
  }
  const CentreTotal total = total_of(rows);
  return text + fmt::format("mAP {:.2f}, ATE {:.2f} m, ASE {:.2f}, AOE {:.2f} rad, NDS of these {:.2f}\n",
                            100 * total.mean_average_precision, total.translation_m, total.scale, total.heading_rad,
                            100 * total.score);
}

std::string centre_json(std::span<const CentreRow> rows) {
  std::string text = "{\"nuscenes\":[";
  for (const CentreRow& row : rows) {
    if (text.back() != '[') text += ",";
    text += fmt::format("{{\"class\":{},\"labels\":{},\"ap\":{},\"translation_m\":{},\"scale\":{},\"heading_rad\":{}}}",
                        base::json_quote(messages::class_name(row.object_class)), row.truth_count,
                        base::json_number(row.score.mean_average_precision),
                        base::json_number(row.score.errors.translation_m), base::json_number(row.score.errors.scale),
                        base::json_number(row.score.errors.heading_rad.value_or(1)));
  }
  const CentreTotal total = total_of(rows);
  return text + fmt::format("],\"map\":{},\"score\":{}}}", base::json_number(total.mean_average_precision),
                            base::json_number(total.score));
}

}  // namespace hangil::evaluation
