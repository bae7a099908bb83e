// SPDX-License-Identifier: Apache-2.0
#include "lidar/merge_detections.hpp"

#include <algorithm>
#include <utility>

#include "messages/box3_overlap.hpp"

namespace hangil::lidar {

namespace {

using messages::Object;
using messages::ObjectClass;

constexpr double kPartShare = 0.5, kPersonShare = 0.8, kSameOverlap = 0.3;
constexpr float kLeastExistence = 0.4f;
constexpr std::size_t kMostWaiting = 64;

bool is_person(ObjectClass object_class) {
  return object_class == ObjectClass::kPedestrian || object_class == ObjectClass::kCyclist ||
         object_class == ObjectClass::kMotorcycle;
}

bool belongs_to(const Object& cluster, const Object& detection) {
  const math::Box2 piece = messages::footprint_of(cluster.box), whole = messages::footprint_of(detection.box);
  const double common_m2 = math::intersection_area_m2(piece, whole);
  if (common_m2 <= 0) return false;
  const double share = common_m2 / (piece.length_m * piece.width_m);
  if (is_person(cluster.object_class)) return share >= kPersonShare;
  if (share >= kPartShare) return true;
  if (cluster.object_class == ObjectClass::kUnknown) return false;
  return math::intersection_over_union(piece, whole) >= kSameOverlap ||
         math::contains(piece, {detection.box.x_m, detection.box.y_m});
}

bool is_nearer(const Object& a, const Object& b) {
  const auto squared_m2 = [](const messages::Box3& box) { return box.x_m * box.x_m + box.y_m * box.y_m; };
  const double da = squared_m2(a.box), db = squared_m2(b.box);
  if (da != db) return da < db;
  return a.box.x_m != b.box.x_m ? a.box.x_m < b.box.x_m : a.box.y_m < b.box.y_m;
}

}  // namespace

messages::Objects merge_detections(const messages::Objects& detections, const messages::Objects& clusters) {
  messages::Objects merged{clusters.header, {}};
  std::copy_if(detections.objects.begin(), detections.objects.end(), std::back_inserter(merged.objects),
               [](const Object& detection) {
                 return messages::is_finite(detection.box) && detection.existence_probability >= kLeastExistence;
               });
  const std::size_t detection_count = merged.objects.size();
  for (const Object& cluster : clusters.objects) {
    const auto end = merged.objects.begin() + static_cast<std::ptrdiff_t>(detection_count);
    const auto owner = std::find_if(merged.objects.begin(), end,
                                    [&](const Object& detection) { return belongs_to(cluster, detection); });
    if (owner == end) merged.objects.push_back(cluster);
  }
  std::stable_sort(merged.objects.begin(), merged.objects.end(), is_nearer);
  return merged;
}

std::vector<messages::Objects> DetectionJoin::add(const std::vector<const messages::Objects*>& clusters,
                                                  const std::vector<const messages::Objects*>& detections) {
  std::vector<messages::Objects> released;
  for (const messages::Objects* seen : clusters) {
    waiting_.push_back(*seen);
    before_newest_ = std::exchange(newest_, seen->header.stamp);
  }
  for (const messages::Objects* answer : detections) {
    last_detection_ = answer->header.stamp;
    release_until(answer->header.stamp, released);
    if (waiting_.empty() || waiting_.front().header.stamp != answer->header.stamp) continue;
    released.push_back(merge_detections(*answer, waiting_.front()));
    waiting_.erase(waiting_.begin());
  }
  if (waiting_.empty()) return released;
  // Stamps that do not grow must not fill the memory.
  while (waiting_.size() > kMostWaiting) {
    released.push_back(std::move(waiting_.front()));
    waiting_.erase(waiting_.begin());
  }
  const base::Time newest = waiting_.back().header.stamp;
  // Far apart, frames come later than patience allows though each is answered.
  const bool was_answered = last_detection_ && before_newest_ <= last_detection_;
  const bool is_silent = !last_detection_ || (newest - *last_detection_ > patience_ && !was_answered);
  release_until(is_silent ? newest + base::Duration{1} : newest - patience_, released);
  return released;
}

void DetectionJoin::release_until(base::Time stamp, std::vector<messages::Objects>& released) {
  while (!waiting_.empty() && waiting_.front().header.stamp < stamp) {
    released.push_back(std::move(waiting_.front()));
    waiting_.erase(waiting_.begin());
  }
}

}  // namespace hangil::lidar
