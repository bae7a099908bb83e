// SPDX-License-Identifier: Apache-2.0
#include "camera/letterbox.hpp"

#include <algorithm>
#include <cmath>

namespace hangil::camera {

namespace {

struct ColourTables {
  std::array<std::array<float, 256>, 3> of;
};

ColourTables colour_tables(const ColourScale& colours) {
  ColourTables tables{};
  for (std::size_t c = 0; c < 3; ++c) {
    for (std::size_t v = 0; v < 256; ++v) {
      tables.of[c][v] = (static_cast<float>(v) - colours.mean[c]) / colours.deviation[c];
    }
  }
  return tables;
}

}  // namespace

Letterbox fit_letterbox(int picture_width, int picture_height, int width, int height) {
  Letterbox box{.width = width, .height = height};
  box.scale = std::min(static_cast<float>(width) / static_cast<float>(picture_width),
                       static_cast<float>(height) / static_cast<float>(picture_height));
  const auto scaled = [&](int length, int most) {
    return std::clamp(static_cast<int>(std::lround(static_cast<float>(length) * box.scale)), 1, most);
  };
  box.inner_width = scaled(picture_width, width);
  box.inner_height = scaled(picture_height, height);
  box.top_px = static_cast<float>((height - box.inner_height) / 2);
  return box;
}

void letterbox_values(const Letterbox& box, const PictureView& scaled, const ColourScale& colours,
                      std::vector<float>& into) {
  const ColourTables tables = colour_tables(colours);
  const auto row_length = static_cast<std::size_t>(box.width) * 3;
  into.resize(row_length * static_cast<std::size_t>(box.height));
  for (std::size_t i = 0; i < into.size(); ++i) into[i] = tables.of[i % 3][colours.fill];
  const std::size_t first = colours.is_rgb ? 2 : 0, last = 2 - first;
  for (int y = 0; y < box.inner_height; ++y) {
    float* row = into.data() + static_cast<std::size_t>(y + static_cast<int>(box.top_px)) * row_length;
    const std::uint8_t* from = scaled.pixel(0, y);
    for (int x = 0; x < box.inner_width; ++x, row += 3, from += 3) {
      row[0] = tables.of[0][from[first]];
      row[1] = tables.of[1][from[1]];
      row[2] = tables.of[2][from[last]];
    }
  }
}

}  // namespace hangil::camera
