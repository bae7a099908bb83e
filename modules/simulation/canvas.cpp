// SPDX-License-Identifier: Apache-2.0
#include "simulation/canvas.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <Eigen/Geometry>

#include "base/hot.hpp"

namespace hangil::simulation {

namespace {

using Eigen::Vector3d;

constexpr double kNearestM = 0.1;
constexpr std::size_t kMostCorners = 16;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::uint32_t word_of(Colour c) {
  return std::uint32_t{c.red} | std::uint32_t{c.green} << 8 | std::uint32_t{c.blue} << 16;
}

// A face's nearness is linear over the picture: start + x * per_column + y * per_row at the middle of pixel (x, y).
struct Nearness {
  double start = 0, per_column = 0, per_row = 0;
};

HANGIL_HOT void paint_span(float* nearness, std::uint32_t* pixels, int count, float first, float step, float over,
                           std::uint32_t colour) {
  for (int i = 0; i < count; ++i) {
    const float here = first + step * static_cast<float>(i);
    const bool is_seen = here * over >= nearness[i];
    nearness[i] = is_seen ? here : nearness[i];
    pixels[i] = is_seen ? colour : pixels[i];
  }
}

HANGIL_HOT void paint_far(std::uint32_t* pixels, int count, float first, float step, const std::uint32_t* table,
                          float last) {
  for (int i = 0; i < count; ++i) {
    const float place = std::min(last, std::max(0.0F, first + step * static_cast<float>(i)));
    pixels[i] = table[static_cast<int>(place)];
  }
}

// The plane through the corners: normal . p = offset.
struct Plane {
  Vector3d normal = Vector3d::Zero();
  double offset_m = 0;
};

Plane plane_of(std::span<const Vector3d> corners) {
  Plane plane;
  for (std::size_t i = 1; i + 1 < corners.size(); ++i) {
    plane.normal += (corners[i] - corners[0]).cross(corners[i + 1] - corners[0]);
  }
  plane.offset_m = plane.normal.dot(corners[0]);
  return plane;
}

// First pixel whose middle is not left of (above) x.
int first_middle(double x, int most) { return static_cast<int>(std::clamp(std::ceil(x - 0.5), 0.0, double(most))); }

}  // namespace

Canvas::Canvas(const math::Pinhole& optics)
    : optics_(optics),
      width_(static_cast<int>(optics.width_px)),
      height_(static_cast<int>(optics.height_px)),
      pixels_(static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_)),
      nearness_(pixels_.size()),
      rows_(static_cast<std::size_t>(height_)) {
  outline_.reserve(2 * kMostCorners);
}

void Canvas::begin(const Vector3d& up, std::span<const Colour> by_rise, double rise_range) {
  std::fill(nearness_.begin(), nearness_.end(), 0.0F);
  std::vector<std::uint32_t> table(by_rise.size());
  std::transform(by_rise.begin(), by_rise.end(), table.begin(), word_of);
  const double scale = static_cast<double>(table.size()) / (2 * rise_range);
  const auto last = static_cast<float>(table.size() - 1);
  for (int y = 0; y < height_; ++y) {
    const Vector3d ray = math::ray(optics_, {0.5, y + 0.5});
    paint_far(&pixels_[static_cast<std::size_t>(y * width_)], width_,
              static_cast<float>((up.dot(ray) + rise_range) * scale),
              static_cast<float>(up.x() / optics_.fx_px * scale), table.data(), last);
  }
}

// The outline in the picture, cut before the camera. False where nothing is left.
bool Canvas::project(std::span<const Vector3d> corners) {
  outline_.clear();
  const auto image_of = [&](const Vector3d& p) {
    return math::Pixel{optics_.fx_px * p.x() / p.z() + optics_.cx_px, optics_.fy_px * p.y() / p.z() + optics_.cy_px};
  };
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const Vector3d &a = corners[i], &b = corners[(i + 1) % corners.size()];
    if (!a.allFinite()) return false;
    const bool is_in = a.z() >= kNearestM;
    if (is_in) outline_.push_back(image_of(a));
    if (is_in == (b.z() >= kNearestM)) continue;
    Vector3d cut = a + (b - a) * ((kNearestM - a.z()) / (b.z() - a.z()));
    cut.z() = kNearestM;
    outline_.push_back(image_of(cut));
  }
  return outline_.size() >= 3;
}

// Widens the span of each row whose middle the edge crosses. Taken from its upper end, so that two faces that share an
// edge share its pixels out without a gap.
void Canvas::take_edge(const math::Pixel& a, const math::Pixel& b) {
  const math::Pixel &high = a.y_px < b.y_px ? a : b, &low = a.y_px < b.y_px ? b : a;
  const double slope = (low.x_px - high.x_px) / (low.y_px - high.y_px);
  const int end = first_middle(low.y_px, height_);
  for (int y = first_middle(high.y_px, height_); y < end; ++y) {
    Span& row = rows_[static_cast<std::size_t>(y)];
    const double x = high.x_px + (y + 0.5 - high.y_px) * slope;
    row.left_px = std::min(row.left_px, x), row.right_px = std::max(row.right_px, x);
  }
}

bool Canvas::take_rows() {
  double top = kInfinity, bottom = -kInfinity, left = kInfinity, right = -kInfinity;
  for (const math::Pixel& p : outline_) {
    top = std::min(top, p.y_px), bottom = std::max(bottom, p.y_px);
    left = std::min(left, p.x_px), right = std::max(right, p.x_px);
  }
  if (!(right > 0) || !(left < width_)) return false;
  first_row_ = first_middle(top, height_), end_row_ = first_middle(bottom, height_);
  std::fill(rows_.begin() + first_row_, rows_.begin() + std::max(first_row_, end_row_), Span{kInfinity, -kInfinity});
  for (std::size_t i = 0; i < outline_.size(); ++i) take_edge(outline_[i], outline_[(i + 1) % outline_.size()]);
  return first_row_ < end_row_;
}

void Canvas::paint(std::span<const Vector3d> corners, Colour colour, double over_ratio) {
  if (corners.size() < 3 || corners.size() > kMostCorners || !project(corners) || !take_rows()) return;
  const Plane plane = plane_of(corners);
  if (!(std::abs(plane.offset_m) > 1e-9 * plane.normal.norm())) return;  // seen from its edge
  const Vector3d normal = plane.normal / plane.offset_m;
  const Nearness near{normal.dot(math::ray(optics_, {0.5, 0.5})), normal.x() / optics_.fx_px,
                      normal.y() / optics_.fy_px};
  const auto over = static_cast<float>(1 + over_ratio);
  for (int y = first_row_; y < end_row_; ++y) {
    const Span& row = rows_[static_cast<std::size_t>(y)];
    const int from = first_middle(row.left_px, width_), to = first_middle(row.right_px, width_);
    if (from >= to) continue;
    const std::size_t place =
        static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) + static_cast<std::size_t>(from);
    paint_span(&nearness_[place], &pixels_[place], to - from,
               static_cast<float>(near.start + from * near.per_column + y * near.per_row),
               static_cast<float>(near.per_column), over, word_of(colour));
  }
}

Colour Canvas::colour(int x, int y) const {
  const std::uint32_t word = pixels_[static_cast<std::size_t>(y * width_ + x)];
  return {static_cast<std::uint8_t>(word), static_cast<std::uint8_t>(word >> 8), static_cast<std::uint8_t>(word >> 16)};
}

double Canvas::depth_m(int x, int y) const { return 1 / double{nearness_[static_cast<std::size_t>(y * width_ + x)]}; }

}  // namespace hangil::simulation
