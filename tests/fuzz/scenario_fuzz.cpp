// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <string>

#include "scenario/distribution.hpp"
#include "scenario/read_scenario.hpp"
#include "scenario/scenario_run.hpp"

// Any text is a scenario that plays, or errors with a place; never a crash. Played without roads, for half a second.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace scenario = hangil::scenario;
  scenario::ScenarioLibrary library;
  library.add("fuzz.xosc", std::string(reinterpret_cast<const char*>(data), size));
  if (const auto varied = scenario::read_distribution(library, "fuzz.xosc");
      varied && scenario::point_count(varied->distribution) > 0) {
    (void)scenario::point(varied->distribution, 0);
  }
  auto read = scenario::read_scenario(library, "fuzz.xosc");
  if (!read) {
    if (read.error().message.find("fuzz.xosc") == std::string::npos) std::abort();
    return 0;
  }
  if (scenario::has_errors(read->findings)) return 0;
  scenario::RunOptions options;
  options.time_limit = hangil::base::Duration::milliseconds(500);
  auto run = scenario::ScenarioRun::start(std::make_shared<const scenario::Scenario>(std::move(read->scenario)),
                                          nullptr, options);
  if (!run) return 0;
  for (auto going = run->step(); going && *going; going = run->step()) {
  }
  return 0;
}
