// SPDX-License-Identifier: Apache-2.0
#include "evaluation/candidate.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "evaluation/stamp_index.hpp"
#include "math/rotation.hpp"

namespace hangil::evaluation {

namespace {

auto values(const messages::Box3& b) {
  return std::tuple(b.x_m, b.y_m, b.z_m, b.yaw_rad, b.length_m, b.width_m, b.height_m);
}

template <class Item>
void sort_by_value(std::vector<Item>& items) {
  std::stable_sort(items.begin(), items.end(), [](const Item& a, const Item& b) {
    return std::tuple(values(a.box), a.id, a.object_class) < std::tuple(values(b.box), b.id, b.object_class);
  });
}

void add(CandidateFrame& frame, const Candidate& candidate) {
  if (is_sound(candidate.box)) {
    frame.boxes.push_back(candidate);
  } else {
    ++frame.invalid_count;
  }
}

Candidate in_ego(const messages::Track& track, const math::PoseSample* T_map_ego) {
  Candidate candidate{track.box, track.object_class, track.id, track.vx_mps, track.vy_mps};
  if (T_map_ego == nullptr) return candidate;
  candidate.box = box_in_ego(track.box, *T_map_ego);
  const double yaw_rad = math::planar(*T_map_ego).yaw_rad, c = std::cos(yaw_rad), s = std::sin(yaw_rad);
  candidate.vx_mps = c * track.vx_mps + s * track.vy_mps;
  candidate.vy_mps = -s * track.vx_mps + c * track.vy_mps;
  return candidate;
}

}  // namespace

std::vector<CandidateFrame> detections(const Channel<messages::Objects>& channel) {
  std::vector<CandidateFrame> frames;
  for (const auto& message : channel) {
    CandidateFrame& frame = frames.emplace_back(CandidateFrame{message.value.header.stamp, {}, 0});
    for (const messages::Object& object : message.value.objects) add(frame, {object.box, object.object_class});
  }
  return frames;
}

std::vector<CandidateFrame> confirmed_tracks(const Channel<messages::Tracks>& channel, const math::PoseBuffer& poses) {
  std::vector<CandidateFrame> frames;
  for (const auto& message : channel) {
    const messages::Header& header = message.value.header;
    const auto pose = poses.at(header.stamp);
    const bool is_in_ego = header.frame_id == "ego";
    if (!is_in_ego && !pose) continue;
    CandidateFrame& frame = frames.emplace_back(CandidateFrame{header.stamp, {}, 0});
    for (const messages::Track& track : message.value.tracks) {
      if (track.is_confirmed) add(frame, in_ego(track, is_in_ego ? nullptr : &*pose));
    }
  }
  return frames;
}

std::vector<EvaluatedFrame> pair_with_truth(const Channel<messages::TruthObjects>& truth,
                                            const std::vector<CandidateFrame>& answers, const Protocol& protocol) {
  StampIndex<CandidateFrame> index;
  for (const CandidateFrame& answer : answers) index.add(answer.stamp, answer);
  std::vector<EvaluatedFrame> frames;
  for (const auto& message : truth) {
    EvaluatedFrame& frame = frames.emplace_back();
    frame.truth = message.value;
    std::erase_if(frame.truth.objects, [](const auto& object) { return !is_sound(object.box); });
    const base::Time stamp = frame.truth.header.stamp;
    if (const auto* answer = index.nearest(stamp, protocol.max_stamp_difference)) {
      frame.answer = *answer, frame.is_answered = true;
    }
    sort_by_value(frame.truth.objects);
    sort_by_value(frame.answer.boxes);
  }
  return frames;
}

}  // namespace hangil::evaluation
