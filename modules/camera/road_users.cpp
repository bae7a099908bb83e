// SPDX-License-Identifier: Apache-2.0
#include "camera/road_users.hpp"

#include <algorithm>
#include <optional>

namespace hangil::camera {

namespace {

using messages::ObjectClass;

constexpr int kPerson = 0, kBicycle = 1, kMotorcycle = 3, kTrafficLight = 9, kFirstAnimal = 14, kLastAnimal = 23;
constexpr float kLeastSharedWidth = 0.5F;  // of the narrower of rider and vehicle

std::optional<ObjectClass> road_user_class(int coco) {
  switch (coco) {
    case kPerson:
      return ObjectClass::kPedestrian;
    case kBicycle:
      return ObjectClass::kOther;
    case 2:
      return ObjectClass::kCar;
    case kMotorcycle:
      return ObjectClass::kMotorcycle;
    case 5:
      return ObjectClass::kBus;
    case 6:
      return ObjectClass::kTram;
    case 7:
      return ObjectClass::kTruck;
    default:
      break;
  }
  return coco >= kFirstAnimal && coco <= kLastAnimal ? std::optional(ObjectClass::kOther) : std::nullopt;
}

// How much of the narrower box's width both share, when one can sit on the other: above it, feet at its height.
float riding_width(const ImageBox& person, const ImageBox& vehicle) {
  const float shared = std::min(person.x_max, vehicle.x_max) - std::max(person.x_min, vehicle.x_min);
  const float narrower = std::min(person.x_max - person.x_min, vehicle.x_max - vehicle.x_min);
  const float vehicle_height = vehicle.y_max - vehicle.y_min, middle = (vehicle.y_min + vehicle.y_max) / 2;
  const bool sits = (person.y_min + person.y_max) / 2 < middle && person.y_min < vehicle.y_min &&
                    person.y_max > vehicle.y_min + 0.25F * vehicle_height &&
                    person.y_max < vehicle.y_max + 0.25F * vehicle_height;
  return sits && narrower > 0 ? shared / narrower : 0;
}

// Index of the person who rides that vehicle and no other; none: -1.
int find_rider(const std::vector<ImageBox>& boxes, const ImageBox& vehicle, const std::vector<bool>& is_taken) {
  int rider = -1;
  float best = kLeastSharedWidth;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    if (boxes[i].class_index != kPerson || is_taken[i]) continue;
    const float width = riding_width(boxes[i], vehicle);
    if (width > best) best = width, rider = static_cast<int>(i);
  }
  return rider;
}

ImageBox around(const ImageBox& a, const ImageBox& b) {
  return {std::min(a.x_min, b.x_min), std::min(a.y_min, b.y_min), std::max(a.x_max, b.x_max),
          std::max(a.y_max, b.y_max), std::max(a.score, b.score), a.class_index};
}

// The box cut at the picture's edges; nothing when nothing is left.
std::optional<ImageBox> cut(ImageBox box, int width, int height) {
  box.x_min = std::clamp(box.x_min, 0.0F, static_cast<float>(width));
  box.x_max = std::clamp(box.x_max, 0.0F, static_cast<float>(width));
  box.y_min = std::clamp(box.y_min, 0.0F, static_cast<float>(height));
  box.y_max = std::clamp(box.y_max, 0.0F, static_cast<float>(height));
  if (box.x_max - box.x_min < 1 || box.y_max - box.y_min < 1) return std::nullopt;
  return box;
}

}  // namespace

std::vector<messages::ImageObject> road_users(const std::vector<ImageBox>& boxes, int width, int height) {
  std::vector<bool> is_taken(boxes.size(), false);
  std::vector<ImageBox> whole = boxes;
  std::vector<std::optional<ObjectClass>> classes(boxes.size());
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    classes[i] = road_user_class(boxes[i].class_index);
    if (boxes[i].class_index != kBicycle && boxes[i].class_index != kMotorcycle) continue;
    const int rider = find_rider(boxes, boxes[i], is_taken);
    if (rider < 0) continue;
    is_taken[static_cast<std::size_t>(rider)] = true;
    whole[i] = around(boxes[i], boxes[static_cast<std::size_t>(rider)]);
    if (boxes[i].class_index == kBicycle) classes[i] = ObjectClass::kCyclist;
  }
  std::vector<messages::ImageObject> objects;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    const auto box = cut(whole[i], width, height);
    if (is_taken[i] || !classes[i] || !box) continue;
    objects.push_back({*classes[i], box->score, box->x_min, box->y_min, box->x_max, box->y_max});
  }
  return objects;
}

std::vector<messages::TrafficLight> signal_heads(const std::vector<ImageBox>& boxes, int width, int height) {
  std::vector<messages::TrafficLight> lights;
  for (const ImageBox& box : boxes) {
    const auto inside = cut(box, width, height);
    if (box.class_index != kTrafficLight || !inside) continue;
    lights.push_back(
        {messages::LightState::kUnknown, 0, box.score, inside->x_min, inside->y_min, inside->x_max, inside->y_max});
  }
  return lights;
}

}  // namespace hangil::camera
