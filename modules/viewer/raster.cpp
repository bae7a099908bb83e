// SPDX-License-Identifier: Apache-2.0
#include "viewer/raster.hpp"

#include <algorithm>
#include <cmath>

namespace hangil::viewer {

namespace {

bool is_finite(std::span<const PixelPoint> points) {
  return std::all_of(points.begin(), points.end(),
                     [](PixelPoint p) { return std::isfinite(p.x_px) && std::isfinite(p.y_px); });
}

double distance_px(double x, double y, PixelPoint a, PixelPoint b) {
  const double dx = b.x_px - a.x_px, dy = b.y_px - a.y_px, squared = dx * dx + dy * dy;
  const double t = squared > 0 ? std::clamp(((x - a.x_px) * dx + (y - a.y_px) * dy) / squared, 0.0, 1.0) : 0.0;
  const double ex = x - a.x_px - t * dx, ey = y - a.y_px - t * dy;
  return std::sqrt(ex * ex + ey * ey);
}

// Positive inside.
double depth_px(double x, double y, std::span<const PixelPoint> corners) {
  bool is_inside = false;
  double nearest = HUGE_VAL;
  for (std::size_t i = 0, j = corners.size() - 1; i < corners.size(); j = i++) {
    const PixelPoint a = corners[i], b = corners[j];
    if ((a.y_px > y) != (b.y_px > y) && x < (b.x_px - a.x_px) * (y - a.y_px) / (b.y_px - a.y_px) + a.x_px) {
      is_inside = !is_inside;
    }
    nearest = std::min(nearest, distance_px(x, y, a, b));
  }
  return is_inside ? nearest : -nearest;
}

double coverage(double depth) { return std::clamp(0.5 + depth, 0.0, 1.0); }

}  // namespace

Raster::Raster(int width_px, int height_px, Colour background)
    : width_px_(std::max(width_px, 1)), height_px_(std::max(height_px, 1)) {
  const auto count = static_cast<std::size_t>(width_px_) * static_cast<std::size_t>(height_px_);
  rgb_.reserve(3 * count);
  for (std::size_t i = 0; i < count; ++i) rgb_.insert(rgb_.end(), {background.r, background.g, background.b});
  mask_.assign(count, 0);
}

Colour Raster::at(int x_px, int y_px) const {
  const auto index =
      3 * (static_cast<std::size_t>(y_px) * static_cast<std::size_t>(width_px_) + static_cast<std::size_t>(x_px));
  return {rgb_[index], rgb_[index + 1], rgb_[index + 2]};
}

Raster::Area Raster::clipped(double left, double top, double right, double bottom) const {
  const auto cut = [](double value, int most) {
    return static_cast<int>(std::clamp(value, 0.0, static_cast<double>(most)));
  };
  return {cut(std::floor(left), width_px_), cut(std::floor(top), height_px_), cut(std::ceil(right), width_px_),
          cut(std::ceil(bottom), height_px_)};
}

Raster::Area Raster::around(std::span<const PixelPoint> points, double margin_px) const {
  double left = HUGE_VAL, top = HUGE_VAL, right = -HUGE_VAL, bottom = -HUGE_VAL;
  for (const PixelPoint p : points) {
    left = std::min(left, p.x_px), right = std::max(right, p.x_px);
    top = std::min(top, p.y_px), bottom = std::max(bottom, p.y_px);
  }
  return clipped(left - margin_px, top - margin_px, right + margin_px, bottom + margin_px);
}

void Raster::blend(int x_px, int y_px, Colour colour, double opacity) {
  std::uint8_t* pixel = &rgb_[3 * (static_cast<std::size_t>(y_px) * static_cast<std::size_t>(width_px_) +
                                   static_cast<std::size_t>(x_px))];
  const auto mix = [opacity](std::uint8_t& below, std::uint8_t above) {
    below = static_cast<std::uint8_t>(std::lround(below + opacity * (above - below)));
  };
  mix(pixel[0], colour.r), mix(pixel[1], colour.g), mix(pixel[2], colour.b);
}

void Raster::disc(PixelPoint centre, double radius_px, Colour colour, double opacity) {
  if (!is_finite({&centre, 1}) || !(radius_px > 0)) return;
  const Area area = around({&centre, 1}, radius_px + 1);
  for (int y = area.top; y < area.bottom; ++y) {
    for (int x = area.left; x < area.right; ++x) {
      const double dx = x + 0.5 - centre.x_px, dy = y + 0.5 - centre.y_px;
      const double covered = coverage(radius_px - std::sqrt(dx * dx + dy * dy));
      if (covered > 0) blend(x, y, colour, opacity * covered);
    }
  }
}

void Raster::line(PixelPoint from, PixelPoint to, double width_px, Colour colour, double opacity) {
  polyline(std::array{from, to}, width_px, colour, opacity);
}

void Raster::polyline(std::span<const PixelPoint> points, double width_px, Colour colour, double opacity) {
  polyline(points, width_px, colour, std::vector<double>(points.empty() ? 0 : points.size() - 1, opacity));
}

void Raster::polyline(std::span<const PixelPoint> points, double width_px, Colour colour,
                      std::span<const double> opacities) {
  if (points.size() < 2 || opacities.size() + 1 < points.size() || !is_finite(points)) return;
  for (std::size_t i = 1; i < points.size(); ++i) lay_segment(points[i - 1], points[i], width_px, opacities[i - 1]);
  blend_mask(around(points, width_px / 2 + 1), colour);
}

void Raster::dashed(std::span<const PixelPoint> points, double width_px, double dash_px, Colour colour,
                    double opacity) {
  if (points.size() < 2 || !is_finite(points) || !(dash_px > 0)) return;
  double along_px = 0;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const PixelPoint a = points[i - 1], b = points[i];
    const double length_px = std::hypot(b.x_px - a.x_px, b.y_px - a.y_px);
    const auto between = [&](double d) {
      const double t = length_px > 0 ? d / length_px : 0;
      return PixelPoint{a.x_px + t * (b.x_px - a.x_px), a.y_px + t * (b.y_px - a.y_px)};
    };
    for (double d = 0; d < length_px;) {
      const double phase = std::fmod(along_px + d, 2 * dash_px);
      const double step = std::max((phase < dash_px ? dash_px : 2 * dash_px) - phase, 0.01);
      const double end = std::min(d + step, length_px);
      if (phase < dash_px) lay_segment(between(d), between(end), width_px, opacity);
      d = end;
    }
    along_px += length_px;
  }
  blend_mask(around(points, width_px / 2 + 1), colour);
}

void Raster::outline(std::span<const PixelPoint> corners, double width_px, Colour colour, double opacity) {
  std::vector<PixelPoint> closed(corners.begin(), corners.end());
  if (!closed.empty()) closed.push_back(closed.front());
  polyline(closed, width_px, colour, opacity);
}

void Raster::polygon(std::span<const PixelPoint> corners, Colour colour, double opacity) {
  if (corners.size() < 3 || !is_finite(corners)) return;
  const Area area = around(corners, 1);
  for (int y = area.top; y < area.bottom; ++y) {
    for (int x = area.left; x < area.right; ++x) {
      const double covered = coverage(depth_px(x + 0.5, y + 0.5, corners));
      if (covered > 0) blend(x, y, colour, opacity * covered);
    }
  }
}

void Raster::lay_segment(PixelPoint from, PixelPoint to, double width_px, double opacity) {
  const Area area = around(std::array{from, to}, width_px / 2 + 1);
  for (int y = area.top; y < area.bottom; ++y) {
    for (int x = area.left; x < area.right; ++x) {
      const double covered = coverage(width_px / 2 - distance_px(x + 0.5, y + 0.5, from, to)) * std::min(width_px, 1.0);
      float& laid =
          mask_[static_cast<std::size_t>(y) * static_cast<std::size_t>(width_px_) + static_cast<std::size_t>(x)];
      laid = std::max(laid, static_cast<float>(covered * opacity));
    }
  }
}

void Raster::blend_mask(const Area& area, Colour colour) {
  for (int y = area.top; y < area.bottom; ++y) {
    for (int x = area.left; x < area.right; ++x) {
      float& laid =
          mask_[static_cast<std::size_t>(y) * static_cast<std::size_t>(width_px_) + static_cast<std::size_t>(x)];
      if (laid > 0) blend(x, y, colour, laid);
      laid = 0;
    }
  }
}

}  // namespace hangil::viewer
