// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "messages/lane_place.hpp"
#include "scenario/drive_messages.hpp"

namespace hangil::simulation {

// Where ego is by the map and on its way, for those who judge its driving.
class EgoPlace {
 public:
  // A new way to go. Progress counts on from the one before.
  void take_way(scenario::Way way, double route_length_m);

  messages::LanePlace place(scenario::World& world, scenario::EntityIndex ego, base::Time stamp);

 private:
  void move_on(math::Point2 point);
  scenario::LaneSpot reference_spot(scenario::World& world, scenario::EntityIndex ego) const;

  scenario::Way way_;
  double route_length_m_ = 0;  // 0: no route
  double before_m_ = 0;        // progress on earlier ways
  std::size_t segment_ = 0;    // of the way, where ego is
  double along_m_ = 0, left_m_ = 0;
};

}  // namespace hangil::simulation
