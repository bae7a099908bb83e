// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/result.hpp"
#include "map/map.hpp"

namespace hangil::map {

// Reads OpenDRIVE 1.4 to 1.8 (.xodr). Errors list what is malformed, each with file and line: numbers that are none or
// not finite, roads without length, geometry, lane sections or lane 0, ids given twice, coordinates beyond 1e8 m.
// Links to what is not there are left out; check_map (check.hpp) names them.
base::Result<Map> read_open_drive(const std::string& path);
// The same from text; `file` names it in errors.
base::Result<Map> parse_open_drive(std::string text, const std::string& file);

}  // namespace hangil::map
