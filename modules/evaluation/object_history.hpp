// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>

#include "evaluation/frame_change.hpp"
#include "evaluation/protocol.hpp"
#include "messages/tracks.hpp"
#include "messages/truth_objects.hpp"

namespace hangil::evaluation {

struct ObjectState {
  math::Box2 box;  // frame map
  double vx_mps = 0, vy_mps = 0;
};

// Where every object was during the whole drive, in frame map: what predictions and plans are held against.
class ObjectHistory {
 public:
  // Objects with id -1 and boxes that are not sound are left out; of two boxes at one stamp the first stays.
  void add(std::int64_t id, base::Time stamp, const messages::Box3& box_map);

  // Between its two neighbouring samples (position linear, heading along the shorter turn, velocity by difference).
  // Nothing outside the time it was seen, or where the neighbours lie more than 0.35 s apart.
  std::optional<ObjectState> at(std::int64_t id, base::Time stamp) const;
  std::vector<ObjectState> all_at(base::Time stamp) const;  // in order of id
  bool empty() const { return boxes_.empty(); }

 private:
  std::map<std::int64_t, std::map<base::Time, messages::Box3>> boxes_;
};

// Labelled objects, moved to `map` with the pose at their stamp; frames without a pose are left out.
ObjectHistory history_of(const Channel<messages::TruthObjects>& truth, const math::PoseBuffer& poses);
// Confirmed tracks, of messages in frame `map`.
ObjectHistory history_of(const Channel<messages::Tracks>& tracks);

}  // namespace hangil::evaluation
