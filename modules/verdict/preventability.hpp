// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/fields.hpp"
#include "verdict/trace.hpp"

namespace hangil::verdict {

// What one reference driver did on ego's path among the recorded others.
struct ReferenceRun {
  static constexpr std::string_view kType = "hangil_msgs/msg/ReferenceRun";
  std::string driver;
  bool has_collided = false;
  double collision_s = kUnknown;
  double min_gap_m = kUnknown;

  template <class Self, class Visit>
  static void fields(Self& self, Visit&& visit) {
    visit("driver", self.driver);
    visit("has_collided", self.has_collided);
    visit("collision_s", self.collision_s);
    visit("min_gap_m", self.min_gap_m);
  }
};

// Drives ego's recorded path again with a driver of drivers/driver.hpp, from ego's first place and speed, brakes only
// (UN R157 Annex 4 App. 3). Beyond the recorded path it goes straight on. The others do as recorded: they do not react.
base::Result<ReferenceRun> drive_instead(const ScenarioTrace& trace, const std::string& driver);

// careful, rss and fsm, in that order; empty when ego's path cannot be followed (it stood).
std::vector<ReferenceRun> reference_runs(const ScenarioTrace& trace);
// Whether a collision in these circumstances is one that the careful human avoids.
bool is_preventable(const std::vector<ReferenceRun>& runs);

}  // namespace hangil::verdict
