// SPDX-License-Identifier: Apache-2.0
#include "evaluation/object_history.hpp"

namespace hangil::evaluation {

namespace {

constexpr base::Duration kMaxGap{350'000'000};

ObjectState between(const messages::Box3& a, const messages::Box3& b, double gap_s, double t) {
  const auto mix = [t](double from, double to) { return from + t * (to - from); };
  ObjectState state;
  state.box = footprint(a);
  state.box.pose.x_m = mix(a.x_m, b.x_m);
  state.box.pose.y_m = mix(a.y_m, b.y_m);
  state.box.pose.yaw_rad = math::wrap_angle_rad(a.yaw_rad + t * math::angle_difference_rad(b.yaw_rad, a.yaw_rad));
  if (gap_s > 0) state.vx_mps = (b.x_m - a.x_m) / gap_s, state.vy_mps = (b.y_m - a.y_m) / gap_s;
  return state;
}

std::optional<ObjectState> state_at(const std::map<base::Time, messages::Box3>& boxes, base::Time stamp) {
  auto later = boxes.lower_bound(stamp);
  if (later == boxes.end()) return std::nullopt;
  if (later == boxes.begin()) {
    if (later->first != stamp) return std::nullopt;
    if (boxes.size() > 1) ++later;  // the velocity at the first sample is that of the first step
  }
  if (boxes.size() == 1) return between(later->second, later->second, 0, 0);
  const auto earlier = std::prev(later);
  const base::Duration gap = later->first - earlier->first;
  if (gap > kMaxGap) {
    if (later->first == stamp) return between(later->second, later->second, 0, 0);
    if (earlier->first == stamp) return between(earlier->second, earlier->second, 0, 0);
    return std::nullopt;
  }
  return between(earlier->second, later->second, gap.to_s(), (stamp - earlier->first).to_s() / gap.to_s());
}

}  // namespace

void ObjectHistory::add(std::int64_t id, base::Time stamp, const messages::Box3& box_map) {
  if (id >= 0 && is_sound(box_map)) boxes_[id].emplace(stamp, box_map);
}

std::optional<ObjectState> ObjectHistory::at(std::int64_t id, base::Time stamp) const {
  const auto found = boxes_.find(id);
  return found == boxes_.end() ? std::nullopt : state_at(found->second, stamp);
}

std::vector<ObjectState> ObjectHistory::all_at(base::Time stamp) const {
  std::vector<ObjectState> states;
  for (const auto& [id, boxes] : boxes_) {
    if (const auto state = state_at(boxes, stamp)) states.push_back(*state);
  }
  return states;
}

ObjectHistory history_of(const Channel<messages::TruthObjects>& truth, const math::PoseBuffer& poses) {
  ObjectHistory history;
  for (const auto& message : truth) {
    const base::Time stamp = message.value.header.stamp;
    const auto pose = poses.at(stamp);
    if (!pose) continue;
    for (const auto& object : message.value.objects) history.add(object.id, stamp, box_in_map(object.box, *pose));
  }
  return history;
}

ObjectHistory history_of(const Channel<messages::Tracks>& tracks) {
  ObjectHistory history;
  for (const auto& message : tracks) {
    if (message.value.header.frame_id != "map") continue;
    for (const messages::Track& track : message.value.tracks) {
      if (track.is_confirmed) history.add(track.id, message.value.header.stamp, track.box);
    }
  }
  return history;
}

}  // namespace hangil::evaluation
