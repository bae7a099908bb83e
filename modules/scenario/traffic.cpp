// SPDX-License-Identifier: Apache-2.0
#include "scenario/traffic.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "map/lane_type.hpp"

namespace hangil::scenario {

namespace {

constexpr double kPeriod_s = 0.1, kTrafficSpacing_m = 10, kClearance_m = 15;
constexpr int kTries = 40;

// Whether a vehicle put there would have room to everybody else.
bool is_free(const World& world, double x_m, double y_m) {
  return std::none_of(world.entities.begin(), world.entities.end(), [&](const EntityState& other) {
    return other.is_present && std::hypot(other.x_m - x_m, other.y_m - y_m) < kClearance_m;
  });
}

// 0 at the middle of a swarm's ellipse, 1 on it.
double ellipse_ratio(const EntityState& central, const TrafficSwarm& swarm, double x_m, double y_m) {
  const double c = std::cos(central.h_rad), s = std::sin(central.h_rad);
  const double dx = x_m - central.x_m, dy = y_m - central.y_m;
  return std::hypot((c * dx + s * dy - swarm.offset_m) / std::max(swarm.semi_major_m, 1e-3),
                    (c * dy - s * dx) / std::max(swarm.semi_minor_m, 1e-3));
}

// The first that is not there; the end of the pool when all are.
EntityIndex next_of(const World& world, const VehiclePool& pool) {
  EntityIndex vehicle = pool.first;
  while (vehicle < pool.first + pool.count && world.entity(vehicle).is_present) ++vehicle;
  return vehicle;
}

}  // namespace

// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
double Traffic::chance() {
  std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1.0p-53;
}

void Traffic::start(const TrafficAction& action) {
  if (!std::holds_alternative<TrafficStop>(action.value))
    return running_.push_back({&action, -1, 0, false, std::nullopt});
  std::erase_if(running_, [&](const Running& one) { return action.name.empty() || one.action->name == action.name; });
}

base::Status Traffic::step(World& world, Mover& mover) {
  if (running_.empty() && vehicles_.empty()) return {};
  if (world.time_s() < next_s_ - 1e-9) return {};
  next_s_ = world.time_s() + kPeriod_s;
  for (std::size_t i = vehicles_.size(); i-- > 0;) {
    if (world.entity(vehicles_[i]).at_road_end_s) take_away(world, mover, vehicles_[i]);
  }
  for (Running& one : running_) {
    if (const auto stepped = step_one(world, mover, one); !stepped) return stepped;
  }
  return {};
}

base::Status Traffic::step_one(World& world, Mover& mover, Running& running) {
  if (!world.map) return base::Error{world.scenario->file + ": generated traffic needs a road network"};
  if (candidates_.empty()) find_candidates(world);
  if (running.started_s < 0) running.started_s = world.time_s();
  const auto* source = std::get_if<TrafficSource>(&running.action->value);
  const auto* sink = std::get_if<TrafficSink>(&running.action->value);
  if (!running.place && (source != nullptr || sink != nullptr)) {
    const auto place = place_of(world, source != nullptr ? source->position : sink->position);
    if (!place) return place.error();
    running.place = *place;
  }
  if (source != nullptr) emit(world, mover, running, *source);
  if (sink != nullptr) take(world, mover, running, *sink);
  if (const auto* about = std::get_if<TrafficSwarm>(&running.action->value)) swarm(world, mover, running, *about);
  return {};
}

void Traffic::find_candidates(const World& world) {
  for (int i = 0; i < static_cast<int>(world.map->roads().size()); ++i) {
    const map::Road& road = world.map->road(i);
    for (double s_m = kTrafficSpacing_m / 2; s_m < road.length_m; s_m += kTrafficSpacing_m) {
      for (const map::Lane& lane : map::section_at(road, s_m).lanes) {
        if (lane.id == 0 || !map::is_drivable(lane.type) || map::lane_width_m(road, lane.id, s_m) < 2.5) continue;
        const LaneSpot spot{{i, lane.id, s_m, 0}, map::runs_along_s(road, lane.id) ? 1 : -1};
        const map::RoadPose pose = pose_of(*world.map, spot);
        candidates_.push_back({spot, pose.x_m, pose.y_m, pose.heading_rad});
      }
    }
  }
}

void Traffic::take_away(World& world, Mover& mover, EntityIndex entity) {
  mover.release(entity);
  world.entity(entity) = {};
  std::erase(vehicles_, entity);
}

// Puts the next vehicle of the pool that is not there at a free candidate by chance.
template <class Allowed>
bool Traffic::place_one(World& world, Mover& mover, const VehiclePool& pool, double speed_mps,
                        const Allowed& is_allowed) {
  const EntityIndex vehicle = next_of(world, pool);
  if (vehicle == pool.first + pool.count) return false;
  std::vector<const Candidate*> allowed;
  for (const Candidate& one : candidates_) {
    if (is_allowed(one)) allowed.push_back(&one);
  }
  for (int i = 0; i < kTries && !allowed.empty(); ++i) {
    const auto at = static_cast<std::size_t>(chance() * static_cast<double>(allowed.size()));
    const Candidate& chosen = *allowed[at];
    if (!is_free(world, chosen.x_m, chosen.y_m)) continue;
    EntityState& state = world.entity(vehicle) = {};
    state.is_present = true;
    state.speed_mps = speed_mps;
    place_at_spot(world, vehicle, chosen.spot, 0);
    state.vx_mps = speed_mps * std::cos(state.h_rad);
    state.vy_mps = speed_mps * std::sin(state.h_rad);
    mover.follow_traffic(vehicle, speed_mps);
    vehicles_.push_back(vehicle);
    return true;
  }
  return false;
}

void Traffic::emit(World& world, Mover& mover, Running& running, const TrafficSource& source) {
  const double due = (world.time_s() - running.started_s) * source.rate_ps;
  const double reach_m = std::max(source.radius_m, kTrafficSpacing_m);
  while (running.done_count <= due) {
    const bool is_placed = place_one(world, mover, source.pool, source.speed_mps, [&](const Candidate& one) {
      const bool is_near = std::hypot(one.x_m - running.place->x_m, one.y_m - running.place->y_m) <= reach_m;
      return is_near && std::cos(one.h_rad - running.place->h_rad) > 0;
    });
    if (is_placed) {
      ++running.done_count;
      continue;
    }
    const bool has_more = next_of(world, source.pool) < source.pool.first + source.pool.count;
    if (!has_more && !std::exchange(running.is_exhausted, true)) exhausted_.push_back(running.action->name);
    return;  // no room now: as soon as there is
  }
}

void Traffic::take(World& world, Mover& mover, Running& running, const TrafficSink& sink) {
  for (std::size_t i = vehicles_.size(); i-- > 0;) {
    if (running.done_count > (world.time_s() - running.started_s) * sink.rate_ps) return;
    const EntityState& state = world.entity(vehicles_[i]);
    if (std::hypot(state.x_m - running.place->x_m, state.y_m - running.place->y_m) > sink.radius_m) continue;
    take_away(world, mover, vehicles_[i]);
    ++running.done_count;
  }
}

void Traffic::swarm(World& world, Mover& mover, Running& running, const TrafficSwarm& swarm) {
  const EntityState central = world.entity(swarm.central);
  if (!central.is_present) return;
  const auto end = swarm.pool.first + swarm.pool.count;
  for (EntityIndex vehicle = swarm.pool.first; vehicle < end; ++vehicle) {
    const EntityState& state = world.entity(vehicle);
    if (state.is_present && ellipse_ratio(central, swarm, state.x_m, state.y_m) > 1) take_away(world, mover, vehicle);
  }
  // At first anywhere within, later only where they would have driven in.
  const double least_ratio = running.done_count == 0 ? 0 : 0.8;
  for (int i = 0; i < swarm.pool.count; ++i) {
    const bool is_opposite = swarm.opposite_ratio && chance() < *swarm.opposite_ratio;
    const double speed_mps = swarm.least_speed_mps + chance() * (swarm.most_speed_mps - swarm.least_speed_mps);
    const bool is_placed = place_one(world, mover, swarm.pool, speed_mps, [&](const Candidate& one) {
      const double ratio = ellipse_ratio(central, swarm, one.x_m, one.y_m);
      const bool is_within = ratio >= least_ratio && ratio <= 0.98 &&
                             std::hypot(one.x_m - central.x_m, one.y_m - central.y_m) >= swarm.inner_radius_m;
      return is_within && (!swarm.opposite_ratio || (std::cos(one.h_rad - central.h_rad) < 0) == is_opposite);
    });
    if (!is_placed) break;
  }
  ++running.done_count;
}

}  // namespace hangil::scenario
