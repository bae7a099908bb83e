// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "camera/picture.hpp"
#include "camera/road_view.hpp"
#include "drives.hpp"
#include "evaluation/lane_accuracy.hpp"

namespace hangil::camera {

// Pictures of a motorway with each marked lane in a grey of its own.
inline std::string lane_frames_dir() { return tests::shared_dir() + "/data/lane_tusimple"; }

struct LaneFrame {
  Picture picture;
  evaluation::LanePicture marked;  // rows and truths; a column every ten rows
};
std::vector<LaneFrame> lane_frames();

// TuSimple's figures of what the view sees in all of them.
evaluation::LaneScore score_road_view(RoadView& view, const std::vector<LaneFrame>& frames, int level);

}  // namespace hangil::camera
