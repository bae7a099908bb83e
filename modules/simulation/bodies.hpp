// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "simulation/world.hpp"

// What actors and fixtures look like to a laser: a few solids each, within the labelled box.
namespace hangil::simulation {

// Passenger car: lower body, cabin of glass with a metal roof, wheels. `paint_ratio`: reflectance of the paint.
Actor car(int id, double length_m, double width_m, double height_m, double paint_ratio);
Actor van(int id, double paint_ratio);
Actor truck(int id);  // rigid truck with a box body, 9 m
Actor bus(int id);    // 11.5 m
// Upright, 0.5 m by 0.6 m; legs apart as in mid-stride.
Actor pedestrian(int id, double height_m);
Actor cyclist(int id);

// The figure of that class, stretched to a size (length, width, height): cars, vans, lorries, people on foot and on two
// wheels; for other classes a plain box. `paint_ratio`: reflectance of a vehicle's paint.
Actor figure_of(int id, messages::ObjectClass object_class, const Eigen::Vector3d& size_m, double paint_ratio);

Body building(double length_m, double depth_m, double height_m, const Surface& wall);
// Trunk and a crown that lets part of the rays through.
Body tree(double height_m, double crown_radius_m);
Body bush(double radius_m, double height_m);
Body pole(double radius_m, double height_m);
// Lamp post with an arm of arm_m to the left.
Body lamp_post(double arm_m);
Body traffic_sign();
Body bus_shelter();
// A wall, hedge, guard rail or beam: length along x, centred, from bottom_m to top_m above the ground.
Body panel(double length_m, double thickness_m, double bottom_m, double top_m, const Surface& surface);

}  // namespace hangil::simulation
