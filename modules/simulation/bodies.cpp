// SPDX-License-Identifier: Apache-2.0
#include "simulation/bodies.hpp"

namespace hangil::simulation {

namespace {

using Eigen::Vector3d;
using messages::ObjectClass;

Part slab(const Vector3d& least, const Vector3d& most, const Surface& surface) { return {box(least, most), surface}; }

// Wheels at x = 0 (rear axle) and x = wheelbase, flush with the sides.
void add_wheels(Body& body, double wheelbase_m, double half_width_m, double radius_m) {
  for (const double x_m : {0.0, wheelbase_m}) {
    for (const double side : {-1.0, 1.0}) {
      const double outer = side * (half_width_m - 0.01), inner = side * (half_width_m - 0.22);
      body.parts.push_back(slab({x_m - radius_m, std::min(outer, inner), 0},
                                {x_m + radius_m, std::max(outer, inner), 2 * radius_m * 0.95}, kRubber));
    }
  }
}

// Overhang behind the rear axle, as a share of the length.
constexpr double kRearShare = 0.21;

struct Hull {  // from rear to front of the labelled box
  double rear_m = 0, front_m = 0, half_width_m = 0;
};

Hull hull(const Actor& actor, double rear_share) {
  const double rear_m = -rear_share * actor.length_m;
  return {rear_m, rear_m + actor.length_m, actor.width_m / 2};
}

// A vehicle that is one tall box with a windscreen: van, truck or bus.
Actor tall_vehicle(int id, ObjectClass object_class, const Vector3d& size, double rear_share, double wheelbase_m,
                   double paint_ratio) {
  Actor actor{id, object_class, size.x(), size.y(), size.z(), (0.5 - rear_share) * size.x(), {}};
  const Hull h = hull(actor, rear_share);
  const double belt_m = size.z() * 0.55, nose_m = h.front_m - 0.25;
  actor.body.parts = {
      {frustum({h.rear_m, h.front_m, h.half_width_m, 0.3}, {h.rear_m, h.front_m, h.half_width_m, belt_m}),
       vehicle_paint(paint_ratio)},
      {frustum({h.rear_m, h.front_m, h.half_width_m, belt_m}, {h.rear_m, nose_m, h.half_width_m - 0.05, size.z()}),
       vehicle_paint(paint_ratio)},
      slab({nose_m + 0.05, -h.half_width_m * 0.85, belt_m + 0.02},
           {h.front_m - 0.02, h.half_width_m * 0.85, belt_m + 0.3}, kGlass)};
  add_wheels(actor.body, wheelbase_m, h.half_width_m, 0.36);
  return actor;
}

}  // namespace

Actor car(int id, double length_m, double width_m, double height_m, double paint_ratio) {
  Actor actor{id, ObjectClass::kCar, length_m, width_m, height_m, (0.5 - kRearShare) * length_m, {}};
  const Hull h = hull(actor, kRearShare);
  const Surface paint = vehicle_paint(paint_ratio);
  const double sill_m = 0.22, belt_m = 0.62 * height_m, cabin = h.half_width_m - 0.04;
  const double rear = h.rear_m + 0.04 * length_m, front = h.rear_m + 0.74 * length_m;
  const double roof_rear = h.rear_m + 0.16 * length_m, roof_front = h.rear_m + 0.55 * length_m;
  const Rectangle waist{h.rear_m, h.front_m, h.half_width_m, 0.45 * height_m};
  actor.body.parts = {
      {frustum({h.rear_m + 0.1, h.front_m - 0.12, h.half_width_m - 0.06, sill_m}, waist), paint},
      {frustum(waist, {h.rear_m + 0.08, h.front_m - 0.3, h.half_width_m - 0.05, belt_m}), paint},
      {frustum({rear, front, cabin, belt_m}, {roof_rear, roof_front, cabin - 0.17, height_m - 0.05}), kGlass},
      {frustum({roof_rear, roof_front, cabin - 0.17, height_m - 0.06},
               {roof_rear + 0.1, roof_front - 0.05, cabin - 0.25, height_m}),
       paint},
      slab({h.rear_m + 0.005, -0.26, 0.5}, {h.rear_m + 0.1, 0.26, 0.62}, kSign)};  // number plate
  add_wheels(actor.body, 0.58 * length_m, h.half_width_m, 0.32);
  return actor;
}

Actor van(int id, double paint_ratio) {
  return tall_vehicle(id, ObjectClass::kVan, {5.2, 1.95, 2.1}, 0.2, 3.0, paint_ratio);
}

Actor truck(int id) { return tall_vehicle(id, ObjectClass::kTruck, {9.0, 2.5, 3.6}, 0.24, 5.2, 0.55); }

Actor bus(int id) { return tall_vehicle(id, ObjectClass::kBus, {11.5, 2.55, 3.1}, 0.28, 5.9, 0.4); }

Actor pedestrian(int id, double height_m) {
  Actor actor{id, ObjectClass::kPedestrian, 0.5, 0.6, height_m, 0, {}};
  const double hip_m = 0.48 * height_m, neck_m = 0.84 * height_m;
  actor.body.parts = {{Cylinder{0.14, 0.1, 0.08, 0, hip_m}, kCloth},
                      {Cylinder{-0.14, -0.1, 0.08, 0, hip_m}, kCloth},
                      {Ellipsoid{{0, 0, (hip_m + neck_m) / 2}, {0.15, 0.25, (neck_m - hip_m) / 2 + 0.05}}, kCloth},
                      {Cylinder{0, 0.25, 0.05, hip_m, neck_m - 0.05}, kCloth},
                      {Cylinder{0, -0.25, 0.05, hip_m, neck_m - 0.05}, kCloth},
                      {Ellipsoid{{0, 0, height_m - 0.12}, {0.1, 0.09, 0.12}}, kSkin}};
  return actor;
}

Actor cyclist(int id) {
  Actor actor{id, ObjectClass::kCyclist, 1.8, 0.6, 1.75, 0.55, {}};
  actor.body.parts = {
      slab({-0.34, -0.03, 0}, {0.34, 0.03, 0.68}, kRubber),  // wheels, their spokes let little through
      slab({0.76, -0.03, 0}, {1.44, 0.03, 0.68}, kRubber),     slab({0.1, -0.04, 0.5}, {1.0, 0.04, 0.62}, kSteel),
      {Cylinder{0.3, 0.12, 0.09, 0.25, 0.95}, kCloth},         {Cylinder{0.4, -0.12, 0.09, 0.35, 0.95}, kCloth},
      {Ellipsoid{{0.45, 0, 1.2}, {0.28, 0.22, 0.34}}, kCloth}, {Ellipsoid{{0.62, 0, 1.61}, {0.12, 0.1, 0.14}}, kSkin},
      slab({0.92, -0.29, 1.0}, {1.0, 0.29, 1.06}, kSteel)};  // handlebar
  return actor;
}

namespace {

// A plain solid that fills its box, origin in the middle of its foot.
Actor block(int id, ObjectClass object_class, const Vector3d& size_m) {
  const Vector3d half(size_m.x() / 2, size_m.y() / 2, 0);
  return {id,
          object_class,
          size_m.x(),
          size_m.y(),
          size_m.z(),
          0,
          {{slab(-half, half + Vector3d(0, 0, size_m.z()), kConcrete)}}};
}

Actor plain_figure(int id, ObjectClass object_class, const Vector3d& size_m, double paint_ratio) {
  switch (object_class) {
    case ObjectClass::kCar:
      return car(id, 4.5, 1.8, 1.5, paint_ratio);
    case ObjectClass::kVan:
      return van(id, paint_ratio);
    case ObjectClass::kTruck:
      return truck(id);
    case ObjectClass::kBus:
    case ObjectClass::kTram:
      return bus(id);
    case ObjectClass::kPedestrian:
      return pedestrian(id, 1.75);
    case ObjectClass::kCyclist:
    case ObjectClass::kMotorcycle:
      return cyclist(id);
    default:
      return block(id, object_class, size_m);
  }
}

}  // namespace

Actor figure_of(int id, ObjectClass object_class, const Vector3d& size_m, double paint_ratio) {
  Actor figure = plain_figure(id, object_class, size_m, paint_ratio);
  const Vector3d factors = size_m.cwiseQuotient(Vector3d(figure.length_m, figure.width_m, figure.height_m));
  for (Part& part : figure.body.parts) part.shape = stretched(part.shape, factors);
  figure.object_class = object_class;
  figure.length_m = size_m.x(), figure.width_m = size_m.y(), figure.height_m = size_m.z();
  figure.centre_ahead_m *= factors.x();
  return figure;
}

Body building(double length_m, double depth_m, double height_m, const Surface& wall) {
  const double l = length_m / 2, d = depth_m / 2;
  return {
      {slab({-l, -d, -1}, {l, d, height_m}, wall),
       {frustum({-l - 0.3, l + 0.3, d + 0.3, height_m}, {-l + 1.5, l - 1.5, 0.3, height_m + depth_m * 0.35}), kBrick}}};
}

Body tree(double height_m, double crown_radius_m) {
  const double crown_bottom_m = 0.42 * height_m, middle_m = (crown_bottom_m + height_m) / 2;
  const double half_m = (height_m - crown_bottom_m) / 2;
  return {{{Cylinder{0, 0, 0.03 * height_m, -0.5, middle_m}, kBark},
           {Ellipsoid{{0, 0, middle_m}, {crown_radius_m, crown_radius_m, half_m}, 0.9}, kLeaves}}};
}

Body bush(double radius_m, double height_m) {
  return {{{Ellipsoid{{0, 0, 0.4 * height_m}, {radius_m, radius_m, 0.6 * height_m}, 4}, kLeaves}}};
}

Body pole(double radius_m, double height_m) { return {{{Cylinder{0, 0, radius_m, -0.5, height_m}, kSteel}}}; }

Body lamp_post(double arm_m) {
  Body post = pole(0.09, 7);
  post.parts.push_back(slab({-0.06, 0, 6.8}, {0.06, arm_m, 6.9}, kSteel));
  return post;
}

Body traffic_sign() {
  Body sign = pole(0.04, 2.9);
  sign.parts.push_back(slab({-0.06, -0.33, 2.2}, {-0.045, 0.33, 2.9}, kSign));
  return sign;
}

Body bus_shelter() {
  return {{slab({-2, 0.75, 0}, {2, 0.8, 2.3}, kGlass), slab({-2, -0.6, 0}, {-1.95, 0.8, 2.3}, kGlass),
           slab({-2.1, -0.8, 2.3}, {2.1, 0.9, 2.45}, kSteel), slab({-1.2, 0.2, 0.4}, {1.2, 0.6, 0.5}, kSteel)}};
}

Body panel(double length_m, double thickness_m, double bottom_m, double top_m, const Surface& surface) {
  return {{slab({-length_m / 2, -thickness_m / 2, bottom_m}, {length_m / 2, thickness_m / 2, top_m}, surface)}};
}

}  // namespace hangil::simulation
