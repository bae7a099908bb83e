// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <vector>

#include <Eigen/Geometry>

#include "messages/truth_objects.hpp"

namespace hangil::recording {

// Sets the velocity over ground of tracked objects (id >= 0) from their places in the frames before and after, or one
// of them: central or one-sided difference. `truth` is by frame number, in ego; objects stay without velocity where
// poses (by frame number) or neighbours are missing.
void fill_velocities(const std::vector<std::optional<Eigen::Isometry3d>>& T_map_ego,
                     std::map<int, messages::TruthObjects>& truth);

}  // namespace hangil::recording
