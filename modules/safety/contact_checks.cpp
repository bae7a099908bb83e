// SPDX-License-Identifier: Apache-2.0
#include "safety/contact_checks.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace hangil::safety {

namespace {

constexpr double kMovedM = 0.3;

math::Box2 flat(const messages::Box3& box) { return {{box.x_m, box.y_m, box.yaw_rad}, box.length_m, box.width_m}; }

math::Pose2 pose_of(const messages::TrajectoryPoint& point) { return {point.x_m, point.y_m, point.yaw_rad}; }

bool is_finite(const messages::PredictedObject& object) {
  const messages::Box3& b = object.box;
  double sum = b.x_m + b.y_m + b.yaw_rad + b.length_m + b.width_m;
  for (const messages::Future& future : object.futures) {
    for (const messages::FutureState& s : future.states) sum += s.x_m + s.y_m + s.yaw_rad;
  }
  return std::isfinite(sum);
}

// Where the future's object is; none beyond its last state.
std::optional<math::Pose2> pose_at(const messages::PredictedObject& object, const messages::Future& future,
                                   double step_s, double time_s) {
  const double place = std::max(0.0, time_s / step_s);
  const auto before = static_cast<std::size_t>(place);
  if (before >= future.states.size()) return std::nullopt;
  const auto state = [&](std::size_t i) -> math::Pose2 {
    if (i == 0) return {object.box.x_m, object.box.y_m, object.box.yaw_rad};
    return {future.states[i - 1].x_m, future.states[i - 1].y_m, future.states[i - 1].yaw_rad};
  };
  const math::Pose2 a = state(before), b = state(before + 1);
  const double t = place - static_cast<double>(before);
  return math::Pose2{a.x_m + t * (b.x_m - a.x_m), a.y_m + t * (b.y_m - a.y_m),
                     a.yaw_rad + t * math::angle_difference_rad(b.yaw_rad, a.yaw_rad)};
}

bool is_follower(const math::Box2& object, const math::Box2& vehicle) {
  double front = -1e9, left = -1e9, right = 1e9;
  for (const math::Point2 corner : math::corners(object)) {
    const math::Point2 p = math::inverse(vehicle.pose) * corner;
    front = std::max(front, p.x_m);
    left = std::max(left, p.y_m);
    right = std::min(right, p.y_m);
  }
  return front < -vehicle.length_m / 2 && left > -vehicle.width_m / 2 && right < vehicle.width_m / 2;
}

struct Contact {
  double time_s, distance_m;
};

std::optional<Contact> first_contact(std::span<const messages::TrajectoryPoint> points,
                                     const messages::PredictedObject& object, const messages::Future& future,
                                     double step_s, double offset_s, double margin_m, const ContactLimits& limits) {
  double moved_m = 0;
  for (std::size_t i = 1; i < points.size(); ++i) {
    moved_m += std::hypot(points[i].x_m - points[i - 1].x_m, points[i].y_m - points[i - 1].y_m);
    if (moved_m < kMovedM) continue;
    const auto pose = pose_at(object, future, step_s, points[i].time_s + offset_s);
    if (!pose) return std::nullopt;
    const math::Box2 box{*pose, object.box.length_m, object.box.width_m};
    const math::Box2 vehicle = limits.vehicle.at(pose_of(points[i]));
    const double apart = std::hypot(box.pose.x_m - vehicle.pose.x_m, box.pose.y_m - vehicle.pose.y_m);
    if (apart > (box.length_m + box.width_m + vehicle.length_m + vehicle.width_m) / 2 + margin_m) continue;
    const double distance_m = math::distance_m(box, vehicle);
    if (distance_m < margin_m || math::overlaps(box, vehicle)) return Contact{points[i].time_s, distance_m};
  }
  return std::nullopt;
}

}  // namespace

Findings check_contacts(std::span<const messages::TrajectoryPoint> points, const messages::Predictions& predictions,
                        double offset_s, const ContactLimits& limits) {
  if (predictions.step.ns <= 0) return {finding("predictions", predictions.step.to_s(), 0, "s", "between states")};
  const math::Box2 start = limits.vehicle.at(pose_of(points.front()));
  std::optional<Contact> earliest;
  std::uint32_t whom = 0;
  for (const messages::PredictedObject& object : predictions.objects) {
    if (!is_finite(object)) {
      return {{"predictions", "track " + std::to_string(object.track_id) + " is not finite", 0, 0}};
    }
    const math::Box2 now = flat(object.box);
    if (static_cast<double>(object.existence_probability) < limits.least_existence || is_follower(now, start)) continue;
    const double margin_m = math::distance_m(now, start) > limits.hard_margin_m ? limits.hard_margin_m : 0;
    for (const messages::Future& future : object.futures) {
      if (static_cast<double>(future.probability) < limits.least_probability) continue;
      const auto contact = first_contact(points, object, future, predictions.step.to_s(), offset_s, margin_m, limits);
      if (!contact || (earliest && earliest->time_s <= contact->time_s)) continue;
      earliest = contact;
      whom = object.track_id;
    }
  }
  if (!earliest) return {};
  const std::string where =
      "from track " + std::to_string(whom) + " after " + std::to_string(earliest->time_s).substr(0, 4) + " s";
  return {finding("collision", earliest->distance_m, limits.hard_margin_m, "m", where)};
}

}  // namespace hangil::safety
