// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "base/time.hpp"
#include "fusion/class_vote.hpp"
#include "fusion/existence.hpp"
#include "fusion/extent.hpp"
#include "fusion/heading.hpp"
#include "fusion/planar_motion.hpp"
#include "fusion/tracker_config.hpp"
#include "messages/tracks.hpp"

namespace hangil::fusion {

// A box as the tracker takes it: in the map, with its errors.
struct Measurement {
  Eigen::Vector2d position_m = Eigen::Vector2d::Zero();
  Eigen::Vector2d sensor_m = Eigen::Vector2d::Zero();  // where it was seen from
  double position_sigma_m = 0;
  double z_m = 0;
  double yaw_rad = 0, yaw_sigma_rad = 0;
  Extent extent;
  double existence_log_odds = 0;
  messages::ObjectClass object_class = messages::ObjectClass::kUnknown;
  bool is_partial = false;  // covers what was seen, not the whole object
};

// Everything known of one object, in the map.
struct TrackState {
  std::uint32_t id = 0;              // 0 until it is confirmed
  std::uint32_t birth = 0;           // which box of its first frame it began with
  base::Time first_seen, last_seen;  // by any sensor
  base::Time last_boxed;             // by one that gives boxes in space
  PlanarMotion motion;
  Heading heading;
  double z_m = 0;
  Extent extent;
  double acceleration_mps2 = 0;  // of speed, smoothed
  Existence existence;
  ClassVote classes;
  int box_count = 0;
  bool is_confirmed = false;
};

TrackState start_track(const Measurement& measurement, base::Time stamp);

// Moves on by dt > 0 as its class does.
void predict(TrackState& track, double dt_s);

// The measurement as this track explains it: of a box that is nearly turned a quarter, length and width change places;
// of a partial one, the centre moves to where the whole object's is.
Measurement fitted(const TrackState& track, const Measurement& measurement);

// Takes in the box that was assigned to it, dt after the last frame (0: the first).
void update(TrackState& track, const Measurement& measurement, double dt_s, base::Time stamp);

// Takes in a box of a picture that was assigned to it: existence (`evidence`, log-odds), class, and the bearing where
// both it and the track's silhouette lie inside the picture (else `bearing` is null).
struct Bearing {
  Eigen::Vector2d position_m = Eigen::Vector2d::Zero();  // of the track, if it were moved across the line of sight
  Eigen::Matrix2d covariance_m2 = Eigen::Matrix2d::Identity();
};
void update_from_picture(TrackState& track, double evidence, messages::ObjectClass object_class, const Bearing* bearing,
                         base::Time stamp);

messages::Track to_message(const TrackState& track, base::Time stamp);

}  // namespace hangil::fusion
