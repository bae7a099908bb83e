// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "camera/road_view.hpp"

namespace hangil::camera {

namespace {

constexpr int kCell = 8;

// First value of the pair of pixel (x, y) of the letterbox's inner part.
const float* pair_at(const std::vector<float>& logits, const Letterbox& box, int x, int y) {
  return logits.data() + (static_cast<std::ptrdiff_t>(y + static_cast<int>(box.top_px)) * box.width + x) * 2;
}

std::uint8_t cell_probability(const std::vector<float>& logits, const Letterbox& box, int column, int row) {
  const int x_end = std::min((column + 1) * kCell, box.inner_width),
            y_end = std::min((row + 1) * kCell, box.inner_height);
  double sum = 0;
  int count = 0;
  for (int y = row * kCell; y < y_end; ++y) {
    for (int x = column * kCell; x < x_end; ++x, ++count) {
      const float* pair = pair_at(logits, box, x, y);
      sum += 1 / (1 + std::exp(static_cast<double>(pair[0] - pair[1])));
    }
  }
  return static_cast<std::uint8_t>(std::lround(255 * sum / count));
}

}  // namespace

LaneMask line_mask(const std::vector<float>& logits, const Letterbox& box, double least_probability) {
  LaneMask mask{box.inner_width, box.inner_height, {}};
  const auto least = static_cast<float>(std::log(least_probability / (1 - least_probability)));
  mask.is_line.reserve(static_cast<std::size_t>(mask.width) * static_cast<std::size_t>(mask.height));
  for (int y = 0; y < mask.height; ++y) {
    const float* pair = pair_at(logits, box, 0, y);
    for (int x = 0; x < mask.width; ++x, pair += 2) mask.is_line.push_back(pair[1] - pair[0] >= least ? 1 : 0);
  }
  return mask;
}

messages::DrivableArea drivable_area(const std::vector<float>& logits, const Letterbox& box) {
  messages::DrivableArea area;
  area.column_count = static_cast<std::uint32_t>((box.inner_width + kCell - 1) / kCell);
  area.row_count = static_cast<std::uint32_t>((box.inner_height + kCell - 1) / kCell);
  area.cell_px = kCell / box.scale;
  for (int row = 0; row < static_cast<int>(area.row_count); ++row) {
    for (int column = 0; column < static_cast<int>(area.column_count); ++column) {
      area.probability.push_back(cell_probability(logits, box, column, row));
    }
  }
  return area;
}

}  // namespace hangil::camera
