// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "drivers/driver.hpp"
#include "scenario/scenario_run.hpp"

namespace hangil::scenario {

// A reference driver at the pedals of ego: its way (lane, route, trajectory) stays the scenario's.
class EgoDriver {
 public:
  // constant, idm, careful, careful-jrc, reg157, rss or fsm. Errors: an unknown name; no entity of that name.
  static base::Result<EgoDriver> make(const ScenarioRun& run, std::string_view driver, std::string_view ego = "Ego");

  // What to hand to the run's next step. It takes over once the scenario activates a controller of ego's longitudinal
  // domain, or at 0 s where it never does.
  OutsideControl control(ScenarioRun& run);
  bool has_taken_over() const { return has_taken_over_; }

 private:
  void look_around(World& world);

  drivers::Driver driver_;
  EntityIndex ego_ = 0;
  bool waits_for_activation_ = false, has_taken_over_ = false;
  std::vector<drivers::Neighbour> neighbours_;
};

}  // namespace hangil::scenario
