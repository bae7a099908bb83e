// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "math/pose2.hpp"
#include "messages/odometry.hpp"

namespace hangil::localization {

// Where the map frame lies in the frame poses come in: the first pose is the map's origin and heading. Roll and pitch
// are kept, so that z stays up.
struct MapAnchor {
  math::Pose2 T_map_source;
  double z_m = 0;  // of the map's origin in the source's frame
};

MapAnchor anchor_at(const messages::Odometry& first);

// The same pose in map, its covariance turned with it (REP 105; the twist is in ego and stays).
messages::Odometry into_map(const MapAnchor& anchor, const messages::Odometry& odometry);

}  // namespace hangil::localization
