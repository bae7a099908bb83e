// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "camera/image_box.hpp"
#include "messages/image_objects.hpp"
#include "messages/traffic_lights.hpp"

namespace hangil::camera {

// COCO's classes (80, in its order) as road users: a person on a bicycle is a cyclist and on a motorcycle a motorcycle,
// in one box around both; animals and bicycles nobody rides are `other`; furniture and the like is left out. Boxes are
// cut at the picture's edges. Best first, as given.
std::vector<messages::ImageObject> road_users(const std::vector<ImageBox>& boxes, int width, int height);

// The boxes of COCO's traffic lights, their state unknown.
std::vector<messages::TrafficLight> signal_heads(const std::vector<ImageBox>& boxes, int width, int height);

}  // namespace hangil::camera
