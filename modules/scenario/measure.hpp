// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario/placement.hpp"
#include "scenario/world.hpp"

namespace hangil::scenario {

// The distance from an entity to another, as conditions and distance actions of the standard measure it; not negative.
// Nothing where there is none: one of them is not there, or no road leads from one to the other.
std::optional<double> distance_to_entity_m(World& world, EntityIndex from, EntityIndex to, const Measure& measure);
std::optional<double> distance_to_place_m(World& world, EntityIndex from, const Placement& place,
                                          const Measure& measure);

// The same with a sign: ahead of (left of) `from` is positive. Between reference points.
std::optional<double> signed_distance_m(World& world, EntityIndex from, EntityIndex to, DistanceType type,
                                        CoordinateSystem coordinates);
// How far bounding boxes shorten a distance along an axis that points `axis_rad`: the reach of `from` towards `to` and
// of `to` towards `from`. `is_ahead`: `to` lies towards the axis.
double box_share_m(const World& world, EntityIndex from, EntityIndex to, double axis_rad, bool is_ahead);

}  // namespace hangil::scenario
