// SPDX-License-Identifier: Apache-2.0
#include "evaluation/kitti_frames.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/json.hpp"
#include "evaluation/camera_view.hpp"
#include "evaluation/protocol.hpp"

namespace hangil::evaluation {

namespace {

using messages::ObjectClass;

KittiRole role_of(const messages::TruthObject& truth, ObjectClass asked) {
  const bool is_sitting = truth.label == "Person_sitting";
  if (truth.object_class == asked && !is_sitting) return KittiRole::kAsked;
  const bool is_neighbour = (asked == ObjectClass::kCar && truth.object_class == ObjectClass::kVan) ||
                            (asked == ObjectClass::kPedestrian && is_sitting);
  return is_neighbour ? KittiRole::kNeighbour : KittiRole::kOther;
}

// The last message stamped at or before `stamp`, else the first.
template <class T>
const T& message_at(const Channel<T>& channel, base::Time stamp) {
  const auto after = std::find_if(channel.begin(), channel.end(), [&](const auto& m) { return m.stamp > stamp; });
  return after == channel.begin() ? after->value : std::prev(after)->value;
}

base::Result<CameraView> view_at(const DrivenRecording& drive, base::Time stamp) {
  if (drive.camera_info.empty()) return base::Error{drive.path + ": no " + std::string(kCameraInfoTopic)};
  if (drive.static_transforms.empty()) return base::Error{drive.path + ": no " + std::string(kStaticTransformTopic)};
  return CameraView::make(message_at(drive.camera_info, stamp), message_at(drive.static_transforms, stamp).transforms);
}

void add_guesses(const messages::Objects& objects, const CameraView& view, ObjectClass asked, KittiFrame& frame) {
  for (const messages::Object& object : objects.objects) {
    if (object.object_class != asked || !is_sound(object.box)) continue;
    const auto image_box = view.image_box(object.box);
    if (image_box) frame.guesses.push_back({object.box, *image_box, object.existence_probability});
  }
}

constexpr std::array kKittiClasses = {ObjectClass::kCar, ObjectClass::kPedestrian, ObjectClass::kCyclist};
double least_overlap_of(ObjectClass asked) { return asked == ObjectClass::kCar ? 0.7 : 0.5; }

constexpr std::array<const char*, 3> kOverlapNames = {"image", "bev", "3d"};

const char* name_of(KittiOverlap overlap) { return kOverlapNames[static_cast<std::size_t>(overlap)]; }

}  // namespace

base::Result<std::vector<KittiFrame>> kitti_frames(const DrivenRecording& drive,
                                                   const Channel<messages::Objects>& objects, ObjectClass object_class,
                                                   const std::set<std::size_t>& numbers) {
  if (drive.truth.empty()) return base::Error{drive.path + ": no " + std::string(kTruthTopic) + " to compare with"};
  std::vector<KittiFrame> frames;
  for (std::size_t i = 0; i < drive.truth.size(); ++i) {
    if (!numbers.empty() && !numbers.contains(i)) continue;
    const messages::TruthObjects& truth = drive.truth[i].value;
    const auto view = view_at(drive, truth.header.stamp);
    if (!view) return view.error();
    KittiFrame frame{.ignore_regions = truth.ignore_regions};
    for (const messages::TruthObject& object : truth.objects) {
      frame.truths.push_back(
          {object.box, object.image_box, role_of(object, object_class), object.truncation_ratio, object.occlusion});
    }
    const auto answer = std::find_if(objects.begin(), objects.end(), [&](const auto& message) {
      return message.value.header.stamp == truth.header.stamp;
    });
    if (answer != objects.end()) add_guesses(answer->value, *view, object_class, frame);
    frames.push_back(std::move(frame));
  }
  return frames;
}

base::Result<std::vector<KittiRow>> kitti_rows(const DrivenRecording& drive, const Channel<messages::Objects>& objects,
                                               const std::set<std::size_t>& numbers) {
  std::vector<KittiRow> rows;
  for (const ObjectClass asked : kKittiClasses) {
    const auto frames = kitti_frames(drive, objects, asked, numbers);
    if (!frames) return frames.error();
    for (const KittiOverlap overlap : {KittiOverlap::kImage, KittiOverlap::kGround, KittiOverlap::kVolume}) {
      KittiRow row{asked, overlap, least_overlap_of(asked), {}, {}, {}};
      for (std::size_t d = 0; d < kKittiDifficulties.size(); ++d) {
        const auto precision = kitti_precision(*frames, {overlap, row.least_overlap, kKittiDifficulties[d]});
        row.average_precision[d] = precision.average_precision, row.truth_count[d] = precision.truth_count;
        if (d == 1) row.moderate = precision.points;
      }
      rows.push_back(row);
    }
  }
  return rows;
}

base::Result<std::vector<FrameErrors>> kitti_frame_errors(const DrivenRecording& drive,
                                                          const Channel<messages::Objects>& objects,
                                                          const std::set<std::size_t>& numbers) {
  std::vector<FrameErrors> sum;
  for (const ObjectClass asked : kKittiClasses) {
    const auto frames = kitti_frames(drive, objects, asked, numbers);
    if (!frames) return frames.error();
    const auto errors = kitti_errors(*frames, {KittiOverlap::kGround, least_overlap_of(asked), kKittiDifficulties[1]});
    sum.resize(errors.size());
    for (std::size_t i = 0; i < errors.size(); ++i) {
      sum[i].missed += errors[i].missed, sum[i].wrong += errors[i].wrong;
    }
  }
  std::size_t i = 0;
  for (std::size_t number = 0; number < drive.truth.size() && i < sum.size(); ++number) {
    if (numbers.empty() || numbers.contains(number)) sum[i++].frame = number;
  }
  return sum;
}

std::string kitti_table(std::span<const KittiRow> rows) {
  std::string text = "KITTI AP, 40 recall points, %          easy      moderate          hard  (labels)\n";
  for (const KittiRow& row : rows) {
    text += fmt::format("{:<11} {:<5} IoU {:.1f}      ", messages::class_name(row.object_class), name_of(row.overlap),
                        row.least_overlap);
    for (std::size_t d = 0; d < 3; ++d) {
      text += row.truth_count[d] == 0
                  ? "     - (   0)"
                  : fmt::format(" {:6.2f} ({:4})", 100 * row.average_precision[d], row.truth_count[d]);
    }
    text += "\n";
  }
  return text;
}

std::string kitti_json(std::span<const KittiRow> rows) {
  constexpr std::array<const char*, 3> kNames = {"easy", "moderate", "hard"};
  std::string text = "{\"kitti\":[";
  for (const KittiRow& row : rows) {
    text += fmt::format("{}{{\"class\":{},\"overlap\":\"{}\",\"least_overlap\":{}", text.back() == '[' ? "" : ",",
                        base::json_quote(messages::class_name(row.object_class)), name_of(row.overlap),
                        base::json_number(row.least_overlap));
    for (std::size_t d = 0; d < 3; ++d) {
      text += fmt::format(",\"{}\":{},\"{}_labels\":{}", kNames[d], base::json_number(row.average_precision[d]),
                          kNames[d], row.truth_count[d]);
    }
    text += "}";
  }
  return text + "]}";
}

}  // namespace hangil::evaluation
