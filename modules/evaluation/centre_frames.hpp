// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "evaluation/centre_distance.hpp"
#include "evaluation/driven_recording.hpp"

namespace hangil::evaluation {

// One class of a drive by distance of centres.
struct CentreRow {
  messages::ObjectClass object_class = messages::ObjectClass::kUnknown;
  int truth_count = 0;
  CentreClassScore score;
};

// Car, van, truck, bus, pedestrian, cyclist and motorcycle, as far as they are labelled. What counts is what Protocol
// counts (range, points, picture); guesses out of its range, or where labels end at the picture out of the picture, are
// left out. Objects say nothing of velocity and attributes, so that these stay out of the errors. Error: no labels, or
// labels that end at a camera's picture whose place is unknown.
base::Result<std::vector<CentreRow>> centre_rows(const DrivenRecording& drive,
                                                 const Channel<messages::Objects>& objects);

// What goes wrong in each labelled frame, all classes together, within 2 m.
base::Result<std::vector<FrameErrors>> centre_frame_errors(const DrivenRecording& drive,
                                                           const Channel<messages::Objects>& objects);

// Mean average precision over the classes, and with it the errors of place, size and heading.
struct CentreTotal {
  double mean_average_precision = 0;
  double translation_m = 1, scale = 1, heading_rad = 1;
  double score = 0;  // NDS of what objects say: (5 mAP + 3 times 1 - error, each 0 at least) / 8
};
CentreTotal total_of(std::span<const CentreRow> rows);

// For people, in percent; for machines: {"nuscenes": [{"class": "car", "ap": ...}, ...], "map": ..., "score": ...}.
std::string centre_table(std::span<const CentreRow> rows);
std::string centre_json(std::span<const CentreRow> rows);

}  // namespace hangil::evaluation
