// SPDX-License-Identifier: Apache-2.0
#include "fusion/calibration_watch.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace hangil::fusion {

namespace {

constexpr std::size_t kVoteCount = 400, kLeastVotes = 60;
constexpr double kLeastHeight_px = 25, kMostHeightsApart_ratio = 1.3;
constexpr double kReach_deg = 8;
constexpr double kCell_px = 6;
constexpr int kCells = 41;  // each way; the reach of a usual lens, cut there
constexpr double kLeastAgreement_ratio = 0.25;
constexpr double kNear_px = 10;  // of the peak: votes that agree with it
constexpr double kRadian_deg = 180 / std::numbers::pi;

bool is_whole(const math::PixelBox& box, const math::Pinhole& optics) {
  constexpr double kWholeEdge_px = 3;
  return box.left_px > kWholeEdge_px && box.top_px > kWholeEdge_px && box.right_px < optics.width_px - kWholeEdge_px &&
         box.bottom_px < optics.height_px - kWholeEdge_px && box.height_px() >= kLeastHeight_px;
}

int cell_of(double shift_px) {
  const double cell = shift_px / kCell_px + kCells / 2 + 0.5;
  return cell >= 0 && cell < kCells ? static_cast<int>(cell) : -1;
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

double CalibrationError::largest_deg() const {
  return std::max({std::abs(yaw_deg), std::abs(pitch_deg), std::abs(roll_deg)});
}

void CalibrationWatch::keep(const Vote& vote) {
  if (votes_.size() < kVoteCount) return votes_.push_back(vote);
  votes_[next_] = vote;
  next_ = (next_ + 1) % kVoteCount;
}

void CalibrationWatch::add(std::span<const Sight> sights, std::span<const messages::ImageObject> boxes,
                           const math::Pinhole& optics) {
  optics_ = optics;
  const double reach_px = std::tan(kReach_deg / kRadian_deg) * optics.fx_px;
  for (const Sight& sight : sights) {
    if (!sight.silhouette || sight.hidden_ratio > 0.1 || !is_whole(sight.silhouette->unclipped, optics)) continue;
    const math::PixelBox& expected = sight.silhouette->unclipped;
    for (const messages::ImageObject& object : boxes) {
      const math::PixelBox seen = pixel_box(object);
      if (!is_sound(object) || !is_whole(seen, optics)) continue;
      const double ratio = seen.height_px() / expected.height_px();
      if (ratio > kMostHeightsApart_ratio || ratio * kMostHeightsApart_ratio < 1) continue;
      const Vote vote = {(expected.left_px + expected.right_px) / 2 - optics.cx_px,
                         (seen.left_px + seen.right_px - expected.left_px - expected.right_px) / 2,
                         (seen.top_px + seen.bottom_px - expected.top_px - expected.bottom_px) / 2};
      if (std::hypot(vote.right_px, vote.down_px) < reach_px) keep(vote);
    }
  }
}

std::optional<CalibrationError> CalibrationWatch::judge() const {
  if (votes_.size() < kLeastVotes) return std::nullopt;
  std::array<int, kCells * kCells> counts{};
  int best = 0;
  for (const Vote& vote : votes_) {
    const int right = cell_of(vote.right_px), down = cell_of(vote.down_px);
    // Neighbours count too: a peak may lie on an edge.
    for (int d = -1; d <= 1 && right >= 0 && down >= 0; ++d) {
      for (int r = -1; r <= 1; ++r) {
        const int row = down + d, column = right + r;
        if (row < 0 || column < 0 || row >= kCells || column >= kCells) continue;
        const int cell = row * kCells + column;
        if (++counts[static_cast<std::size_t>(cell)] > counts[static_cast<std::size_t>(best)]) best = cell;
      }
    }
  }
  const double peak_right = (best % kCells - kCells / 2) * kCell_px,
               peak_down = (best / kCells - kCells / 2) * kCell_px;
  std::vector<double> right, down;
  std::array<std::vector<double>, 2> side_down, side_x;  // of the left and the right of the picture
  for (const Vote& vote : votes_) {
    if (std::abs(vote.right_px - peak_right) > kNear_px) continue;
    const std::size_t side = vote.x_px > 0;
    side_down[side].push_back(vote.down_px), side_x[side].push_back(vote.x_px);
    if (std::abs(vote.down_px - peak_down) > kNear_px) continue;
    right.push_back(vote.right_px), down.push_back(vote.down_px);
  }
  CalibrationError error;
  error.agreement_ratio = static_cast<double>(right.size()) / static_cast<double>(votes_.size());
  if (error.agreement_ratio < kLeastAgreement_ratio) return std::nullopt;
  error.yaw_deg = std::atan(median(right) / optics_.fx_px) * kRadian_deg;
  error.pitch_deg = std::atan(median(down) / optics_.fy_px) * kRadian_deg;
  const double apart_px = median(side_x[1]) - median(side_x[0]);
  if (std::min(side_x[0].size(), side_x[1].size()) >= kLeastVotes / 3 && apart_px > 100) {
    error.roll_deg = std::atan((median(side_down[1]) - median(side_down[0])) / apart_px) * kRadian_deg;
  }
  return error;
}

}  // namespace hangil::fusion
