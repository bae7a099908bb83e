// SPDX-License-Identifier: Apache-2.0
#include "fusion/tracker.hpp"

#include <algorithm>
#include <cmath>

#include "fusion/motion_model.hpp"

namespace hangil::fusion {

namespace {

constexpr base::Duration kMaxGap{2'000'000'000};
constexpr double kRangeError_ratio = 0.005;  // boxes are the less exact the farther away
constexpr double kMostBoxLogOdds = 13;       // what a float still tells from 1
constexpr double kSureYawLength_m = 4;       // a part's heading is the less exact the shorter it is
constexpr double kMostBearingOnly_s = 2;     // beyond max_coast_s, for what pictures show
constexpr double kPartMargin_m = 0.1;        // around a track within which a box belongs to it

bool is_sound(const messages::Object& object) {
  const messages::Box3& box = object.box;
  const double sum = box.x_m + box.y_m + box.z_m + box.yaw_rad + box.length_m + box.width_m + box.height_m;
  return std::isfinite(sum) && box.length_m > 0 && box.width_m > 0 && box.height_m > 0 &&
         object.existence_probability >= 0 && object.existence_probability <= 1;
}

double box_log_odds(double probability, double false_box_log_odds) {
  constexpr double kLeast = 1e-6;
  const double value = log_odds(std::clamp(probability, kLeast, 1 - kLeast)) - false_box_log_odds;
  return std::clamp(value, -kMostBoxLogOdds, kMostBoxLogOdds);
}

Measurement measure(const messages::Object& object, const Eigen::Isometry3d& T_map_ego, const TrackerConfig& config) {
  const messages::Box3& box = object.box;
  const Eigen::Vector3d centre = T_map_ego * Eigen::Vector3d(box.x_m, box.y_m, box.z_m);
  const Eigen::Vector3d axis = T_map_ego.linear() * Eigen::Vector3d(std::cos(box.yaw_rad), std::sin(box.yaw_rad), 0);
  Measurement measurement;
  measurement.position_m = centre.head<2>();
  measurement.sensor_m = T_map_ego.translation().head<2>();
  measurement.position_sigma_m = config.position_sigma_m + kRangeError_ratio * std::hypot(box.x_m, box.y_m);
  measurement.z_m = centre.z();
  measurement.yaw_rad = std::atan2(axis.y(), axis.x());
  measurement.yaw_sigma_rad = config.yaw_sigma_rad;
  if (config.has_partial_boxes) measurement.yaw_sigma_rad *= std::max(1.0, kSureYawLength_m / box.length_m);
  measurement.extent = {box.length_m, box.width_m, box.height_m};
  measurement.existence_log_odds = box_log_odds(object.existence_probability, config.false_box_log_odds);
  measurement.object_class = object.object_class;
  measurement.is_partial = config.has_partial_boxes;
  return measurement;
}

bool covers(const TrackState& track, const Eigen::Vector2d& position_m) {
  const Eigen::Vector2d away = position_m - track.motion.mean.head<2>();
  const double c = std::cos(track.heading.yaw_rad), s = std::sin(track.heading.yaw_rad);
  return std::abs(c * away.x() + s * away.y()) < track.extent.length_m / 2 + kPartMargin_m &&
         std::abs(c * away.y() - s * away.x()) < track.extent.width_m / 2 + kPartMargin_m;
}

}  // namespace

bool Tracker::step(const messages::Objects& objects, const Eigen::Isometry3d& T_map_ego, messages::Tracks& tracks) {
  const base::Time stamp = objects.header.stamp;
  const base::Duration passed = is_started_ ? stamp - stamp_ : base::Duration{};
  const bool is_late = is_started_ && passed.ns <= 0 && passed >= base::Duration{} - kMaxGap;
  if (is_late || !T_map_ego.matrix().allFinite()) return false;
  if (passed.ns < 0 || passed > kMaxGap) tracks_.clear();
  const double since_boxes_s = is_started_ ? (stamp - box_stamp_).to_s() : 0;
  stamp_ = box_stamp_ = stamp, is_started_ = true;
  take(objects, T_map_ego);
  for (TrackState& track : tracks_) predict(track, passed.to_s());
  update_tracks(since_boxes_s, stamp);
  start_tracks(stamp);
  drop_tracks(stamp);
  write(tracks);
  return true;
}

void Tracker::write(messages::Tracks& tracks) const {
  tracks.header.stamp = stamp_;
  tracks.tracks.clear();
  for (const TrackState& track : tracks_) tracks.tracks.push_back(to_message(track, stamp_));
}

void Tracker::return_to(const Tracker& earlier) {
  TrackIds ids = std::move(ids_);
  *this = earlier;
  ids_ = std::move(ids);
}

void Tracker::take(const messages::Objects& objects, const Eigen::Isometry3d& T_map_ego) {
  measurements_.clear();
  for (const messages::Object& object : objects.objects) {
    if (is_sound(object)) measurements_.push_back(measure(object, T_map_ego, config_));
  }
  is_assigned_.assign(measurements_.size(), 0);
}

void Tracker::update_tracks(double dt_s, base::Time stamp) {
  const auto box_of_track = association_.solve(tracks_, measurements_, config_.gate_sigma);
  for (std::size_t i = 0; i < tracks_.size(); ++i) {
    if (box_of_track[i] == kUnassigned) {
      miss(tracks_[i].existence, config_.detection_probability);
    } else {
      const auto box = static_cast<std::size_t>(box_of_track[i]);
      is_assigned_[box] = 1;
      update(tracks_[i], measurements_[box], dt_s, stamp);
    }
    judge_existence(tracks_[i]);
  }
}

void Tracker::judge_existence(TrackState& track) {
  const double probability = probability_of(track.existence.log_odds);
  track.is_confirmed = probability >= (track.is_confirmed ? 0.5 : config_.confirm_probability);
  if (track.is_confirmed && track.id == 0) track.id = ids_.id_of(track.first_seen, track.birth);
}

// Fragments and doubles of an object that has its box already start no track.
void Tracker::start_tracks(base::Time stamp) {
  for (std::size_t i = 0; i < measurements_.size(); ++i) {
    const Measurement& box = measurements_[i];
    if (is_assigned_[i] || probability_of(box.existence_log_odds) < config_.drop_probability) continue;
    if (is_part_of_another(box.position_m, box.object_class, stamp)) continue;
    tracks_.push_back(start_track(box, stamp));
    tracks_.back().birth = static_cast<std::uint32_t>(i);
    judge_existence(tracks_.back());
  }
}

void Tracker::drop_tracks(base::Time stamp) {
  is_dropped_.clear();
  for (const TrackState& track : tracks_) is_dropped_.push_back(is_gone(track, stamp));
  std::size_t kept = 0;
  for (std::size_t i = 0; i < tracks_.size(); ++i) {
    if (!is_dropped_[i]) tracks_[kept++] = tracks_[i];
  }
  tracks_.resize(kept);
}

bool Tracker::is_gone(const TrackState& track, base::Time stamp) const {
  if (probability_of(track.existence.log_odds) < config_.drop_probability) return true;
  if ((stamp - track.last_seen).to_s() > config_.max_coast_s) return true;
  if ((stamp - track.last_boxed).to_s() > config_.max_coast_s + kMostBearingOnly_s) return true;
  // The other half of an object that was in pieces.
  return config_.has_partial_boxes && track.last_boxed < stamp &&
         is_part_of_another(track.motion.mean.head<2>(), track.classes.winner(), stamp);
}

bool Tracker::is_part_of_another(const Eigen::Vector2d& position_m, messages::ObjectClass object_class,
                                 base::Time stamp) const {
  const double gate = config_.gate_sigma * config_.gate_sigma;
  return std::any_of(tracks_.begin(), tracks_.end(), [&](const TrackState& track) {
    return track.last_boxed == stamp && track.first_seen < stamp && covers(track, position_m) &&
           class_distance(track.classes.winner(), object_class) < gate;
  });
}

}  // namespace hangil::fusion
