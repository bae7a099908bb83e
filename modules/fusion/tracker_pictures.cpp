// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "fusion/tracker.hpp"

// The tracker's side of pictures: which tracks they speak of, and what they say.
namespace hangil::fusion {

namespace {

constexpr double kQuiet_s = 0.06;       // a box in space that young has heard the picture already
constexpr double kBearingSigma_px = 8;  // of a box's middle against a silhouette's
constexpr double kBearingSigma_m = 0.2;
constexpr double kRangeSigma_m = 100;  // a bearing says nothing of it
constexpr double kEdge_px = 3;         // boxes that near to the picture's edge may be cut

bool is_cut(const math::PixelBox& box, const math::Pinhole& optics) {
  return box.left_px < kEdge_px || box.right_px > optics.width_px - kEdge_px;
}

// The track's place moved across the line of sight by what the middles of both boxes lie apart.
std::optional<Bearing> bearing_of(const TrackState& track, const math::Silhouette& expected, const math::PixelBox& seen,
                                  const ImageFrame& frame) {
  if (is_cut(seen, frame.optics) || is_cut(expected.unclipped, frame.optics)) return std::nullopt;
  const Eigen::Vector2d right = frame.T_camera_map.linear().row(0).head<2>().transpose().normalized();
  const Eigen::Vector2d ahead(-right.y(), right.x());
  if (!right.allFinite() || !(expected.depth_m > 0)) return std::nullopt;
  const double apart_px = (seen.left_px + seen.right_px - expected.unclipped.left_px - expected.unclipped.right_px) / 2;
  const double m_per_px = expected.depth_m / frame.optics.fx_px;
  const double sigma_m = std::hypot(kBearingSigma_m, kBearingSigma_px * m_per_px);
  Bearing bearing;
  bearing.position_m = track.motion.mean.head<2>() + apart_px * m_per_px * right;
  bearing.covariance_m2 =
      sigma_m * sigma_m * right * right.transpose() + kRangeSigma_m * kRangeSigma_m * ahead * ahead.transpose();
  return bearing;
}

}  // namespace

bool Tracker::has_fresh_box(const TrackState& track) const { return (stamp_ - track.last_boxed).to_s() <= kQuiet_s; }

bool Tracker::see(const ImageFrame& frame, messages::Tracks& tracks) {
  if (!is_started_ || frame.stamp < stamp_ || !frame.T_camera_map.matrix().allFinite()) return false;
  const double dt_s = (frame.stamp - stamp_).to_s();
  stamp_ = frame.stamp;
  if (dt_s > 0) {
    for (TrackState& track : tracks_) predict(track, dt_s);
  }
  find_sights(frame);
  const auto boxes = image_match_.solve(sights_, frame.boxes, config_.camera);
  for (std::size_t i = 0; i < tracks_.size(); ++i) look(tracks_[i], sights_[i], boxes[i], frame);
  drop_tracks(stamp_);
  write(tracks);
  return true;
}

// Tracks with a box of their own hide others, but take no box.
void Tracker::find_sights(const ImageFrame& frame) {
  sights_.clear();
  for (const TrackState& track : tracks_) {
    sights_.push_back({math::silhouette(frame.optics, frame.T_camera_map,
                                        {track.motion.mean(0), track.motion.mean(1), track.z_m, track.heading.yaw_rad,
                                         track.extent.length_m, track.extent.width_m, track.extent.height_m}),
                       track.classes.winner(), 0});
  }
  find_hidden(sights_);
  for (std::size_t i = 0; i < tracks_.size(); ++i) {
    if (!frame.is_whole && has_fresh_box(tracks_[i])) sights_[i].silhouette.reset();
  }
}

void Tracker::look(TrackState& track, const Sight& sight, int box, const ImageFrame& frame) {
  if (!sight.silhouette) return;
  if (box == kUnassigned) {
    track.existence.log_odds += absence_evidence(config_.camera, visibility_of(sight), sight.object_class);
  } else {
    const messages::ImageObject& seen = frame.boxes[static_cast<std::size_t>(box)];
    const auto bearing = bearing_of(track, *sight.silhouette, pixel_box(seen), frame);
    update_from_picture(track, box_evidence(config_.camera, seen.existence_probability), seen.object_class,
                        bearing ? &*bearing : nullptr, stamp_);
  }
  judge_existence(track);
}

}  // namespace hangil::fusion
