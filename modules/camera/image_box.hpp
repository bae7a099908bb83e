// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace hangil::camera {

// An upright box in a picture, x right, y down, in pixels.
struct ImageBox {
  float x_min = 0, y_min = 0, x_max = 0, y_max = 0;
  float score = 0;
  int class_index = 0;  // of whoever made it
};

// Area shared by both over the area of either: 0 apart, 1 the same.
float overlap_ratio(const ImageBox& a, const ImageBox& b);

// Keeps the best of boxes of one class that overlap by more than `most_overlap`; boxes come best first and stay so.
std::vector<ImageBox> suppress_doubles(const std::vector<ImageBox>& boxes, float most_overlap);

// Best first; equal scores by class, then by place, so that the order never depends on how they were found.
void sort_best_first(std::vector<ImageBox>& boxes);

}  // namespace hangil::camera
