// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "evaluation/frame_change.hpp"
#include "evaluation/protocol.hpp"
#include "messages/objects.hpp"
#include "messages/tracks.hpp"

namespace hangil::evaluation {

// A box that claims that something is there, in frame ego.
struct Candidate {
  messages::Box3 box;
  messages::ObjectClass object_class = messages::ObjectClass::kUnknown;
  std::int64_t id = -1;           // of a track
  double vx_mps = 0, vy_mps = 0;  // of a track, over ground, in the axes of ego
};

struct CandidateFrame {
  base::Time stamp;
  std::vector<Candidate> boxes;
  std::uint32_t invalid_count = 0;  // boxes with numbers that no box can have, left out
};

std::vector<CandidateFrame> detections(const Channel<messages::Objects>& channel);
// Confirmed tracks. Frames in `map` for which no pose is known are left out.
std::vector<CandidateFrame> confirmed_tracks(const Channel<messages::Tracks>& channel, const math::PoseBuffer& poses);

// One labelled frame and what was claimed at its stamp. Boxes stand in an order that depends on their values alone, so
// that results do not depend on the order of objects in messages.
struct EvaluatedFrame {
  messages::TruthObjects truth;
  CandidateFrame answer;
  bool is_answered = false;
};

std::vector<EvaluatedFrame> pair_with_truth(const Channel<messages::TruthObjects>& truth,
                                            const std::vector<CandidateFrame>& answers, const Protocol& protocol);

}  // namespace hangil::evaluation
