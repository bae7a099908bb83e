// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include <Eigen/Geometry>

#include "camera/light_state.hpp"
#include "map/lane_graph.hpp"
#include "math/pinhole.hpp"
#include "messages/signal_states.hpp"

namespace hangil::camera {

struct MapLightsConfig {
  double head_height_m = 0.9, head_width_m = 0.3, reach_m = 120, hold_s = 1;
  int equal_readings = 2;
  LightConfig reading;

  void visit(base::ConfigVisitor& visitor);
};

// A light of the map that faces the camera, and where its head is in the picture.
struct MapLight {
  std::string id;
  messages::TrafficLight head;  // state unknown
};

// The lights wholly in the picture within reach whose traffic looks the camera's way. The map gives the middle of a
// head's lower edge. `T_map_camera`: x right, y down, z forward.
std::vector<MapLight> lights_in_view(const map::LaneGraph& map, const math::Pinhole& optics,
                                     const Eigen::Isometry3d& T_map_camera, const MapLightsConfig& config);

// What each light shows, by pictures that are judged one by one: a state counts once it has been read so often in a
// row, and is held for a while when the light cannot be read.
class LightMemory {
 public:
  explicit LightMemory(const MapLightsConfig& config) : config_(config) {}
  void take(const std::string& id, messages::LightState read, base::Time stamp);
  messages::SignalStates states(base::Time stamp) const;

 private:
  struct Entry {
    std::string id;
    messages::LightState state = messages::LightState::kUnknown, read = messages::LightState::kUnknown;
    int equal_count = 0;
    base::Time last_read;
  };
  MapLightsConfig config_;
  std::vector<Entry> entries_;
};

}  // namespace hangil::camera
