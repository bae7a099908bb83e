// SPDX-License-Identifier: Apache-2.0
#include "evaluation/worst_frames.hpp"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "base/markup.hpp"
#include "messages/box3_overlap.hpp"

namespace hangil::evaluation {

namespace {

constexpr const char *kTruthColour = "#3ddc97", *kGuessColour = "#ff8a3d";
constexpr double kAhead_m = 62, kBehind_m = 6, kAside_m = 30;  // shown from above

std::string opening(double width, double height, const std::string& alternative_text) {
  return fmt::format(
      R"(<svg viewBox="0 0 {:.0f} {:.0f}" role="img" aria-label="{}" style="width:100%;height:auto;background:#0d1117">)",
      width, height, base::escape_markup(alternative_text));
}

std::string background(const std::string& image_uri, double width, double height) {
  if (image_uri.empty()) return "";
  return fmt::format(R"(<image href="{}" width="{:.0f}" height="{:.0f}"/>)", image_uri, width, height);
}

std::string ground_box(const messages::Box3& box, const char* colour, double width) {
  if (!messages::is_finite(box)) return "";
  std::string points;
  for (const math::Point2& corner : math::corners(messages::footprint_of(box))) {
    points += fmt::format("{:.2f},{:.2f} ", kAside_m - corner.y_m, kAhead_m - corner.x_m);
  }
  return fmt::format(R"(<polygon points="{}" fill="{}" fill-opacity=".14" stroke="{}" stroke-width="{}"/>)", points,
                     colour, colour, width);
}

std::string image_box(const messages::ImageBox& box, const char* colour, double width) {
  return fmt::format(
      R"(<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="none" stroke="{}" stroke-width="{}"/>)",
      box.left_px, box.top_px, std::max(box.right_px - box.left_px, 0.0F), std::max(box.bottom_px - box.top_px, 0.0F),
      colour, width);
}

std::string lane_path(const std::vector<double>& lane, std::span<const double> rows, const char* colour, double width) {
  std::string d;
  bool is_open = false;
  for (std::size_t i = 0; i < lane.size() && i < rows.size(); ++i) {
    if (lane[i] >= 0) d += fmt::format("{}{:.1f} {:.1f}", is_open ? "L" : "M", lane[i], rows[i]);
    is_open = lane[i] >= 0;
  }
  return fmt::format(R"(<path d="{}" fill="none" stroke="{}" stroke-width="{}" stroke-opacity=".85"/>)", d, colour,
                     width);
}

// Rings every 20 m around ego and its outline.
std::string surroundings() {
  std::string svg;
  for (int radius = 20; radius <= 60; radius += 20) {
    svg += fmt::format(R"(<circle cx="{}" cy="{}" r="{}" fill="none" stroke="#2a3744" stroke-width=".15"/>)", kAside_m,
                       kAhead_m, radius);
    svg += fmt::format(R"(<text x="{}" y="{}" fill="#8d9aa8" font-size="2">{} m</text>)", kAside_m + 0.4,
                       kAhead_m - radius + 2, radius);
  }
  return svg + fmt::format(R"(<rect x="{}" y="{}" width="1.8" height="4.5" fill="#5b9bff"/>)", kAside_m - 0.9,
                           kAhead_m - 3.6);
}

}  // namespace

double best_threshold(std::vector<ScoredVerdict> verdicts, std::size_t truth_count) {
  std::stable_sort(verdicts.begin(), verdicts.end(),
                   [](const ScoredVerdict& a, const ScoredVerdict& b) { return a.score > b.score; });
  double right = 0, best_f1 = 0, best = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    right += verdicts[i].is_right ? 1 : 0;
    if (i + 1 < verdicts.size() && verdicts[i + 1].score >= verdicts[i].score) continue;  // all of that score
    const double f1 = 2 * right / (static_cast<double>(i + 1) + static_cast<double>(truth_count));
    if (f1 > best_f1) best_f1 = f1, best = verdicts[i].score;
  }
  return best;
}

std::vector<FrameErrors> worst_of(std::vector<FrameErrors> frames, std::size_t count) {
  std::erase_if(frames, [](const FrameErrors& errors) { return errors.missed + errors.wrong == 0; });
  std::stable_sort(frames.begin(), frames.end(),
                   [](const FrameErrors& a, const FrameErrors& b) { return a.missed + a.wrong > b.missed + b.wrong; });
  frames.resize(std::min(frames.size(), count));
  return frames;
}

std::string title_of(const FrameErrors& errors) {
  return fmt::format("frame {}: {} missed, {} false", errors.frame, errors.missed, errors.wrong);
}

std::string boxes_svg(std::span<const messages::Box3> truths, std::span<const messages::Box3> guesses,
                      const std::string& alternative_text) {
  std::string svg = opening(2 * kAside_m, kAhead_m + kBehind_m, alternative_text) + surroundings();
  for (const messages::Box3& box : truths) svg += ground_box(box, kTruthColour, 0.3);
  for (const messages::Box3& box : guesses) svg += ground_box(box, kGuessColour, 0.2);
  return svg + "</svg>";
}

std::string picture_svg(const std::string& image_uri, double width_px, double height_px,
                        std::span<const messages::ImageBox> truths, std::span<const messages::ImageBox> guesses,
                        const std::string& alternative_text) {
  std::string svg = opening(width_px, height_px, alternative_text) + background(image_uri, width_px, height_px);
  for (const messages::ImageBox& box : truths) svg += image_box(box, kTruthColour, 3);
  for (const messages::ImageBox& box : guesses) svg += image_box(box, kGuessColour, 2);
  return svg + "</svg>";
}

std::string lanes_svg(const std::string& image_uri, double width_px, double height_px, std::span<const double> rows,
                      std::span<const std::vector<double>> truths, std::span<const std::vector<double>> guesses,
                      const std::string& alternative_text) {
  std::string svg = opening(width_px, height_px, alternative_text) + background(image_uri, width_px, height_px);
  for (const auto& lane : truths) svg += lane_path(lane, rows, kTruthColour, 7);
  for (const auto& lane : guesses) svg += lane_path(lane, rows, kGuessColour, 4);
  return svg + "</svg>";
}

std::string worst_legend() {
  return fmt::format(
      "<div class=\"keys\"><span><i style=\"background:{}\"></i>labelled</span>"
      "<span><i style=\"background:{}\"></i>said to be there</span></div>",
      kTruthColour, kGuessColour);
}

}  // namespace hangil::evaluation
