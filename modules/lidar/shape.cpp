// SPDX-License-Identifier: Apache-2.0
#include "lidar/shape.hpp"

#include <limits>

namespace hangil::lidar {

namespace {

using messages::ObjectClass;

// 0 outside (a, d), 1 within [b, c], linear between.
float trapezoid(float value, float a, float b, float c, float d) {
  if (value <= a || value >= d) return 0;
  if (value < b) return (value - a) / (b - a);
  return value > c ? (d - value) / (d - c) : 1;
}

// 0 up to a, 1 from b on.
float rising(float value, float a, float b) { return value <= a ? 0 : value >= b ? 1 : (value - a) / (b - a); }
float falling(float value, float a, float b) { return 1 - rising(value, a, b); }

// Front or back face of a vehicle: as wide as one, and across the line of sight.
bool is_end_of_vehicle(const Shape& s) {
  return s.rectangle.along_m() < 2.4f && s.rectangle.across_m() < 1.3f && s.obliqueness_rad > 0.75f;
}

// A cyclist is no narrower than a small car's end, but is narrow at the shoulders.
float end_likeness(const Shape& s) { return s.upper_along_m > 0 ? rising(s.upper_along_m, 0.7f, 1.0f) : 1.0f; }

float vehicle_likeness(const Shape& s) {
  const float along_m = s.rectangle.along_m();
  const float extents = trapezoid(along_m, 1.1f, 1.5f, 5.2f, 6.8f) * falling(s.rectangle.across_m(), 2.1f, 2.8f);
  const float view = is_end_of_vehicle(s) ? end_likeness(s) : rising(along_m, 1.2f, 2.3f);
  const float height = trapezoid(s.top_m, 1.1f, 1.4f, 2.15f, 2.5f) * (s.is_cut && s.top_m > 1.9f ? 0.3f : 1.0f);
  return extents * view * height * rising(s.low_ratio * s.top_m, 0.5f, 0.8f) * rising(s.face_ratio, 0.2f, 0.5f) *
         rising(s.point_count, 5, 25);
}

// Pieces of walls and bushes often have a person's size, but rarely stand alone.
float solitude(const Shape& s) { return (s.is_alone ? 1.0f : 0.7f) * (s.is_overhung ? 0.5f : 1.0f); }

float cyclist_likeness(const Shape& s) {
  return trapezoid(s.rectangle.along_m(), 0.9f, 1.15f, 1.9f, 2.2f) *
         trapezoid(s.rectangle.across_m(), 0.3f, 0.45f, 0.85f, 1.1f) * trapezoid(s.top_m, 1.4f, 1.55f, 1.8f, 2.0f) *
         trapezoid(s.upper_along_m, 0.1f, 0.2f, 0.9f, 1.2f) * trapezoid(s.low_ratio, 0.25f, 0.4f, 0.62f, 0.8f) *
         rising(s.point_count, 10, 40) * solitude(s);
}

float pedestrian_likeness(const Shape& s) {
  return trapezoid(s.rectangle.along_m(), 0.25f, 0.4f, 0.95f, 1.2f) *
         trapezoid(s.rectangle.across_m(), 0.15f, 0.25f, 0.75f, 0.95f) * trapezoid(s.top_m, 1.3f, 1.5f, 1.9f, 2.05f) *
         trapezoid(s.low_ratio, 0.2f, 0.4f, 0.65f, 0.85f) * rising(s.point_count, 8, 30) * solitude(s);
}

Judgement judge_vehicle(const Shape& s, float likeness, float sensor_x_m, float sensor_y_m) {
  constexpr float kLength_m = 3.9f, kWidth_m = 1.65f, kCarTop_m = 1.75f;
  const Rectangle lying = is_end_of_vehicle(s) ? turned(s.rectangle) : s.rectangle;
  return {s.top_m > kCarTop_m ? ObjectClass::kVan : ObjectClass::kCar, likeness,
          extended(lying, kLength_m, kWidth_m, sensor_x_m, sensor_y_m)};
}

}  // namespace

Judgement judge(const Shape& s, float sensor_x_m, float sensor_y_m) {
  const float vehicle = vehicle_likeness(s), cyclist = cyclist_likeness(s), pedestrian = pedestrian_likeness(s);
  if (vehicle > 0 && vehicle >= cyclist && vehicle >= pedestrian)
    return judge_vehicle(s, vehicle, sensor_x_m, sensor_y_m);
  if (cyclist > 0 && cyclist >= pedestrian) return {ObjectClass::kCyclist, cyclist, s.rectangle};
  return {pedestrian > 0 ? ObjectClass::kPedestrian : ObjectClass::kUnknown, pedestrian, s.rectangle};
}

}  // namespace hangil::lidar
