// SPDX-License-Identifier: Apache-2.0
#include "fusion/motion_model.hpp"

#include <array>

namespace hangil::fusion {

namespace {

using messages::ObjectClass;

enum Kind { kFreeKind, kVehicleKind, kTwoWheelerKind, kPedestrianKind, kKindCount };

Kind kind_of(ObjectClass object_class) {
  switch (object_class) {
    case ObjectClass::kCar:
    case ObjectClass::kVan:
    case ObjectClass::kTruck:
    case ObjectClass::kBus:
    case ObjectClass::kTram:
      return kVehicleKind;
    case ObjectClass::kCyclist:
    case ObjectClass::kMotorcycle:
      return kTwoWheelerKind;
    case ObjectClass::kPedestrian:
      return kPedestrianKind;
    case ObjectClass::kUnknown:
    case ObjectClass::kOther:
      break;
  }
  return kFreeKind;
}

constexpr std::array<MotionModel, kKindCount> kModels = {{
    {false, 2.0, 2.0, 1.0, 5.0, 0.0, 100, 100},
    {true, 3.0, 2.0, 1.0, 10.0, 0.25, 20, 2.6},
    {true, 2.0, 1.0, 2.0, 4.0, 0.5, 2.4, 1.1},
    {false, 1.5, 1.5, 2.0, 1.5, 0.0, 1.2, 1.2},
}};

// By kind: free, vehicle, two-wheeler, pedestrian.
constexpr std::array<std::array<double, kKindCount>, kKindCount> kKindDistances = {{
    {0, 2, 2, 2},
    {2, 1, 6, 1e3},
    {2, 6, 1, 3},
    {2, 1e3, 3, 0},
}};

}  // namespace

const MotionModel& motion_model(ObjectClass object_class) { return kModels[kind_of(object_class)]; }

double class_distance(ObjectClass a, ObjectClass b) { return a == b ? 0 : kKindDistances[kind_of(a)][kind_of(b)]; }

}  // namespace hangil::fusion
