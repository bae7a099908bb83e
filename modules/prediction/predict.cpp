// SPDX-License-Identifier: Apache-2.0
#include "prediction/predict.hpp"

#include <algorithm>
#include <cmath>

#include "prediction/manoeuvre_weights.hpp"
#include "prediction/position_uncertainty.hpp"

namespace hangil::prediction {

namespace {

constexpr double kNoSpeedYetMps = 3;  // one sigma

bool is_sound(const messages::Track& track) {
  const messages::Box3& box = track.box;
  double greatest = 0;
  bool is_finite = true;
  const auto look_at = [&](double value) {
    is_finite = is_finite && std::isfinite(value);
    greatest = std::max(greatest, std::abs(value));
  };
  for (const double value :
       {box.x_m, box.y_m, box.z_m, box.yaw_rad, box.length_m, box.width_m, box.height_m, track.vx_mps, track.vy_mps,
        track.yaw_rate_radps, track.acceleration_mps2, static_cast<double>(track.existence_probability)}) {
    look_at(value);
  }
  for (const double value : track.covariance) look_at(value);
  return is_finite && greatest <= 1e7 && box.length_m >= 0 && box.width_m >= 0 && box.height_m >= 0;
}

base::Status check(const messages::Tracks& tracks) {
  for (const messages::Track& track : tracks.tracks) {
    if (is_sound(track)) continue;
    return base::Error{"track " + std::to_string(track.id) + " at " + std::to_string(tracks.header.stamp.to_s()) +
                       " s: a number is not finite, beyond 1e7 or a negative size; nothing is predicted from it"};
  }
  return {};
}

// The states of one future; `state_at` moves the object, `sigma_at` says how uncertain it is then.
template <class StateAt, class SigmaAt>
std::vector<messages::FutureState> roll_out(const PredictionConfig& config, StateAt state_at, SigmaAt sigma_at) {
  const int count = static_cast<int>(std::lround(config.horizon_s / config.step_s));
  std::vector<messages::FutureState> states;
  states.reserve(static_cast<std::size_t>(count));
  for (int i = 1; i <= count; ++i) {
    states.push_back(state_at(i * config.step_s));
    states.back().sigma_m = sigma_at(i * config.step_s);
  }
  return states;
}

// Lets what is left sum to 1 and puts the most probable first.
void normalize(std::vector<messages::Future>& futures) {
  const auto is_before = [](const auto& a, const auto& b) { return a.probability > b.probability; };
  std::stable_sort(futures.begin(), futures.end(), is_before);
  double sum = 0;
  for (const messages::Future& future : futures) sum += static_cast<double>(future.probability);
  for (messages::Future& future : futures) {
    future.probability = static_cast<float>(static_cast<double>(future.probability) / sum);
  }
}

// Two boxes that seem to say how fast something is may be pieces of different things.
bool is_too_new(const messages::Track& track) {
  return !track.is_confirmed && velocity_sigma_mps(track.covariance) > kNoSpeedYetMps;
}

std::vector<messages::Future> staying(const messages::Track& track, const PredictionConfig& config) {
  const messages::FutureState here{track.box.x_m, track.box.y_m, track.box.yaw_rad, 0, 0};
  const double sigma_m = position_sigma_m(track.covariance, 0, 0);
  const auto here_at = [&](double) { return here; };
  return {{1, "stop", roll_out(config, here_at, [&](double) { return sigma_m; })}};
}

// Everything the futures of one track are made of.
struct Outlook {
  const messages::Track& track;
  const PredictionConfig& config;
  const map::LaneMap* map;
  ClassHabits habits = habits_of(track.object_class);
  ObjectMotion motion = motion_of(track);
  std::optional<LaneUse> lanes = {};
  std::vector<messages::Future> futures = {};

  double sigma_m(double t) const { return position_sigma_m(track.covariance, habits.acceleration_noise_mps, t); }

  template <class StateAt, class SigmaAt>
  void add(double weight, const char* name, StateAt state_at, SigmaAt sigma_at) {
    if (weight < config.least_probability) return;  // the bound of 0.2 leaves at least one of three
    futures.push_back({static_cast<float>(weight), name, roll_out(config, state_at, sigma_at)});
  }
};

void add_lanes(Outlook& outlook, double weight) {
  const auto sigma_at = [&](double t) { return outlook.sigma_m(t); };
  const ObjectMotion& motion = outlook.motion;
  for (const LaneBranch& branch : outlook.lanes->branches) {
    const auto along = [&](double t) {
      return along_branch(*outlook.map, branch, motion, motion.speed_mps * t, motion.speed_mps);
    };
    outlook.add(weight * branch.probability, "lane_follow", along, sigma_at);
  }
}

void add_stop(Outlook& outlook, double weight, bool is_in_lane) {
  const ObjectMotion& motion = outlook.motion;
  const double braking_mps2 = outlook.habits.braking_mps2, stop_time_s = time_to_stop_s(motion, braking_mps2);
  // What has come to rest grows no less certain.
  const auto sigma_at = [&](double t) { return outlook.sigma_m(std::min(t, stop_time_s)); };
  const auto freely = [&](double t) { return stop(motion, braking_mps2, t); };
  const auto in_lane = [&](double t) {
    const messages::FutureState free = stop(motion, braking_mps2, t);
    const double way_m = (motion.speed_mps + free.speed_mps) / 2 * std::min(t, stop_time_s);
    return along_branch(*outlook.map, outlook.lanes->branches.front(), motion, way_m, free.speed_mps);
  };
  if (is_in_lane)
    outlook.add(weight, "stop", in_lane, sigma_at);
  else
    outlook.add(weight, "stop", freely, sigma_at);
}

std::vector<messages::Future> futures_of(const messages::Track& track, const PredictionConfig& config,
                                         const map::LaneMap* map) {
  if (is_too_new(track)) return staying(track, config);
  Outlook outlook{track, config, map};
  const ObjectMotion& motion = outlook.motion;
  const ManoeuvreWeights weights = weigh(motion, velocity_sigma_mps(track.covariance), outlook.habits);
  if (map != nullptr && track.object_class != messages::ObjectClass::kPedestrian) {
    outlook.lanes = lane_use(*map, motion, config.horizon_s * motion.speed_mps + 10);
  }
  const double leaving = outlook.lanes ? outlook.lanes->leaving_ratio : 1;
  if (outlook.lanes) add_lanes(outlook, (weights.constant_velocity + weights.constant_turn) * (1 - leaving));
  const auto sigma_at = [&](double t) { return outlook.sigma_m(t); };
  const auto straight = [&](double t) { return constant_velocity(motion, t); };
  const auto turning = [&](double t) { return constant_turn(motion, t); };
  outlook.add(weights.constant_velocity * leaving, "constant_velocity", straight, sigma_at);
  outlook.add(weights.constant_turn * leaving, "constant_turn", turning, sigma_at);
  add_stop(outlook, weights.stop, leaving < 0.5);
  if (outlook.futures.empty()) outlook.add(1, "constant_velocity", straight, sigma_at);
  normalize(outlook.futures);
  return std::move(outlook.futures);
}

}  // namespace

base::Result<messages::Predictions> predict(const messages::Tracks& tracks, const PredictionConfig& config,
                                            const map::LaneMap* map) {
  if (const base::Status status = check(tracks); !status) return status.error();
  messages::Predictions predictions;
  predictions.header = tracks.header;
  predictions.step = base::Duration::seconds(config.step_s);
  predictions.objects.reserve(tracks.tracks.size());
  for (const messages::Track& track : tracks.tracks) {
    predictions.objects.push_back(
        {track.id, track.object_class, track.existence_probability, track.box, futures_of(track, config, map)});
  }
  return predictions;
}

}  // namespace hangil::prediction
