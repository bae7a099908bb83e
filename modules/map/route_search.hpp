// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "map/route.hpp"

namespace hangil::map {

// The legs from one place to another, start_m left at 0; none where no way leads there. `direction` is the way it
// must set out, if given.
std::optional<std::vector<RouteLeg>> search_route(const Map& map, const LanePlace& from, const LanePlace& to,
                                                  std::optional<bool> direction);

}  // namespace hangil::map
