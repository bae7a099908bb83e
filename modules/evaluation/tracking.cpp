// SPDX-License-Identifier: Apache-2.0
#include "evaluation/tracking.hpp"

#include <cmath>
#include <set>

#include "evaluation/detection.hpp"

namespace hangil::evaluation {

namespace {

// One labelled object over the drive.
struct Life {
  std::uint32_t counted_frames = 0, found_frames = 0, switches = 0, fragmentations = 0;
  std::int64_t last_track = -1;
  bool is_lost = false;
};

void live_on(Life& life, const Candidate* found) {
  ++life.counted_frames;
  if (found == nullptr) {
    life.is_lost = life.found_frames > 0;
    return;
  }
  if (life.found_frames > 0 && found->id != life.last_track) ++life.switches;
  if (life.is_lost) ++life.fragmentations;
  ++life.found_frames;
  life.last_track = found->id;
  life.is_lost = false;
}

using Lives = std::map<std::int32_t, Life>;

const Candidate* finder(const EvaluatedFrame& frame, const FrameMatch& match, std::size_t truth) {
  const int box = match.box_of_truth[truth];
  return box < 0 ? nullptr : &frame.answer.boxes[static_cast<std::size_t>(box)];
}

void add_lives(const EvaluatedFrame& frame, const FrameMatch& match, Lives& lives, TrackOfTruth& last) {
  for (std::size_t i = 0; i < frame.truth.objects.size(); ++i) {
    const std::int32_t id = frame.truth.objects[i].id;
    if (match.is_counted[i] == 0 || id < 0) continue;
    const Candidate* found = finder(frame, match, i);
    live_on(lives[id], found);
    if (found != nullptr) last[id] = found->id;
  }
}

void add_velocity_errors(const EvaluatedFrame& frame, const FrameMatch& match, std::vector<double>& errors_mps) {
  for (std::size_t i = 0; i < frame.truth.objects.size(); ++i) {
    const auto& object = frame.truth.objects[i];
    const Candidate* found = finder(frame, match, i);
    if (found == nullptr || !object.has_velocity) continue;
    errors_mps.push_back(std::hypot(found->vx_mps - object.vx_mps, found->vy_mps - object.vy_mps));
  }
}

void sum_up(const Lives& lives, TrackingResult& result) {
  for (const auto& [id, life] : lives) {
    const double found = ratio(life.found_frames, life.counted_frames);
    result.mostly_tracked_count += found >= 0.8 ? 1 : 0;
    result.mostly_lost_count += found <= 0.2 ? 1 : 0;
    result.id_switch_count += life.switches;
    result.fragmentation_count += life.fragmentations;
  }
  result.truth_id_count = static_cast<std::uint32_t>(lives.size());
}

}  // namespace

TrackingResult evaluate_tracking(const std::vector<EvaluatedFrame>& frames, const CameraView* view,
                                 const Protocol& protocol) {
  TrackingResult result;
  ScoreTally tally(protocol);
  Lives lives;
  TrackOfTruth last;
  std::vector<double> velocity_errors_mps;
  std::set<std::int64_t> tracks;
  for (const EvaluatedFrame& frame : frames) {
    const FrameMatch match = match_frame(frame, view, protocol, &last);
    tally.add(frame, match);
    add_lives(frame, match, lives, last);
    add_velocity_errors(frame, match, velocity_errors_mps);
    for (const Candidate& box : frame.answer.boxes) tracks.insert(box.id);
    result.frame_count += 1;
    result.unanswered_frame_count += frame.is_answered ? 0 : 1;
    result.invalid_box_count += frame.answer.invalid_count;
  }
  result.scores = tally.sheet();
  sum_up(lives, result);
  result.track_id_count = static_cast<std::uint32_t>(tracks.size());
  result.velocity_error_mps = quantiles(std::move(velocity_errors_mps));
  result.note = precision_note(frames, view);
  return result;
}

}  // namespace hangil::evaluation
