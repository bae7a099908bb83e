// SPDX-License-Identifier: Apache-2.0
#include "evaluation/evaluation.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "base/digest.hpp"
#include "base/json.hpp"
#include "evaluation/labelled_motion.hpp"

namespace hangil::evaluation {

namespace {

// With the reason where the run left out the module that should have written it.
base::Error missing(const DrivenRecording& drive, std::string_view topic) {
  std::string text = "no " + std::string(topic) + " in this recording";
  if (!drive.info) return {text};
  for (const auto& channel : drive.info->channels) {
    if (channel.topic != topic || channel.writer < 0) continue;
    const auto writer = static_cast<std::size_t>(channel.writer);
    if (writer >= drive.info->modules.size() || !drive.info->modules[writer].is_left_out) continue;
    const runtime::ModuleInfo& module = drive.info->modules[writer];
    text += ": module " + module.name + " is left out (" + module.left_out_reason + ")";
  }
  return {text};
}

base::Result<CameraView> camera_view(const DrivenRecording& drive) {
  if (drive.camera_info.empty()) return missing(drive, kCameraInfoTopic);
  std::vector<messages::TransformStamped> transforms;
  for (const auto& message : drive.static_transforms) {
    transforms.insert(transforms.end(), message.value.transforms.begin(), message.value.transforms.end());
  }
  return CameraView::make(drive.camera_info.front().value, transforms);
}

base::Result<DetectionResult> detection(const DrivenRecording& drive, const CameraView* view,
                                        const Protocol& protocol) {
  if (drive.truth.empty()) return missing(drive, kTruthTopic);
  if (drive.objects.empty()) return missing(drive, kObjectsTopic);
  return evaluate_detection(pair_with_truth(drive.truth, detections(drive.objects), protocol), view, protocol);
}

base::Result<TrackingResult> tracking(const DrivenRecording& drive, const math::PoseBuffer& poses,
                                      const CameraView* view, const Protocol& protocol) {
  if (drive.truth.empty()) return missing(drive, kTruthTopic);
  if (drive.tracks.empty()) return missing(drive, kTracksTopic);
  const bool is_in_map = drive.tracks.front().value.header.frame_id != "ego";
  if (is_in_map && poses.empty()) return base::Error{"tracks are in frame map, but the recording holds no pose"};
  const auto truth = with_velocities(drive.truth, poses);
  return evaluate_tracking(pair_with_truth(truth, confirmed_tracks(drive.tracks, poses), protocol), view, protocol);
}

base::Result<PredictionResult> prediction(const DrivenRecording& drive, const math::PoseBuffer& poses,
                                          const Protocol& protocol) {
  if (drive.truth.empty()) return missing(drive, kTruthTopic);
  if (drive.predictions.empty()) return missing(drive, kPredictionsTopic);
  if (poses.empty()) return base::Error{"labels cannot be brought to frame map: the recording holds no pose"};
  return evaluate_prediction(drive.predictions, drive.truth, poses, protocol);
}

base::Result<PlanningResult> planning(const DrivenRecording& drive, const math::PoseBuffer& poses) {
  if (drive.trajectories.empty()) return missing(drive, kTrajectoryTopic);
  const ObjectHistory obstacles = obstacles_of(drive, poses);
  PlanningResult result = evaluate_planning(planning_input(drive, poses, obstacles));
  if (!obstacles.empty()) result.obstacles = drive.truth.empty() ? "tracks" : "truth";
  return result;
}

std::int32_t writer_of(const runtime::RunInfo& info, std::string_view topic) {
  for (const auto& channel : info.channels) {
    if (channel.topic == topic) return channel.writer;
  }
  return -1;
}

// What the validators found too old, as events.
void add_stale(const DrivenRecording& drive, const Channel<messages::SafetyReport>& reports, std::string_view topic,
               std::vector<runtime::EventRecord>& events) {
  const std::int32_t module = writer_of(*drive.info, topic);
  for (const auto& report : reports) {
    for (const messages::SafetyFinding& finding : report.value.findings) {
      if (!finding.check.ends_with("stale")) continue;
      events.push_back({report.stamp, "stale", module, -1, 0, finding.check + ": " + finding.reason});
    }
  }
}

std::vector<runtime::EventRecord> events_of(const DrivenRecording& drive) {
  std::vector<runtime::EventRecord> events = drive.events;
  add_stale(drive, drive.safety_reports, kSafetyReportTopic, events);
  add_stale(drive, drive.command_reports, kCommandReportTopic, events);
  std::stable_sort(events.begin(), events.end(), [](const auto& a, const auto& b) { return a.time < b.time; });
  return events;
}

void add_motion(const DrivenRecording& drive, DriveFacts& facts) {
  const auto& poses = drive.poses();
  if (poses.empty()) return;
  facts.driven_m = 0;
  for (std::size_t i = 1; i < poses.size(); ++i) {
    const auto &a = poses[i - 1].value.pose.pose.position, &b = poses[i].value.pose.pose.position;
    const double step_m = std::hypot(b.x - a.x, b.y - a.y);
    if (std::isfinite(step_m)) facts.driven_m += step_m;
  }
  if (poses.size() > 1) {
    facts.mean_speed_mps = ratio(facts.driven_m, (poses.back().stamp - poses.front().stamp).to_s());
  }
}

template <class Family>
std::string member(std::string_view name, const base::Result<Family>& family) {
  const std::string value =
      family ? base::to_json(*family) : "{\"missing\":" + base::json_quote(family.error().message) + "}";
  return ",\n" + base::json_quote(name) + ":" + value;
}

}  // namespace

DriveFacts drive_facts(const DrivenRecording& drive) {
  DriveFacts facts{.name = std::filesystem::path(drive.path).filename().string(),
                   .duration_s = (drive.end - drive.start).to_s(),
                   .frame_count = drive.frame_stamps.size(),
                   .frame_topic = drive.frame_topic,
                   .damage = drive.damage};
  add_motion(drive, facts);
  if (drive.info) {
    facts.pipeline = drive.info->pipeline, facts.executive = drive.info->executive;
    facts.latency_mode = drive.info->latency_mode, facts.build = drive.info->build;
    facts.worker_count = drive.info->worker_count;
  }
  if (drive.summary) {
    facts.digest = base::digest_text(drive.summary->digest);
    facts.wall_s = drive.summary->wall.to_s();
    facts.frames_per_s = ratio(static_cast<double>(drive.summary->frame_count), facts.wall_s);
  }
  return facts;
}

std::vector<runtime::FramePath> frame_paths(const DrivenRecording& drive) {
  if (!drive.info) return {};
  return runtime::critical_paths(*drive.info, drive.activations, drive.frame_stamps);
}

base::Result<LatencyResult> evaluate_latency(const DrivenRecording& drive) {
  if (!drive.info) return missing(drive, runtime::kInfoTopic);
  const auto paths = frame_paths(drive);
  const auto events = events_of(drive);
  return evaluate_latency({.info = &*drive.info,
                           .frame_stamps = drive.frame_stamps,
                           .paths = paths,
                           .activations = drive.activations,
                           .drops = drive.drops,
                           .events = events});
}

PlanningInput planning_input(const DrivenRecording& drive, const math::PoseBuffer& poses,
                             const ObjectHistory& obstacles) {
  return {.frame_stamps = drive.frame_stamps,
          .trajectories = drive.trajectories,
          .reports = drive.safety_reports,
          .command_reports = drive.command_reports,
          .commands = drive.commands,
          .poses = &poses,
          .obstacles = &obstacles,
          .vehicle = {}};
}

ObjectHistory obstacles_of(const DrivenRecording& drive, const math::PoseBuffer& poses) {
  return drive.truth.empty() ? history_of(drive.tracks) : history_of(drive.truth, poses);
}

Evaluation evaluate(const DrivenRecording& drive, const Protocol& protocol) {
  const math::PoseBuffer poses = poses_of(drive.poses());
  const auto made = camera_view(drive);
  const CameraView* view = made ? &*made : nullptr;
  return {drive_facts(drive),
          detection(drive, view, protocol),
          tracking(drive, poses, view, protocol),
          prediction(drive, poses, protocol),
          planning(drive, poses),
          evaluate_latency(drive)};
}

std::string to_json(const Evaluation& evaluation) {
  return "{\"drive\":" + base::to_json(evaluation.drive) + member("detection", evaluation.detection) +
         member("tracking", evaluation.tracking) + member("prediction", evaluation.prediction) +
         member("planning", evaluation.planning) + member("latency", evaluation.latency) + "}";
}

}  // namespace hangil::evaluation
