// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "messages/objects.hpp"

namespace hangil::lidar {

// Drops what lies within something better: an object whose centre is inside the footprint of a car or van with a
// higher existence probability, unless it is a pedestrian or cyclist. Its points count for the vehicle. The order of
// what stays does not change.
void absorb_parts(std::vector<messages::Object>& objects);

}  // namespace hangil::lidar
