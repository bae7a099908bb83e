// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <Eigen/Geometry>

#include "fusion/association.hpp"
#include "fusion/image_match.hpp"
#include "fusion/track_ids.hpp"
#include "fusion/track_state.hpp"
#include "fusion/tracker_config.hpp"
#include "messages/objects.hpp"
#include "messages/tracks.hpp"

namespace hangil::fusion {

// A picture as the tracker sees it: its boxes and the way from the tracks' frame to the camera at its stamp. Either
// what was left over when boxes in space of that moment were fused with it, or a whole one that nothing was fused with.
struct ImageFrame {
  base::Time stamp;
  math::Pinhole optics;
  Eigen::Isometry3d T_camera_map = Eigen::Isometry3d::Identity();
  std::span<const messages::ImageObject> boxes;
  bool is_whole = false;
};

// Follows many objects through frames of boxes, whatever their class. Each track is tentative until its existence
// reaches confirm_probability, confirmed while it is then more likely there than not, coasts through frames without a
// box and is dropped when its existence falls below drop_probability or max_coast_s have passed. A track gets its id
// when it is first confirmed; until then its id is 0. Ids count up from 1 and are never used again, not even after a
// restart. Deterministic; once sizes have been seen, nothing is allocated.
class Tracker {
 public:
  explicit Tracker(const TrackerConfig& config) : config_(config) {}

  // Takes in one frame: `objects` in ego at header.stamp and where ego then was (identity where nobody knows: tracks
  // are then in ego). Writes all tracks at that stamp, tentative ones too, in the map, in the order in which they were
  // first seen; header.frame_id is left to the caller. Boxes that are not finite, empty or without a probability are
  // passed over.
  //
  // Returns false, having done nothing, for a stamp that was there before or is up to 2 s late, and for a pose that is
  // not finite. After a gap of more than 2 s either way everything starts anew.
  bool step(const messages::Objects& objects, const Eigen::Isometry3d& T_map_ego, messages::Tracks& tracks);

  // Takes in a picture: moves the tracks to its stamp and asks it for all of them, of what was left over for
  // those only that have had no box in space for 60 ms. What it shows gains existence and class and is turned to its
  // bearing; what it should show and does not loses existence. Starts no track. Returns false, having done nothing, for
  // a stamp before the last frame's.
  bool see(const ImageFrame& frame, messages::Tracks& tracks);

  // Forgets all tracks, as when the frame they are in is no longer the same.
  void restart() { tracks_.clear(), ids_.forget(), is_started_ = false; }

  // Goes back to what an earlier copy knew, but for the ids that have been given since: a track that begins with the
  // same box again gets the same id again.
  void return_to(const Tracker& earlier);

  base::Time stamp() const { return stamp_; }  // of the last frame

 private:
  void take(const messages::Objects& objects, const Eigen::Isometry3d& T_map_ego);
  void update_tracks(double dt_s, base::Time stamp);
  void start_tracks(base::Time stamp);
  void drop_tracks(base::Time stamp);
  bool is_part_of_another(const Eigen::Vector2d& position_m, messages::ObjectClass object_class,
                          base::Time stamp) const;
  bool is_gone(const TrackState& track, base::Time stamp) const;
  void judge_existence(TrackState& track);
  bool has_fresh_box(const TrackState& track) const;
  void find_sights(const ImageFrame& frame);
  void look(TrackState& track, const Sight& sight, int box, const ImageFrame& frame);
  void write(messages::Tracks& tracks) const;

  TrackerConfig config_;
  base::Time stamp_, box_stamp_;  // of the last frame, and of the last with boxes in space
  bool is_started_ = false;
  TrackIds ids_;
  std::vector<TrackState> tracks_;  // by first sight
  std::vector<Measurement> measurements_;
  std::vector<char> is_assigned_;  // of measurements
  std::vector<char> is_dropped_;   // of tracks
  Association association_;
  std::vector<Sight> sights_;  // of tracks
  ImageMatch image_match_;
};

}  // namespace hangil::fusion
