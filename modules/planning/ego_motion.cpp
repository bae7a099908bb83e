// SPDX-License-Identifier: Apache-2.0
#include "planning/ego_motion.hpp"

namespace hangil::planning {

base::Result<math::MotionState> ego_motion(const math::PoseBuffer& poses, base::Time stamp) {
  constexpr base::Duration kSpan{200'000'000};
  constexpr double kLeastMps = 1.0;
  const auto now = poses.at(stamp);
  if (!now) return now.error();
  math::MotionState motion;
  motion.pose = math::planar(*now);
  motion.speed_mps = now->vx_mps;
  if (now->vx_mps > kLeastMps) motion.curvature_radpm = now->wz_radps / now->vx_mps;
  const bool has_past = poses.oldest().stamp <= stamp - kSpan;
  const auto before = poses.at(stamp - kSpan);
  if (has_past && before) motion.acceleration_mps2 = (now->vx_mps - before->vx_mps) / kSpan.to_s();
  return motion;
}

}  // namespace hangil::planning
