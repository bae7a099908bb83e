// SPDX-License-Identifier: Apache-2.0
#include "planning/manoeuvre.hpp"

#include <algorithm>
#include <cmath>

namespace hangil::planning {

namespace {

constexpr double kStandingLeaderMps = 0.4;
constexpr double kForGoodS = 1.5;     // what has stood for so long is passed
constexpr double kCreptM = 0.6;       // what has moved farther sets off
constexpr double kPullOutRoomM = 14;  // kept before what is to be passed, to get out from behind it
constexpr double kDoneM = 2;          // beyond a detour's end

double speed_of(const messages::PredictedObject& object, base::Duration step) {
  if (object.futures.empty() || object.futures.front().states.empty()) return 0;
  const messages::FutureState& next = object.futures.front().states.front();
  return std::hypot(next.x_m - object.box.x_m, next.y_m - object.box.y_m) / step.to_s();
}

}  // namespace

void Manoeuvre::take(Route route, const map::LaneMap* map) {
  map_ = map;
  road_.reset();
  if (map != nullptr) road_ = road_ahead(*map, route.path);
  route_ = std::move(route);
  end();
  s_m_.reset();
}

void Manoeuvre::note_standing(const messages::Predictions& predictions) {
  std::vector<Standing> still;
  has_stood_.clear();
  for (const messages::PredictedObject& object : predictions.objects) {
    if (object.track_id == 0 || speed_of(object, predictions.step) > kStandingLeaderMps) continue;
    const messages::Box3& box = object.box;
    const auto before = std::find_if(standing_.begin(), standing_.end(), [&](const Standing& one) {
      return one.track_id == object.track_id && std::hypot(one.x_m - box.x_m, one.y_m - box.y_m) < kCreptM;
    });
    const Standing anew{object.track_id, predictions.header.stamp, box.x_m, box.y_m};
    still.push_back(before == standing_.end() ? anew : *before);
    const double stood_s = (predictions.header.stamp - still.back().since).to_s();
    if (stood_s >= kForGoodS) has_stood_.push_back(object.track_id);
  }
  standing_ = std::move(still);
}

void Manoeuvre::begin(const Detour& detour) {
  auto shifted = with_detour(*route_, detour);
  if (!shifted) return;
  detour_ = detour;
  detoured_road_ = moved(*road_, *route_, *shifted);
  detoured_ = *std::move(shifted);
  text_ =
      std::string("pass ") + std::to_string(detour.track_id) + (detour.offset_m > 0 ? " on the left" : " on the right");
}

void Manoeuvre::end() {
  detour_.reset();
  detoured_.reset();
  detoured_road_.reset();
  text_ = "keep lane";
}

double Manoeuvre::place_of(const math::MotionState& ego) {
  const math::Point2 point{ego.pose.x_m, ego.pose.y_m};
  s_m_ = s_m_ ? route_->path.project(point, *s_m_ - 10, *s_m_ + 30) : route_->path.project(point);
  return *s_m_;
}

bool Manoeuvre::look(const math::MotionState& ego, const messages::Predictions& predictions,
                     const PlannerConfig& config) {
  wait_.reset();
  if (map_ == nullptr || !road_) return false;
  note_standing(predictions);
  const double s_m = place_of(ego);
  if (detour_) {
    if (s_m < detour_->to_s_m + kDoneM) return false;
    end();
    return true;
  }
  const math::FrenetState start{s_m, ego.speed_mps};
  const std::vector<RelevantFuture> none;
  const RoadSituation now{*route_, *map_, *road_, nullptr, start, none, predictions.step};
  text_ = "keep lane";
  if (config.keep_lane) return false;
  const auto blockage = find_blockage(now, predictions, has_stood_, config);
  if (!blockage) return false;
  const std::vector<Detour> ways = detours_around(now, *blockage, config);
  for (const Detour& way : ways) {
    if (!is_free(way, now, predictions, *blockage, config)) continue;
    begin(way);
    return detour_.has_value();
  }
  if (ways.empty()) return false;
  text_ = "wait to pass " + std::to_string(blockage->track_id);
  const double place_m = blockage->from_s_m - config.vehicle.front_m() - kPullOutRoomM;
  wait_ = Constraint{text_, {std::max(place_m, s_m), 0}};
  return false;
}

}  // namespace hangil::planning
