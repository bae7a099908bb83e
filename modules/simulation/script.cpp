// SPDX-License-Identifier: Apache-2.0
#include "simulation/script.hpp"

namespace hangil::simulation {

ActorState state_at(const Motion& motion, double time_s) {
  const Advance advance = motion.speed.at(time_s);
  const double way_m = motion.start_m + advance.way_m;
  const WayPoint place = motion.path.at(way_m);
  return {place.pose, advance.speed_mps, advance.acceleration_mps2, place.curvature_radpm,
          way_m >= 0 && way_m <= motion.path.length_m()};
}

Snapshot snapshot_at(const Script& script, base::Time start, base::Time time) {
  const double time_s = (time - start).to_s();
  Snapshot snapshot{time, state_at(script.ego, time_s), {}};
  snapshot.actors.reserve(script.actors.size());
  for (const Motion& motion : script.actors) snapshot.actors.push_back(state_at(motion, time_s));
  return snapshot;
}

}  // namespace hangil::simulation
