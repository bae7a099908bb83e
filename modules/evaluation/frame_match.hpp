// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>

#include "evaluation/camera_view.hpp"
#include "evaluation/candidate.hpp"

namespace hangil::evaluation {

enum class BoxFate { kIgnored, kRight, kFalse };

// Who found whom in one frame.
struct FrameMatch {
  std::vector<char> is_counted;    // by truth object
  std::vector<int> box_of_truth;   // by truth object: the box that found it, or -1. Boxes of every class take part
  std::vector<int> truth_of_box;   // by box: the counted object it found in the matching of known classes, or -1
  std::vector<BoxFate> box_fates;  // by box, for precision; unknown classes are ignored
};

// Which track was on which labelled object when it was last seen.
using TrackOfTruth = std::map<std::int32_t, std::int64_t>;

// One-to-one, most matches first, then the best scores. `last` (may be null) keeps a track on its object where both
// still match. A known box that found no counted object is false unless it may be right all the same: it matches an
// object that is not counted, is too far away, or lies where nobody labelled. `view` tells where; where labels are
// limited to the image and it is null, no box is judged.
FrameMatch match_frame(const EvaluatedFrame& frame, const CameraView* view, const Protocol& protocol,
                       const TrackOfTruth* last = nullptr);

}  // namespace hangil::evaluation
