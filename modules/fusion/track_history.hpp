// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "fusion/tracker.hpp"

namespace hangil::fusion {

// A tracker whose frames may come late and out of order. Each is taken in at its stamp: one that is older than what has
// been taken in sends the tracker back to before that stamp and through everything since once more, so that in the end
// only stamps matter, not arrivals. Frames of one stamp: boxes first, then pictures. It remembers the last 24 frames;
// what is older is refused. Ids that were given stay. Frames in order take nothing from the heap once sizes have been
// seen.
class TrackHistory {
 public:
  explicit TrackHistory(const TrackerConfig& config);

  // Both return false, having changed nothing, for what is too old, there already, or refused by the tracker.
  bool take(const messages::Objects& objects, const Eigen::Isometry3d& T_map_ego);
  bool take(const ImageFrame& frame);

  const messages::Tracks& tracks() const { return tracks_; }  // at the newest stamp
  bool has_boxes() const { return has_boxes_; }
  base::Time newest_boxes() const { return newest_boxes_; }  // stamp

  void restart();

 private:
  struct Entry {
    base::Time stamp;
    bool is_picture = false;
    messages::Objects objects;
    Eigen::Isometry3d T_map_ego = Eigen::Isometry3d::Identity();
    ImageFrame frame;  // its boxes lie in image_boxes
    std::vector<messages::ImageObject> image_boxes;
    Tracker before;  // as the tracker was when it came to this frame

    explicit Entry(const Tracker& tracker) : before(tracker) {}
    bool operator<(const Entry& other) const;
  };

  Entry& next_entry(base::Time stamp, bool is_picture);
  bool insert_next();
  bool apply(Entry& entry);

  Tracker tracker_;
  messages::Tracks tracks_;
  std::vector<Entry> entries_;  // by stamp
  Entry next_;                  // to be taken in; what was dropped last, so that its memory serves again
  base::Time newest_boxes_;
  bool has_boxes_ = false, has_dropped_ = false;
};

}  // namespace hangil::fusion
