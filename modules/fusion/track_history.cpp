// SPDX-License-Identifier: Apache-2.0
#include "fusion/track_history.hpp"

#include <algorithm>
#include <tuple>

namespace hangil::fusion {

namespace {

constexpr std::size_t kRemembered = 24;  // at 10 Hz each, boxes and pictures of more than a second
constexpr base::Duration kClockSetBack{2'000'000'000};

}  // namespace

bool TrackHistory::Entry::operator<(const Entry& other) const {
  return std::tie(stamp, is_picture) < std::tie(other.stamp, other.is_picture);
}

TrackHistory::TrackHistory(const TrackerConfig& config) : tracker_(config), next_(tracker_) {
  entries_.reserve(kRemembered + 1);
}

bool TrackHistory::take(const messages::Objects& objects, const Eigen::Isometry3d& T_map_ego) {
  const base::Time stamp = objects.header.stamp;
  const bool is_set_back = has_boxes_ && newest_boxes_ - stamp > kClockSetBack;
  if (is_set_back) entries_.clear(), has_dropped_ = false;
  Entry& entry = next_entry(stamp, false);
  entry.objects = objects, entry.T_map_ego = T_map_ego;
  if (!insert_next()) return false;
  if (!has_boxes_ || is_set_back || stamp > newest_boxes_) newest_boxes_ = stamp;
  has_boxes_ = true;
  return true;
}

bool TrackHistory::take(const ImageFrame& frame) {
  Entry& entry = next_entry(frame.stamp, true);
  entry.frame = frame;
  entry.image_boxes.assign(frame.boxes.begin(), frame.boxes.end());
  return insert_next();
}

void TrackHistory::restart() {
  tracker_.restart();
  entries_.clear(), has_dropped_ = false, has_boxes_ = false;
}

TrackHistory::Entry& TrackHistory::next_entry(base::Time stamp, bool is_picture) {
  next_.stamp = stamp, next_.is_picture = is_picture;
  next_.before = tracker_;
  return next_;
}

bool TrackHistory::insert_next() {
  const auto place = std::lower_bound(entries_.begin(), entries_.end(), next_);
  const auto index = static_cast<std::size_t>(place - entries_.begin());
  if (index == entries_.size()) {
    if (!apply(next_)) return false;
    entries_.push_back(std::move(next_));
  } else {
    if (index == 0 && has_dropped_) return false;
    if (!(next_ < *place)) return false;
    tracker_.return_to(place->before);
    entries_.insert(place, std::move(next_));
    for (std::size_t i = index; i < entries_.size(); ++i) {
      entries_[i].before = tracker_;
      apply(entries_[i]);
    }
  }
  if (entries_.size() <= kRemembered) return true;
  next_ = std::move(entries_.front());
  entries_.erase(entries_.begin()), has_dropped_ = true;
  return true;
}

bool TrackHistory::apply(Entry& entry) {
  if (!entry.is_picture) return tracker_.step(entry.objects, entry.T_map_ego, tracks_);
  entry.frame.boxes = entry.image_boxes;
  return tracker_.see(entry.frame, tracks_);
}

}  // namespace hangil::fusion
