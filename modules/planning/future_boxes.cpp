// SPDX-License-Identifier: Apache-2.0
#include "planning/future_boxes.hpp"

#include <algorithm>
#include <cmath>

namespace hangil::planning {

namespace {

constexpr float kLeastExistence = 0.3F;
constexpr double kContactSlackM = 0.05;  // less than the present distance is kept, so that standing is free

messages::FutureState present_state(const RelevantFuture& relevant) {
  const messages::Box3& box = relevant.object->box;
  const messages::FutureState& next = relevant.future->states.front();
  return {box.x_m, box.y_m, box.yaw_rad, next.speed_mps, std::min(next.sigma_m, 0.3)};
}

messages::FutureState mixed(const messages::FutureState& a, const messages::FutureState& b, double t) {
  const double turn = b.yaw_rad == a.yaw_rad ? 0 : math::angle_difference_rad(b.yaw_rad, a.yaw_rad);
  return {a.x_m + t * (b.x_m - a.x_m), a.y_m + t * (b.y_m - a.y_m), a.yaw_rad + t * turn,
          a.speed_mps + t * (b.speed_mps - a.speed_mps), a.sigma_m + t * (b.sigma_m - a.sigma_m)};
}

messages::FutureState state_at(const RelevantFuture& relevant, base::Duration step, double time_s) {
  const auto& states = relevant.future->states;
  const double place = time_s / step.to_s();
  const auto before = static_cast<std::size_t>(place);
  if (before >= states.size()) {  // the way of the last step goes on
    const messages::FutureState from = states.size() > 1 ? states[states.size() - 2] : present_state(relevant);
    return mixed(from, states.back(), place - static_cast<double>(states.size()) + 1);
  }
  const messages::FutureState from = before == 0 ? present_state(relevant) : states[before - 1];
  return mixed(from, states[before], place - static_cast<double>(before));
}

math::Box2 present_box(const messages::PredictedObject& object) {
  return {{object.box.x_m, object.box.y_m, object.box.yaw_rad}, object.box.length_m, object.box.width_m};
}

// Wholly behind the rear bumper, and at least partly in the strip that the ego's width leaves there.
bool follows_ego(const messages::PredictedObject& object, const math::Box2& ego) {
  double foremost = -1e9, leftmost = -1e9, rightmost = 1e9;
  for (const math::Point2 corner : math::corners(present_box(object))) {
    const math::Point2 p = math::inverse(ego.pose) * corner;
    foremost = std::max(foremost, p.x_m);
    leftmost = std::max(leftmost, p.y_m);
    rightmost = std::min(rightmost, p.y_m);
  }
  return foremost < -ego.length_m / 2 && leftmost > -ego.width_m / 2 && rightmost < ego.width_m / 2;
}

bool comes_near(const messages::PredictedObject& object, const messages::Future& future, const math::Box2& ego,
                double reach_m) {
  const auto is_near = [&](double x_m, double y_m) {
    const double dx = x_m - ego.pose.x_m, dy = y_m - ego.pose.y_m;
    return dx * dx + dy * dy <= reach_m * reach_m;
  };
  return is_near(object.box.x_m, object.box.y_m) ||
         std::any_of(future.states.begin(), future.states.end(), [&](const auto& s) { return is_near(s.x_m, s.y_m); });
}

double margin_to(const messages::PredictedObject& object, const KeptDistance& kept) {
  using enum messages::ObjectClass;
  const bool is_person =
      object.object_class == kPedestrian || object.object_class == kCyclist || object.object_class == kMotorcycle;
  return kept.margin_m + (is_person ? kept.more_to_people_m : 0);
}

math::Box2 grown(const messages::FutureState& state, const messages::PredictedObject& object, const KeptDistance& kept,
                 double ratio) {
  const messages::Box3& box = object.box;
  const double margin = margin_to(object, kept);
  const double along = ratio * (margin + std::min(state.sigma_m, kept.most_along_m));
  const double across = ratio * (margin + std::min(state.sigma_m, kept.most_across_m));
  return {{state.x_m, state.y_m, state.yaw_rad}, box.length_m + 2 * along, box.width_m + 2 * across};
}

// 1, or where the ego is already within the kept distance, as much of it as there is room.
double kept_ratio(const RelevantFuture& relevant, const math::Box2& ego, const KeptDistance& kept) {
  const messages::FutureState now = present_state(relevant);
  if (!math::overlaps(grown(now, *relevant.object, kept, 1), ego)) return 1;
  const double wanted =
      margin_to(*relevant.object, kept) + std::min(now.sigma_m, std::max(kept.most_along_m, kept.most_across_m));
  const double present = math::distance_m(present_box(*relevant.object), ego) - kContactSlackM;
  return std::clamp(present / wanted, 0.0, 1.0);
}

bool is_within(const Extent& extent, const math::Box2& box, double reach_m) {
  const double reach = reach_m + (box.length_m + box.width_m) / 2;  // more than half the diagonal
  return box.pose.x_m > extent.least_x_m - reach && box.pose.x_m < extent.most_x_m + reach &&
         box.pose.y_m > extent.least_y_m - reach && box.pose.y_m < extent.most_y_m + reach;
}

}  // namespace

math::Box2 box_at(const RelevantFuture& relevant, base::Duration step, const KeptDistance& kept, double time_s) {
  return grown(state_at(relevant, step, time_s), *relevant.object, kept, relevant.kept_ratio);
}

bool touches(const RelevantFuture& relevant, base::Duration step, const KeptDistance& kept, double time_s,
             const math::Box2& vehicle, double slack_m) {
  const messages::FutureState state = state_at(relevant, step, time_s);
  const messages::Box3& bare = relevant.object->box;
  math::Box2 box = grown(state, *relevant.object, kept, relevant.kept_ratio);
  const double dx = state.x_m - vehicle.pose.x_m, dy = state.y_m - vehicle.pose.y_m;
  const double reach = (box.length_m + box.width_m + vehicle.length_m + vehicle.width_m) / 2;
  if (dx * dx + dy * dy > reach * reach) return false;
  box.length_m = std::max(bare.length_m, box.length_m - 2 * slack_m);
  box.width_m = std::max(bare.width_m, box.width_m - 2 * slack_m);
  return math::overlaps(box, vehicle);
}

std::vector<RelevantFuture> relevant_futures(const messages::Predictions& predictions, const math::Box2& ego,
                                             double reach_m, const KeptDistance& kept) {
  std::vector<RelevantFuture> relevant;
  for (const messages::PredictedObject& object : predictions.objects) {
    if (object.existence_probability < kLeastExistence || follows_ego(object, ego)) continue;
    for (const messages::Future& future : object.futures) {
      if (future.states.empty() || !comes_near(object, future, ego, reach_m)) continue;
      relevant.push_back({&object, &future, static_cast<double>(future.probability), 1});
      relevant.back().kept_ratio = kept_ratio(relevant.back(), ego, kept);
    }
  }
  return relevant;
}

void BoxesByStep::clear() {
  first.clear();
  for (auto* values : {&x_m, &y_m, &cos_yaw, &sin_yaw, &half_length_m, &half_width_m, &radius_m, &probability}) {
    values->clear();
  }
}

void BoxesByStep::add(const math::Box2& box, math::Point2 origin, double how_probable) {
  x_m.push_back(static_cast<float>(box.pose.x_m - origin.x_m));
  y_m.push_back(static_cast<float>(box.pose.y_m - origin.y_m));
  cos_yaw.push_back(static_cast<float>(std::cos(box.pose.yaw_rad)));
  sin_yaw.push_back(static_cast<float>(std::sin(box.pose.yaw_rad)));
  half_length_m.push_back(static_cast<float>(box.length_m / 2));
  half_width_m.push_back(static_cast<float>(box.width_m / 2));
  radius_m.push_back(static_cast<float>(std::hypot(box.length_m, box.width_m) / 2));
  probability.push_back(static_cast<float>(how_probable));
}

void fill_boxes(const std::vector<RelevantFuture>& futures, base::Duration prediction_step, const KeptDistance& kept,
                math::Point2 origin, double step_s, const std::vector<Extent>& extents, double reach_m,
                BoxesByStep& boxes) {
  boxes.clear();
  for (std::size_t step = 0; step < extents.size(); ++step) {
    boxes.first.push_back(static_cast<int>(boxes.x_m.size()));
    for (const RelevantFuture& relevant : futures) {
      const math::Box2 box = box_at(relevant, prediction_step, kept, static_cast<double>(step) * step_s);
      if (is_within(extents[step], box, reach_m)) boxes.add(box, origin, relevant.probability);
    }
  }
  boxes.first.push_back(static_cast<int>(boxes.x_m.size()));
}

}  // namespace hangil::planning
