// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "map/map.hpp"
#include "scenario/model.hpp"

namespace hangil::simulation {

// A scenario and the roads it is played on.
struct StagedScenario {
  std::shared_ptr<const scenario::Scenario> scenario;
  std::shared_ptr<const map::Map> map;  // null without roads
};

// `parameters`: "NAME=VALUE;NAME=VALUE"; `maps`: folder of NAME.xodr files, may be empty. Errors name file and line.
base::Result<StagedScenario> read_staged(const std::string& file, const std::string& parameters,
                                         const std::string& maps);

}  // namespace hangil::simulation
