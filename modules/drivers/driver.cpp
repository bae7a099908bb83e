// SPDX-License-Identifier: Apache-2.0
#include "drivers/driver.hpp"

#include <array>

namespace hangil::drivers {

namespace {

struct Named {
  std::string_view name;
  Driver driver;
};

const std::array<Named, 7>& known() {
  static const std::array<Named, 7> drivers = {
      {{"constant", Constant{}},
       {"idm", Idm{}},
       {"careful", CarefulHuman{}},
       {"careful-jrc", CarefulHuman{.config = {.reading = CarefulReading::kJrc}}},
       {"reg157", Reg157{}},
       {"rss", Rss{}},
       {"fsm", Fsm{}}}};
  return drivers;
}

}  // namespace

Decision step(Driver& driver, const Scene& scene, double dt_s) {
  return std::visit([&](auto& one) { return step(one, scene, dt_s); }, driver);
}

base::Result<Driver> make_driver(std::string_view name) {
  std::string names;
  for (const Named& one : known()) {
    if (one.name == name) return one.driver;
    names += (names.empty() ? "" : ", ") + std::string(one.name);
  }
  return base::Error{"no driver '" + std::string(name) + "'; there are " + names};
}

void set_desired_speed(Driver& driver, double speed_mps) {
  if (Idm* idm = std::get_if<Idm>(&driver)) idm->config.desired_speed_mps = speed_mps;
}

const std::vector<std::string>& driver_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const Named& one : known()) all.emplace_back(one.name);
    return all;
  }();
  return names;
}

}  // namespace hangil::drivers
