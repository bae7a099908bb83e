// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "math/pose_buffer.hpp"
#include "messages/box3.hpp"
#include "messages/odometry.hpp"
#include "recording/drive_reader.hpp"

namespace hangil::evaluation {

// All messages of one channel, in order of publication.
template <class T>
using Channel = std::vector<recording::Stamped<T>>;

// Every usable pose of the drive; asked for a stamp it interpolates. Poses that are not finite are left out.
math::PoseBuffer poses_of(const Channel<messages::Odometry>& channel);

// An upright box from one frame to the other: the centre by the full pose, the heading by its yaw.
messages::Box3 box_in_ego(const messages::Box3& box_map, const math::PoseSample& T_map_ego);
messages::Box3 box_in_map(const messages::Box3& box_ego, const math::PoseSample& T_map_ego);

}  // namespace hangil::evaluation
