// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "evaluation/detection.hpp"
#include "evaluation/driven_recording.hpp"
#include "evaluation/latency.hpp"
#include "evaluation/planning.hpp"
#include "evaluation/prediction.hpp"
#include "evaluation/tracking.hpp"

namespace hangil::evaluation {

// What was driven, and by what.
struct DriveFacts {
  static constexpr std::string_view kType = "hangil_msgs/msg/DriveFacts";
  std::string name;                                                       // of the file, without folder
  double duration_s = 0, driven_m = kNoValue, mean_speed_mps = kNoValue;  // null: no poses
  std::uint64_t frame_count = 0;
  std::string frame_topic;
  std::string pipeline, executive, latency_mode, build, digest;
  std::uint32_t worker_count = 0;
  double wall_s = 0, frames_per_s = kNoValue;  // of the run, compute time of this machine
  std::string damage;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("name", self.name);
    visit("duration_s", self.duration_s);
    visit("driven_m", self.driven_m);
    visit("mean_speed_mps", self.mean_speed_mps);
    visit("frame_count", self.frame_count);
    visit("frame_topic", self.frame_topic);
    visit("pipeline", self.pipeline);
    visit("executive", self.executive);
    visit("latency_mode", self.latency_mode);
    visit("build", self.build);
    visit("digest", self.digest);
    visit("worker_count", self.worker_count);
    visit("wall_s", self.wall_s);
    visit("frames_per_s", self.frames_per_s);
    visit("damage", self.damage);
  }
};

// A family whose input is missing holds the reason instead ("no /truth/objects in this recording").
struct Evaluation {
  DriveFacts drive;
  base::Result<DetectionResult> detection;
  base::Result<TrackingResult> tracking;
  base::Result<PredictionResult> prediction;
  base::Result<PlanningResult> planning;
  base::Result<LatencyResult> latency;
};

DriveFacts drive_facts(const DrivenRecording& drive);
// Needs only what the run says about itself; validators' findings of stale data count as events "stale". Error: the
// recording was never driven.
base::Result<LatencyResult> evaluate_latency(const DrivenRecording& drive);

// The host times and critical paths of a run; empty where it was not recorded.
std::vector<runtime::FramePath> frame_paths(const DrivenRecording& drive);
// What the planner left behind and the world it is judged in. `poses` and `obstacles` must outlive the result.
PlanningInput planning_input(const DrivenRecording& drive, const math::PoseBuffer& poses,
                             const ObjectHistory& obstacles);
// Labelled objects where there are labels, else tracks.
ObjectHistory obstacles_of(const DrivenRecording& drive, const math::PoseBuffer& poses);

Evaluation evaluate(const DrivenRecording& drive, const Protocol& protocol = {});

// One object with a member per family: "drive", "detection", "tracking", "prediction", "planning", "latency". A family
// without input is {"missing": "why"}. Numbers that do not exist are null.
std::string to_json(const Evaluation& evaluation);

}  // namespace hangil::evaluation
