// SPDX-License-Identifier: Apache-2.0
#include "camera/image_box.hpp"

#include <algorithm>
#include <tuple>

namespace hangil::camera {

namespace {
float area(const ImageBox& box) { return (box.x_max - box.x_min) * (box.y_max - box.y_min); }
}  // namespace

float overlap_ratio(const ImageBox& a, const ImageBox& b) {
  const float width = std::min(a.x_max, b.x_max) - std::max(a.x_min, b.x_min);
  const float height = std::min(a.y_max, b.y_max) - std::max(a.y_min, b.y_min);
  if (width <= 0 || height <= 0) return 0;
  const float shared = width * height;
  return shared / (area(a) + area(b) - shared);
}

std::vector<ImageBox> suppress_doubles(const std::vector<ImageBox>& boxes, float most_overlap) {
  std::vector<ImageBox> kept;
  for (const ImageBox& box : boxes) {
    const bool is_double = std::any_of(kept.begin(), kept.end(), [&](const ImageBox& better) {
      return better.class_index == box.class_index && overlap_ratio(better, box) > most_overlap;
    });
    if (!is_double) kept.push_back(box);
  }
  return kept;
}

void sort_best_first(std::vector<ImageBox>& boxes) {
  std::sort(boxes.begin(), boxes.end(), [](const ImageBox& a, const ImageBox& b) {
    return std::tuple(-a.score, a.class_index, a.y_min, a.x_min, a.y_max, a.x_max) <
           std::tuple(-b.score, b.class_index, b.y_min, b.x_min, b.y_max, b.x_max);
  });
}

}  // namespace hangil::camera
