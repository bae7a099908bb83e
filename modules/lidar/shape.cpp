// SPDX-License-Identifier: Apache-2.0
#include "lidar/shape.hpp"
#include <cstdlib>
#include <cstdio>

namespace hangil::lidar {

namespace {

using messages::ObjectClass;

constexpr float kAny = 1e9f;
const float kA = getenv("KA") ? atof(getenv("KA")) : 1, kD=getenv("KD")?atof(getenv("KD")):0.3, kB = getenv("KB") ? atof(getenv("KB")) : 1;

float P(int i){ static float p[13]={.4,.8,25,1.4,2.6,1.0,1.3,2.15,2.5,.25,.45,1.1,1.5}; static bool done=false; if(!done){ done=true; if(const char*e=getenv("PP")){ int k; float v; int n; while(sscanf(e,"%d=%f%n",&k,&v,&n)==2){ p[k]=v; e+=n; if(*e==',')++e; } } } return p[i]; }
// Front or back face of a vehicle: as wide as one, and across the line of sight.
bool is_end_of_vehicle(const Shape& s) {
  return s.rectangle.along_m() < 2.4f && s.rectangle.across_m() < 1.3f && s.obliqueness_rad > 0.75f;
}

float vehicle_likeness(const Shape& s) {
  const float length_m = s.rectangle.along_m();
  const float extents = trapezoid(length_m, P(11), P(12), 5.2f, 6.8f) * trapezoid(s.rectangle.across_m(), -1, 0, 2.1f, 2.8f);
  const float upper = is_end_of_vehicle(s) && s.upper_along_m > 0 ? trapezoid(s.upper_along_m, 0.7f, 1.0f, kAny, kAny + 1e6f) : 1;
  const float side = is_end_of_vehicle(s) ? 1 : trapezoid(length_m, P(3), P(4), kAny, kAny + 1e6f);
  return extents * side * upper * (s.is_cut && s.top_m > 1.9f ? kD : 1) * trapezoid(s.top_m, P(5),P(6), P(7), P(8)) * trapezoid(s.low_ratio, P(9), P(10), 2, 3) *
         trapezoid(s.face_ratio, P(0), P(1), 2, 3) * trapezoid(s.point_count, 5, P(2), kAny, kAny + 1e6f);
}

float cyclist_likeness(const Shape& s) {
  return trapezoid(s.rectangle.along_m(), 0.9f, 1.15f, 1.9f, 2.2f) *
         trapezoid(s.rectangle.across_m(), 0.3f, 0.45f, 0.85f, 1.1f) * trapezoid(s.top_m, 1.4f, 1.55f, 1.8f, 2.0f) * trapezoid(s.upper_along_m, 0.1f, 0.2f, 0.9f, 1.2f) *
         trapezoid(s.low_ratio, 0.25f, 0.4f, 0.62f, 0.8f) * trapezoid(s.point_count, 10, 40, kAny, kAny + 1e6f);
}

float pedestrian_likeness(const Shape& s) {
  return trapezoid(s.rectangle.along_m(), 0.25f, 0.4f, 0.95f, 1.2f) *
         trapezoid(s.rectangle.across_m(), 0.15f, 0.25f, 0.75f, 0.95f) *
         trapezoid(s.top_m, 1.3f, 1.5f, 1.9f, 2.05f) * trapezoid(s.low_ratio, 0.2f, 0.4f, 0.65f, 0.85f) *
         trapezoid(s.point_count, 8, 30, kAny, kAny + 1e6f);
}

Rectangle whole_vehicle(const Shape& s, float sensor_x_m, float sensor_y_m) {
  constexpr float kLength_m = 3.9f, kWidth_m = 1.65f;
  const Rectangle lying = is_end_of_vehicle(s) ? turned(s.rectangle) : s.rectangle;
  return extended(lying, kLength_m, kWidth_m, sensor_x_m, sensor_y_m);
}

}  // namespace

Judgement judge(const Shape& s, float sensor_x_m, float sensor_y_m) {
  const float doubt = (s.is_alone ? 1.0f : kA) * (s.is_overhung ? kB : 1.0f);
  const float vehicle = vehicle_likeness(s), cyclist = cyclist_likeness(s) * doubt, pedestrian = pedestrian_likeness(s) * doubt;
  if (vehicle > 0 && vehicle >= cyclist && vehicle >= pedestrian) {
    return {s.top_m > 1.75f ? ObjectClass::kVan : ObjectClass::kCar, vehicle, whole_vehicle(s, sensor_x_m, sensor_y_m)};
  }
  if (cyclist > 0 && cyclist >= pedestrian) return {ObjectClass::kCyclist, cyclist, s.rectangle};
  return {pedestrian > 0 ? ObjectClass::kPedestrian : ObjectClass::kUnknown, pedestrian, s.rectangle};
}

}  // namespace hangil::lidar
