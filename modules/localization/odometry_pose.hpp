// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/result.hpp"
#include "localization/map_anchor.hpp"
#include "math/pose_sample.hpp"

namespace hangil::localization {

// Turns recorded odometry into poses of ego in map. Odometry whose frame is already `map` passes unchanged; for any
// other frame the first pose becomes the map's origin and keeps that role for good, also when the clock is set back.
class OdometryPose {
 public:
  // Error: a number that is not finite or a quaternion that is not a rotation; the message is then ignored. A twist of
  // nothing but zeros counts as absent and is taken from the way since the last pose, if that is at most 0.5 s older.
  base::Result<messages::Odometry> add(const messages::Odometry& odometry);

 private:
  std::optional<MapAnchor> anchor_;
  std::optional<math::PoseSample> last_;  // in map
};

// Velocity and turn rate in the body's axes that lead from one pose to the other, in the frame of the later one.
math::PoseSample with_twist_since(const math::PoseSample& earlier, const math::PoseSample& later);

}  // namespace hangil::localization
