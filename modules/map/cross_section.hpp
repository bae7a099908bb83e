// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "map/road.hpp"

namespace hangil::map {

// How far the surface at (s, t) lies above the superelevated plane through the reference line, along z: crossfall,
// lateral shape, raised lanes (kerbs), level lanes. 0 for most roads.
double rise_m(const Road& road, double s_m, double t_m);

}  // namespace hangil::map
