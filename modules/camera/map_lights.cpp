// SPDX-License-Identifier: Apache-2.0
#include "camera/map_lights.hpp"

#include <algorithm>
#include <cmath>

namespace hangil::camera {

namespace {

using Eigen::Vector3d;

// Direction of travel of a lane at a place on its middle; level.
Vector3d heading_at(const std::vector<map::Point3>& line, double s_m) {
  for (std::size_t i = 1; i < line.size(); ++i) {
    const Vector3d step(line[i].x_m - line[i - 1].x_m, line[i].y_m - line[i - 1].y_m, 0);
    s_m -= step.norm();
    if (s_m <= 0 || i + 1 == line.size()) return step.normalized();
  }
  return Vector3d::Zero();
}

// The head's outline in the picture; nothing when a part of it is not in it.
std::optional<messages::TrafficLight> head_in_picture(const Vector3d& lower_edge_m, const Vector3d& across,
                                                      const math::Pinhole& optics,
                                                      const Eigen::Isometry3d& T_camera_map,
                                                      const MapLightsConfig& config) {
  messages::TrafficLight head{.existence_probability = 1};
  head.x_min_px = head.y_min_px = 1e9F;
  for (const double side : {-0.5, 0.5}) {
    for (const double up : {0.0, 1.0}) {
      const Vector3d corner =
          lower_edge_m + side * config.head_width_m * across + Vector3d(0, 0, up * config.head_height_m);
      const auto pixel = math::project(optics, T_camera_map * corner);
      if (!pixel || !optics.contains(*pixel)) return std::nullopt;
      const auto x = static_cast<float>(pixel->x_px), y = static_cast<float>(pixel->y_px);
      head.x_min_px = std::min(head.x_min_px, x), head.x_max_px = std::max(head.x_max_px, x);
      head.y_min_px = std::min(head.y_min_px, y), head.y_max_px = std::max(head.y_max_px, y);
    }
  }
  return head;
}

}  // namespace

void MapLightsConfig::visit(base::ConfigVisitor& visitor) {
  visitor.field("head_height_m", head_height_m, {0.1, 5}, "m", "of a head with three bulbs");
  visitor.field("head_width_m", head_width_m, {0.05, 2}, "m", "of that head");
  visitor.field("reach_m", reach_m, {1, 500}, "m", "lights farther off are not looked at");
  visitor.field("hold_s", hold_s, {0, 60}, "s", "a state is kept so long when the light cannot be read");
  visitor.field("equal_readings", equal_readings, {1, 100}, "", "in a row, before a state counts");
  reading.visit(visitor);
}

std::vector<MapLight> lights_in_view(const map::LaneGraph& map, const math::Pinhole& optics,
                                     const Eigen::Isometry3d& T_map_camera, const MapLightsConfig& config) {
  std::vector<MapLight> seen;
  const Eigen::Isometry3d T_camera_map = T_map_camera.inverse();
  for (const map::TrafficLight& light : map.lights) {
    const Vector3d position(light.position.x_m, light.position.y_m, light.position.z_m);
    if (light.lanes.empty() || !((position - T_map_camera.translation()).norm() <= config.reach_m)) continue;
    const map::LaneMark& mark = light.lanes.front();
    const Vector3d heading = heading_at(map.lanes[static_cast<std::size_t>(mark.lane)].centre, mark.s_m);
    if (!(heading.dot(T_map_camera.linear().col(2)) > 0.3)) continue;  // its back or side
    const auto head = head_in_picture(position, {-heading.y(), heading.x(), 0}, optics, T_camera_map, config);
    if (head) seen.push_back({light.id, *head});
  }
  return seen;
}

void LightMemory::take(const std::string& id, messages::LightState read, base::Time stamp) {
  if (read == messages::LightState::kUnknown) return;
  auto entry = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.id == id; });
  if (entry == entries_.end()) entry = entries_.insert(entries_.end(), Entry{.id = id});
  entry->equal_count = entry->read == read ? entry->equal_count + 1 : 1;
  entry->read = read, entry->last_read = stamp;
  if (entry->equal_count >= config_.equal_readings) entry->state = read;
}

messages::SignalStates LightMemory::states(base::Time stamp) const {
  messages::SignalStates states;
  states.header = {stamp, "map"};
  for (const Entry& entry : entries_) {
    const bool is_fresh = (stamp - entry.last_read).to_s() <= config_.hold_s;
    if (is_fresh && entry.state != messages::LightState::kUnknown) states.signals.push_back({entry.id, entry.state});
  }
  return states;
}

}  // namespace hangil::camera
