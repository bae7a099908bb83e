// SPDX-License-Identifier: Apache-2.0
#include "viewer/palette.hpp"

#include <algorithm>
#include <cmath>

#include "viewer/birds_eye.hpp"

namespace hangil::viewer {

using messages::ObjectClass;

namespace {

Colour mix(Colour a, Colour b, double t) {
  const auto channel = [t](std::uint8_t from, std::uint8_t to) {
    return static_cast<std::uint8_t>(std::lround(from + t * (to - from)));
  };
  return {channel(a.r, b.r), channel(a.g, b.g), channel(a.b, b.b)};
}

}  // namespace

std::vector<LegendEntry> legend() {
  using Shape = LegendEntry::Shape;
  return {{"plan, as wide as the vehicle", palette::kPlan, Shape::kArea},
          {"rejected plan", palette::kRejected, Shape::kArea},
          {"stop trajectory", palette::kStopPlan, Shape::kArea},
          {"mission", palette::kMission, Shape::kDashed},
          {"label", palette::kTruth, Shape::kDashed},
          {"detected box", palette::kDetection, Shape::kLine},
          {"car", class_colour(ObjectClass::kCar), Shape::kLine},
          {"van, truck, bus", class_colour(ObjectClass::kTruck), Shape::kLine},
          {"cyclist", class_colour(ObjectClass::kCyclist), Shape::kLine},
          {"pedestrian", class_colour(ObjectClass::kPedestrian), Shape::kLine},
          {"unknown", class_colour(ObjectClass::kUnknown), Shape::kLine},
          {"ground", palette::kGround, Shape::kDot},
          {"0 m", height_colour(0), Shape::kDot},
          {"1.5 m", height_colour(1.5), Shape::kDot},
          {"3 m", height_colour(3), Shape::kDot}};
}

Colour class_colour(ObjectClass object_class) {
  switch (object_class) {
    case ObjectClass::kCar:
      return {88, 166, 255};
    case ObjectClass::kVan:
    case ObjectClass::kTruck:
    case ObjectClass::kBus:
    case ObjectClass::kTram:
      return {188, 140, 255};
    case ObjectClass::kCyclist:
    case ObjectClass::kMotorcycle:
      return {57, 214, 204};
    case ObjectClass::kPedestrian:
      return {255, 123, 172};
    default:
      return {160, 172, 186};
  }
}

Colour height_colour(double height_m) {
  constexpr Colour kLow{62, 92, 168}, kMiddle{60, 176, 140}, kHigh{240, 220, 90};
  const double t = std::clamp(height_m / 3, 0.0, 1.0);
  return t < 0.5 ? mix(kLow, kMiddle, 2 * t) : mix(kMiddle, kHigh, 2 * t - 1);
}

}  // namespace hangil::viewer
