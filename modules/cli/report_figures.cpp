// SPDX-License-Identifier: Apache-2.0
#include "cli/report_figures.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "evaluation/stamp_index.hpp"
#include "messages/compressed_image.hpp"
#include "viewer/figure.hpp"
#include "viewer/scene.hpp"

namespace hangil::cli {

using evaluation::DrivenRecording;
using evaluation::StampIndex;

namespace {

constexpr base::Duration kSameFrame{5'000'000}, kSameMoment{60'000'000}, kHistory{3'000'000'000};

// The large messages of the frames that get a picture.
struct FrameData {
  std::map<base::Time, messages::PointCloud2> points;
  std::map<base::Time, messages::ObstaclePoints> obstacles;
  std::map<base::Time, messages::CompressedImage> images;
};

bool is_near(const std::vector<base::Time>& stamps, base::Time stamp, base::Duration tolerance) {
  return std::any_of(stamps.begin(), stamps.end(),
                     [&](base::Time wanted) { return std::max(wanted - stamp, stamp - wanted) <= tolerance; });
}

template <class T>
base::Status keep(const recording::DriveMessage& message, std::map<base::Time, T>& into) {
  auto value = base::decode_cdr<T>(*message.cdr);
  if (!value) return value.error();
  into.emplace(message.stamp, *std::move(value));
  return {};
}

base::Result<FrameData> read_frames(const DrivenRecording& drive, const std::vector<base::Time>& stamps) {
  const std::vector<std::string> topics = {drive.frame_topic, std::string(evaluation::kObstaclesTopic),
                                           std::string(evaluation::kImageTopic)};
  auto reader = recording::DriveReader::open(drive.path, {.topics = topics});
  if (!reader) return reader.error();
  FrameData data;
  while (true) {
    const auto next = reader->next();
    if (!next) return next.error();
    if (!next->has_value()) return data;
    const recording::DriveMessage& message = **next;
    const std::string& type = reader->channels()[static_cast<std::size_t>(message.channel)].type;
    const bool is_image = type == messages::CompressedImage::kType;
    if (!is_near(stamps, message.stamp, is_image ? kSameMoment : kSameFrame)) continue;
    base::Status kept;
    if (is_image) kept = keep(message, data.images);
    if (type == messages::PointCloud2::kType) kept = keep(message, data.points);
    if (type == messages::ObstaclePoints::kType) kept = keep(message, data.obstacles);
    if (!kept) return base::Error{drive.path + ": " + type + ": " + kept.error().message};
  }
}

template <class T>
const T* nearest(const std::map<base::Time, T>& values, base::Time stamp, base::Duration tolerance) {
  StampIndex<T> index;
  for (const auto& [at, value] : values) index.add(at, value);
  return index.nearest(stamp, tolerance);
}

template <class T>
const T* message_at(const evaluation::Channel<T>& channel, base::Time stamp) {
  return StampIndex<T>(channel).nearest(stamp, kSameFrame);
}

const messages::TransformStamped* mounting(const DrivenRecording& drive, const std::string& frame_id) {
  for (const auto& message : drive.static_transforms) {
    for (const auto& transform : message.value.transforms) {
      if (transform.child_frame_id == frame_id && transform.header.frame_id == "ego") return &transform;
    }
  }
  return nullptr;
}

viewer::SceneMessages scene_messages(const DrivenRecording& drive, const math::PoseBuffer& poses, const FrameData& data,
                                     base::Time stamp) {
  viewer::SceneMessages scene;
  scene.points = nearest(data.points, stamp, kSameFrame);
  if (scene.points != nullptr) scene.T_ego_lidar = mounting(drive, scene.points->header.frame_id);
  scene.obstacles = nearest(data.obstacles, stamp, kSameFrame);
  scene.truth = message_at(drive.truth, stamp);
  scene.detections = message_at(drive.objects, stamp);
  scene.predictions = message_at(drive.predictions, stamp);
  scene.trajectory = message_at(drive.trajectories, stamp);
  if (!drive.mission.empty()) scene.mission = &drive.mission.front().value;
  for (const auto& message : drive.tracks) {
    if (message.stamp <= stamp + kSameFrame && stamp - message.stamp <= kHistory)
      scene.tracks.push_back(&message.value);
  }
  if (const auto pose = poses.at(stamp)) scene.T_map_ego = *pose;
  const auto* report = message_at(drive.safety_reports, stamp);
  scene.is_rejected = report != nullptr && !report->is_accepted;
  return scene;
}

// Boxes around ego at one frame: tracks, or detections where nothing is tracked.
std::vector<math::Box2> boxes_in_ego(const StampIndex<evaluation::CandidateFrame>& frames, base::Time stamp) {
  std::vector<math::Box2> boxes;
  if (const auto* frame = frames.nearest(stamp, kSameFrame)) {
    for (const auto& box : frame->boxes) boxes.push_back(evaluation::footprint(box.box));
  }
  return boxes;
}

double speed_mps(const math::PoseSample& pose) { return std::hypot(pose.vx_mps, pose.vy_mps); }

double acceleration_mps2(const math::PoseBuffer& poses, base::Time stamp) {
  const base::Duration half{250'000'000};
  const auto before = poses.at(stamp - half), after = poses.at(stamp + half);
  return before && after ? (speed_mps(*after) - speed_mps(*before)) / (half * 2).to_s() : 0;
}

}  // namespace

std::vector<viewer::FrameFacts> frame_facts(const DrivenRecording& drive) {
  const math::PoseBuffer poses = evaluation::poses_of(drive.poses());
  const auto around =
      drive.tracks.empty() ? evaluation::detections(drive.objects) : evaluation::confirmed_tracks(drive.tracks, poses);
  const auto obstacles = evaluation::obstacles_of(drive, poses);
  const auto plans = evaluation::plan_facts(evaluation::planning_input(drive, poses, obstacles));
  StampIndex<evaluation::CandidateFrame> box_index;
  for (const auto& frame : around) box_index.add(frame.stamp, frame);
  StampIndex<evaluation::PlanFacts> plan_index;
  for (const auto& plan : plans) plan_index.add(plan.stamp, plan);
  const math::Box2 ego = math::Footprint{}.at({});
  std::vector<viewer::FrameFacts> facts;
  for (const base::Time stamp : drive.frame_stamps) {
    viewer::FrameFacts& frame = facts.emplace_back(viewer::FrameFacts{.stamp = stamp});
    const auto boxes = boxes_in_ego(box_index, stamp);
    frame.object_count = static_cast<int>(boxes.size());
    for (const math::Box2& box : boxes) frame.closest_m = std::min(frame.closest_m, math::distance_m(ego, box));
    frame.acceleration_mps2 = acceleration_mps2(poses, stamp);
    if (const auto* plan = plan_index.nearest(stamp, kSameFrame)) {
      frame.plan_distance_m = plan->least_distance_m, frame.is_rejected = plan->is_rejected;
    }
  }
  return facts;
}

base::Result<std::vector<evaluation::ReportFigure>> figures_at(const DrivenRecording& drive,
                                                               const std::vector<PictureOrder>& orders) {
  std::vector<base::Time> stamps;
  for (const PictureOrder& order : orders) stamps.push_back(order.stamp);
  const auto data = read_frames(drive, stamps);
  if (!data) return data.error();
  const math::PoseBuffer poses = evaluation::poses_of(drive.poses());
  std::vector<evaluation::ReportFigure> figures;
  for (const auto& [stamp, title] : orders) {
    const auto scene = viewer::make_scene(scene_messages(drive, poses, *data, stamp));
    const auto svg = viewer::figure_svg(viewer::draw_birds_eye(scene), "bird's-eye view: " + title);
    if (!svg) return svg.error();
    const auto* image = nearest(data->images, stamp, kSameMoment);
    figures.push_back({title, stamp, *svg, image == nullptr ? "" : viewer::image_uri(image->format, image->data)});
  }
  return figures;
}

base::Result<std::vector<evaluation::ReportFigure>> report_figures(const DrivenRecording& drive) {
  const auto facts = frame_facts(drive);
  std::vector<PictureOrder> orders;
  for (const auto& key : viewer::pick_key_frames(facts)) {
    orders.push_back({facts[key.frame].stamp, fmt::format("{}", fmt::join(key.reasons, ", "))});
  }
  return figures_at(drive, orders);
}

}  // namespace hangil::cli
