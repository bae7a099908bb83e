// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "evaluation/candidate.hpp"
#include "messages/pose_sample.hpp"

// Small labelled worlds with known answers.
namespace hangil::evaluation::made {

using messages::ObjectClass;

inline base::Time time_at(double s) { return base::Time{} + base::Duration::seconds(s); }

inline messages::Box3 car_at(double x_m, double y_m, double yaw_rad = 0) {
  return {x_m, y_m, 0.8, yaw_rad, 4.2, 1.8, 1.6};
}
inline messages::Box3 person_at(double x_m, double y_m) { return {x_m, y_m, 0.9, 0, 0.6, 0.6, 1.8}; }

inline messages::TruthObject truth(std::int32_t id, const messages::Box3& box,
                                   ObjectClass object_class = ObjectClass::kCar) {
  messages::TruthObject object{.id = id, .object_class = object_class, .box = box, .point_count = 100};
  object.is_in_image = true;
  return object;
}

inline Candidate claim(const messages::Box3& box, ObjectClass object_class = ObjectClass::kCar, std::int64_t id = -1) {
  return {box, object_class, id};
}

inline EvaluatedFrame frame(std::vector<messages::TruthObject> objects, std::vector<Candidate> boxes) {
  EvaluatedFrame frame;
  frame.truth.objects = std::move(objects);
  frame.answer.boxes = std::move(boxes);
  frame.is_answered = true;
  return frame;
}

template <class T>
recording::Stamped<T> stamped(T value) {
  const base::Time stamp = value.header.stamp;
  return {stamp, stamp, std::move(value)};
}

// The ego vehicle on a straight line from the origin of `map`, poses at 20 Hz.
inline Channel<messages::Odometry> straight_drive(double speed_mps, double duration_s, double yaw_rad = 0) {
  Channel<messages::Odometry> channel;
  for (int i = 0; i <= static_cast<int>(duration_s * 20 + 0.5); ++i) {
    const double t = i / 20.0, d = speed_mps * t;
    math::PoseSample pose{.stamp = time_at(t), .x_m = d * std::cos(yaw_rad), .y_m = d * std::sin(yaw_rad)};
    pose.qz = std::sin(yaw_rad / 2), pose.qw = std::cos(yaw_rad / 2), pose.vx_mps = speed_mps;
    channel.push_back(stamped(messages::odometry_of(pose, "map", "ego")));
  }
  return channel;
}

}  // namespace hangil::evaluation::made
