// SPDX-License-Identifier: Apache-2.0
#include "planning/gaps.hpp"

#include <algorithm>
#include <cmath>

namespace hangil::planning {

namespace {

constexpr double kLeastProbability = 0.12;  // futures that have to be let through
constexpr double kBesideM = 0.5;            // kept to vehicles ...
constexpr double kBesidePeopleM = 1.2;      // ... and people in the vehicle's way
constexpr double kAfterThemS = 0.3;         // they are gone before the vehicle comes
constexpr double kBeforeThemS = 1.2;        // the vehicle is gone before they come
constexpr double kBeforePeopleS = 1.5;
constexpr double kMoreAfterYieldingS = 0.6;  // who has waited does not squeeze through
constexpr double kSettingOffMps2 = 1.2;
constexpr double kLaneReachM = 1.5;

bool is_person(const messages::PredictedObject& object) {
  using enum messages::ObjectClass;
  return object.object_class == kPedestrian || object.object_class == kCyclist;
}

bool goes_on_foot(const messages::PredictedObject& object) {
  return object.object_class == messages::ObjectClass::kPedestrian;
}

}  // namespace

// Driving on as fast as it may, setting off gently.
double Gaps::arrival_s(double s_m) const {
  const double way_m = std::max(0.0, s_m - now_.start.s_m), speed = std::max(0.0, now_.start.s_mps);
  const double wanted = now_.route.desired_speed_mps > 0 ? now_.route.desired_speed_mps : config_.desired_speed_mps;
  const double most = std::max({speed, 3.0, std::min(wanted, now_.road.limit_mps(s_m))});
  const double to_most_s = (most - speed) / kSettingOffMps2, on_the_way_m = (most + speed) / 2 * to_most_s;
  if (way_m >= on_the_way_m) return to_most_s + (way_m - on_the_way_m) / most;
  return (std::sqrt(speed * speed + 2 * kSettingOffMps2 * way_m) - speed) / kSettingOffMps2;
}

std::optional<Gaps::Window> Gaps::window(const RelevantFuture& relevant, const Stretch& stretch,
                                         double beside_m) const {
  std::optional<Window> found;
  const messages::Box3& box = relevant.object->box;
  const auto look_at = [&](double time_s, double x_m, double y_m, double yaw_rad) {
    const double s_m = now_.route.path.project({x_m, y_m}, stretch.from_s_m - 10, stretch.to_s_m + 10);
    const math::PathSample at = now_.route.path.at(s_m);
    const double c = std::abs(std::cos(yaw_rad) * at.tangent_x + std::sin(yaw_rad) * at.tangent_y);
    const double sn = std::sqrt(std::max(0.0, 1 - c * c));
    const double half_along = (c * box.length_m + sn * box.width_m) / 2;
    const double half_across = (sn * box.length_m + c * box.width_m) / 2;
    const double off_m = std::hypot(x_m - at.point.x_m, y_m - at.point.y_m);
    if (off_m > config_.vehicle.width_m / 2 + half_across + beside_m) return;
    if (s_m + half_along < stretch.from_s_m || s_m - half_along > stretch.to_s_m) return;
    if (!found) found = Window{time_s, time_s, s_m - half_along, s_m + half_along};
    found->to_s = time_s;
    found->from_s_m = std::min(found->from_s_m, s_m - half_along);
    found->to_s_m = std::max(found->to_s_m, s_m + half_along);
  };
  look_at(0, box.x_m, box.y_m, box.yaw_rad);
  for (std::size_t i = 0; i < relevant.future->states.size(); ++i) {
    const messages::FutureState& state = relevant.future->states[i];
    look_at(static_cast<double>(i + 1) * now_.prediction_step.to_s(), state.x_m, state.y_m, state.yaw_rad);
  }
  return found;
}

bool Gaps::meets(const Window& window, double before_s, double after_s) const {
  const double in_s = arrival_s(window.from_s_m - config_.vehicle.front_m());
  const double out_s = arrival_s(window.to_s_m + config_.vehicle.rear_overhang_m);
  return window.from_s < out_s + before_s && window.to_s > in_s - after_s;
}

bool Gaps::comes_by(const messages::PredictedObject& object, const std::vector<int>& lanes) const {
  const auto on = now_.map.finder.nearest({object.box.x_m, object.box.y_m}, object.box.yaw_rad, kLaneReachM);
  return on && std::binary_search(lanes.begin(), lanes.end(), on->lane);
}

std::optional<std::uint32_t> Gaps::who_goes_first(const JunctionAhead& junction, bool has_yielded) const {
  const double more_s = has_yielded ? kMoreAfterYieldingS : 0;
  for (const RelevantFuture& relevant : now_.futures) {
    const messages::PredictedObject& object = *relevant.object;
    if (relevant.probability < kLeastProbability || goes_on_foot(object)) continue;
    if (!comes_by(object, junction.priority_lanes)) continue;
    const auto found = window(relevant, junction, kBesideM);
    if (found && meets(*found, kBeforeThemS + more_s, kAfterThemS)) return object.track_id;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> Gaps::who_crosses(const CrosswalkAhead& crosswalk, bool has_yielded) const {
  const double more_s = has_yielded ? kMoreAfterYieldingS : 0;
  for (const RelevantFuture& relevant : now_.futures) {
    const messages::PredictedObject& object = *relevant.object;
    if (relevant.probability < kLeastProbability || !is_person(object)) continue;
    if (!goes_on_foot(object) && relevant.future->states.front().speed_mps > 3) continue;  // a cyclist in a lane
    const auto found = window(relevant, crosswalk, kBesidePeopleM);
    if (found && meets(*found, kBeforePeopleS + more_s, kBeforePeopleS)) return object.track_id;
  }
  return std::nullopt;
}

}  // namespace hangil::planning
