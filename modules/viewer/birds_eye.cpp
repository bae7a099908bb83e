// SPDX-License-Identifier: Apache-2.0
#include "viewer/birds_eye.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "viewer/palette.hpp"

namespace hangil::viewer {

namespace {

// One picture in the making. Sizes in pixels are meant at 16 pixels per metre and scale with the window.
class Painter {
 public:
  explicit Painter(const ViewWindow& window)
      : window_(window), raster_(window.width_px(), window.height_px(), palette::kCanvas) {}

  void grid();
  void points(const Scene& scene);
  void mission(const Scene& scene);
  void plans(const Scene& scene);
  void ego();
  void detections(const Scene& scene);
  void truth(const Scene& scene);
  void futures(const Scene& scene);
  void tracks(const Scene& scene);
  void warning(const Scene& scene);
  void scale_bar();
  Picture take() { return {std::move(raster_), std::move(labels_)}; }

 private:
  double px(double at_16_px_per_m) const { return at_16_px_per_m * window_.pixels_per_m / 16; }
  std::vector<PixelPoint> pixels(const std::vector<math::Point2>& path) const;
  std::array<PixelPoint, 4> box_pixels(const math::Box2& box) const;
  bool is_in_view(math::Point2 p, double margin_m) const;
  void ribbon(const std::vector<math::Pose2>& poses, double width_ratio, Colour colour, double opacity);
  void cloud(const std::vector<ScenePoint>& cloud, double radius_px, bool is_ground);
  void arrow(math::Point2 from, math::Point2 to, Colour colour);
  void track(const SceneTrack& track);
  void label(math::Point2 at, std::string text, Label::Role role, Colour colour);

  ViewWindow window_;
  Raster raster_;
  std::vector<Label> labels_;
};

std::vector<PixelPoint> Painter::pixels(const std::vector<math::Point2>& path) const {
  std::vector<PixelPoint> out;
  for (const math::Point2 p : path) out.push_back(window_.pixel(p));
  return out;
}

std::array<PixelPoint, 4> Painter::box_pixels(const math::Box2& box) const {
  std::array<PixelPoint, 4> out;
  const auto corners = math::corners(box);
  for (std::size_t i = 0; i < 4; ++i) out[i] = window_.pixel(corners[i]);
  return out;
}

bool Painter::is_in_view(math::Point2 p, double margin_m) const {
  return p.x_m > -window_.behind_m - margin_m && p.x_m < window_.ahead_m + margin_m &&
         std::abs(p.y_m) < window_.aside_m + margin_m;
}

void Painter::label(math::Point2 at, std::string text, Label::Role role, Colour colour) {
  labels_.push_back({window_.pixel(at), std::move(text), role, colour});
}

void Painter::grid() {
  for (int radius_m = 10; radius_m <= 60; radius_m += 10) {
    std::vector<math::Point2> ring;
    for (int i = 0; i <= 120; ++i) {
      const double angle = 2 * std::numbers::pi * i / 120;
      ring.push_back({radius_m * std::cos(angle), radius_m * std::sin(angle)});
    }
    raster_.polyline(pixels(ring), px(1), palette::kGrid);
    label({radius_m + 0.3, 0.3}, fmt::format("{} m", radius_m), Label::Role::kScale, palette::kGridText);
  }
  raster_.line(window_.pixel({-window_.behind_m, 0}), window_.pixel({window_.ahead_m, 0}), px(1), palette::kGrid);
  raster_.line(window_.pixel({0, -window_.aside_m}), window_.pixel({0, window_.aside_m}), px(1), palette::kGrid);
}

void Painter::cloud(const std::vector<ScenePoint>& cloud, double radius_px, bool is_ground) {
  for (const ScenePoint& p : cloud) {
    if (!is_in_view({p.x_m, p.y_m}, 0)) continue;
    const PixelPoint at = window_.pixel({p.x_m, p.y_m});
    raster_.disc(at, radius_px, is_ground ? palette::kGround : height_colour(p.height_m), is_ground ? 0.55 : 0.8);
  }
}

void Painter::points(const Scene& scene) {
  cloud(scene.ground, px(0.8), true);
  cloud(scene.obstacles, px(1.1), false);
}

void Painter::mission(const Scene& scene) {
  std::vector<PixelPoint> near;
  for (const math::Point2 p : scene.mission) {
    if (is_in_view(p, 20)) near.push_back(window_.pixel(p));
  }
  raster_.dashed(near, px(2), px(10), palette::kMission, 0.9);
}

void Painter::ribbon(const std::vector<math::Pose2>& poses, double width_ratio, Colour colour, double opacity) {
  if (poses.size() < 2) return;
  const double half_m = window_.vehicle.width_m * width_ratio / 2;
  std::vector<PixelPoint> edge, middle;
  for (const math::Pose2& pose : poses) edge.push_back(window_.pixel(pose * math::Point2{0, half_m}));
  for (std::size_t i = poses.size(); i-- > 0;) edge.push_back(window_.pixel(poses[i] * math::Point2{0, -half_m}));
  for (const math::Pose2& pose : poses) middle.push_back(window_.pixel({pose.x_m, pose.y_m}));
  raster_.polygon(edge, colour, opacity);
  raster_.polyline(middle, px(2.2), colour, std::min(1.0, 3 * opacity));
}

void Painter::plans(const Scene& scene) {
  const Colour wanted = scene.is_rejected ? palette::kRejected : palette::kPlan;
  ribbon(scene.plan, 1.0, wanted, 0.28);
  ribbon(scene.stop_plan, 0.45, palette::kStopPlan, 0.30);
  if (!scene.plan.empty()) raster_.outline(box_pixels(window_.vehicle.at(scene.plan.back())), px(1.5), wanted, 0.8);
  if (!scene.stop_plan.empty()) {
    const math::Box2 halt = window_.vehicle.at(scene.stop_plan.back());
    raster_.outline(box_pixels(halt), px(1.5), palette::kStopPlan, 0.8);
  }
}

void Painter::ego() {
  const math::Box2 body = window_.vehicle.at({});
  raster_.polygon(box_pixels(body), palette::kEgo, 0.95);
  const double front_m = window_.vehicle.front_m(), half_m = window_.vehicle.width_m / 2;
  const std::array nose = {window_.pixel({front_m - 1.5, half_m * 0.75}), window_.pixel({front_m - 0.5, 0}),
                           window_.pixel({front_m - 1.5, -half_m * 0.75})};
  raster_.polyline(nose, px(2.5), palette::kEgoNose);
}

void Painter::detections(const Scene& scene) {
  for (const math::Box2& box : scene.detections) raster_.outline(box_pixels(box), px(1), palette::kDetection, 0.9);
}

void Painter::truth(const Scene& scene) {
  for (const math::Box2& box : scene.truth) {
    auto corners = box_pixels(box);
    const std::array closed = {corners[0], corners[1], corners[2], corners[3], corners[0]};
    raster_.dashed(closed, px(1.6), px(5), palette::kTruth, 0.9);
  }
}

void Painter::futures(const Scene& scene) {
  for (const SceneFuture& future : scene.futures) {
    if (future.path.size() < 2 || !is_in_view(future.path.front(), 5)) continue;
    std::vector<double> opacities;
    const double first = 0.15 + 0.75 * std::clamp(future.probability, 0.0, 1.0);
    const auto count = static_cast<double>(future.path.size() - 1);
    for (double i = 0; i < count; ++i) opacities.push_back(first * (1 - 0.7 * i / count));
    const double width_px = px(1.5 + 3 * std::clamp(future.probability, 0.0, 1.0));
    raster_.polyline(pixels(future.path), width_px, class_colour(future.object_class), opacities);
  }
}

void Painter::arrow(math::Point2 from, math::Point2 to, Colour colour) {
  const double length_m = std::hypot(to.x_m - from.x_m, to.y_m - from.y_m);
  if (!(length_m > 0.3)) return;
  const math::Pose2 tip{to.x_m, to.y_m, std::atan2(to.y_m - from.y_m, to.x_m - from.x_m)};
  raster_.line(window_.pixel(from), window_.pixel(to), px(2), colour);
  const std::array head = {window_.pixel(tip * math::Point2{0.5, 0}), window_.pixel(tip * math::Point2{-0.5, 0.45}),
                           window_.pixel(tip * math::Point2{-0.5, -0.45})};
  raster_.polygon(head, colour);
}

void Painter::track(const SceneTrack& track) {
  const Colour colour = class_colour(track.object_class);
  const double strength = track.is_confirmed ? 1.0 : 0.4;
  std::vector<double> fading;
  const auto steps = static_cast<double>(std::max<std::size_t>(track.history.size(), 2) - 1);
  for (double i = 0; i < steps; ++i) fading.push_back(0.6 * strength * (i + 1) / steps);
  raster_.polyline(pixels(track.history), px(1.6), colour, fading);
  const auto corners = box_pixels(track.box);
  raster_.polygon(corners, colour, 0.22 * strength);
  raster_.outline(corners, px(2), colour, strength);
  raster_.line(window_.pixel({track.box.pose.x_m, track.box.pose.y_m}),
               window_.pixel(track.box.pose * math::Point2{track.box.length_m / 2, 0}), px(1.5), colour, strength);
  if (!track.is_confirmed) return;
  const math::Point2 centre{track.box.pose.x_m, track.box.pose.y_m};
  arrow(centre, {centre.x_m + track.vx_mps, centre.y_m + track.vy_mps}, colour);
  const double right_m = std::abs(std::sin(track.box.pose.yaw_rad)) * track.box.length_m / 2 +
                         std::abs(std::cos(track.box.pose.yaw_rad)) * track.box.width_m / 2;
  const double speed_mps = std::hypot(track.vx_mps, track.vy_mps);
  const std::string text =
      speed_mps >= 0.5 ? fmt::format("{} · {:.1f} m/s", track.id, speed_mps) : fmt::format("{}", track.id);
  label({centre.x_m - 0.3, centre.y_m - right_m - 0.35}, text, Label::Role::kTrack, colour);
}

void Painter::tracks(const Scene& scene) {
  for (const SceneTrack& one : scene.tracks) {
    if (is_in_view({one.box.pose.x_m, one.box.pose.y_m}, -0.5)) track(one);
  }
}

void Painter::warning(const Scene& scene) {
  if (!scene.is_rejected) return;
  label({window_.ahead_m - 2.2, window_.aside_m - 1}, "trajectory rejected", Label::Role::kWarning, palette::kRejected);
}

void Painter::scale_bar() {
  const math::Point2 left{-window_.behind_m + 1.5, window_.aside_m - 1.5}, right{left.x_m, left.y_m - 10};
  raster_.line(window_.pixel(left), window_.pixel(right), px(2), palette::kGridText);
  for (const math::Point2 end : {left, right}) {
    raster_.line(window_.pixel({end.x_m - 0.3, end.y_m}), window_.pixel({end.x_m + 0.3, end.y_m}), px(2),
                 palette::kGridText);
  }
  label({left.x_m + 0.5, left.y_m - 4}, "10 m", Label::Role::kScale, palette::kGridText);
}

}  // namespace

Picture draw_birds_eye(const Scene& scene, const ViewWindow& window) {
  Painter painter(window);
  painter.grid();
  painter.points(scene);
  painter.mission(scene);
  painter.plans(scene);
  painter.detections(scene);
  painter.futures(scene);
  painter.tracks(scene);
  painter.truth(scene);
  painter.ego();
  painter.scale_bar();
  painter.warning(scene);
  return painter.take();
}

}  // namespace hangil::viewer
