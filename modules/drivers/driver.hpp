// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "drivers/careful_human.hpp"
#include "drivers/constant.hpp"
#include "drivers/fsm.hpp"
#include "drivers/idm.hpp"
#include "drivers/reg157.hpp"
#include "drivers/rss.hpp"

namespace hangil::drivers {

// Any reference driver with its state, as a value: copy it to branch, keep one an ego.
using Driver = std::variant<Constant, Idm, CarefulHuman, Reg157, Rss, Fsm>;

// Advances the driver's state by dt and returns what it does meanwhile. Speeds never become negative by it: the caller
// stops at standstill. No heap, no clock.
Decision step(Driver& driver, const Scene& scene, double dt_s);

// constant, idm, careful, careful-jrc, reg157, rss or fsm with default parameters.
base::Result<Driver> make_driver(std::string_view name);
// An IDM takes the speed, the others know no desired one.
void set_desired_speed(Driver& driver, double speed_mps);
const std::vector<std::string>& driver_names();

}  // namespace hangil::drivers
