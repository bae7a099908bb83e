// SPDX-License-Identifier: Apache-2.0
#include "planning/rules.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "planning/gaps.hpp"

namespace hangil::planning {

namespace {

constexpr double kBeforeLineM = 0.6;       // kept between the front and a line
constexpr double kBeforeCrosswalkM = 1.0;  // and a crosswalk
constexpr double kLookAheadS = 8;          // of driving, and ...
constexpr double kLookAheadM = 30;         // ... so much more
constexpr double kHardMps2 = 4.5;          // braked harder only for what stands in the way
constexpr double kYellowMps2 = 3.0;        // a yellow light is passed rather than braking harder
constexpr double kPastLineM = 2.0;         // who stands so little past a line still waits there
constexpr double kStandingAtLineMps = 0.3;
constexpr double kAtLineM = 3.0;  // a stop counts within this of its line

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void set(std::vector<std::string>& names, const std::string& name, bool is_in) {
  if (is_in == has(names, name)) return;
  if (is_in)
    names.push_back(name);
  else
    std::erase(names, name);
}

messages::LightState state_of(const messages::SignalStates* signals, const std::string& id) {
  if (signals == nullptr) return messages::LightState::kUnknown;
  for (const messages::SignalState& signal : signals->signals) {
    if (signal.id == id) return signal.state;
  }
  return messages::LightState::kUnknown;
}

std::string_view colour(messages::LightState state) {
  switch (state) {
    case messages::LightState::kRed:
      return "red light ";
    case messages::LightState::kYellow:
      return "yellow light ";
    default:
      return "red and yellow light ";
  }
}

class Rules {
 public:
  Rules(const RoadSituation& situation, const PlannerConfig& config, RulesMemory& memory)
      : now_(situation), config_(config), memory_(memory), gaps_(situation, config) {}

  std::vector<Constraint> all() {
    for (const LightAhead& light : now_.road.lights) obey(light);
    for (const JunctionAhead& junction : now_.road.junctions) obey(junction);
    for (const CrosswalkAhead& crosswalk : now_.road.crosswalks) obey(crosswalk);
    return std::move(found_);
  }

 private:
  double speed() const { return now_.start.s_mps; }
  // Of the rear axle that has its front before a line.
  double behind(double line_s_m, double gap_m) const { return line_s_m - gap_m - config_.vehicle.front_m(); }
  bool is_in_sight(double s_m) const {
    return s_m > now_.start.s_m - 30 && s_m < now_.start.s_m + kLookAheadS * speed() + kLookAheadM;
  }

  // Whether the vehicle is still before the place and can stop there braking at most so hard.
  bool can_stop(double place_s_m, double braking_mps2) const {
    const double way_m = place_s_m - now_.start.s_m;
    if (way_m < 0.1) return speed() < 1.5 && way_m > -kPastLineM;
    return speed() * speed() <= 2 * braking_mps2 * way_m;
  }

  void stop_at(double place_s_m, std::string reason) { found_.push_back({std::move(reason), {place_s_m, 0}}); }

  void obey(const LightAhead& light) {
    const messages::LightState state = state_of(now_.signals, light.id);
    const bool is_yellow = state == messages::LightState::kYellow;
    if (!is_yellow && state != messages::LightState::kRed && state != messages::LightState::kRedYellow) return;
    const double place = behind(light.wait_s_m, kBeforeLineM);
    if (!is_in_sight(light.wait_s_m) || !can_stop(place, is_yellow ? kYellowMps2 : kHardMps2)) return;
    stop_at(place, std::string(colour(state)) + light.id);
  }

  // A light that works replaces signs; then only oncoming traffic goes before a left turn.
  void obey(const JunctionAhead& junction) {
    const double place = behind(junction.wait_s_m, kBeforeLineM);
    if (!is_in_sight(junction.wait_s_m)) return;
    if (junction.must_stop && !has(memory_.stopped_at, junction.id)) {
      const double way_m = place - now_.start.s_m;
      if (speed() < kStandingAtLineMps && std::abs(way_m) < kAtLineM) {
        set(memory_.stopped_at, junction.id, true);
      } else if (can_stop(place, kHardMps2)) {
        stop_at(place, "stop sign at " + junction.id);
        return;
      }
    }
    if (junction.priority_lanes.empty() || !can_stop(place, kHardMps2)) return;
    const bool has_yielded = has(memory_.yielding_at, junction.id);
    const auto first = gaps_.who_goes_first(junction, has_yielded);
    set(memory_.yielding_at, junction.id, first.has_value());
    if (first) stop_at(place, junction.rule + " at " + junction.id + ": " + std::to_string(*first));
  }

  void obey(const CrosswalkAhead& crosswalk) {
    const double place = behind(crosswalk.from_s_m, kBeforeCrosswalkM);
    if (!is_in_sight(crosswalk.from_s_m) || !can_stop(place, kHardMps2)) return;
    const std::string name = "crosswalk " + crosswalk.id;
    const auto first = gaps_.who_crosses(crosswalk, has(memory_.yielding_at, name));
    set(memory_.yielding_at, name, first.has_value());
    if (first) stop_at(place, name + ": " + std::to_string(*first));
  }

  const RoadSituation& now_;
  const PlannerConfig& config_;
  RulesMemory& memory_;
  Gaps gaps_;
  std::vector<Constraint> found_;
};

}  // namespace

std::vector<Constraint> road_constraints(const RoadSituation& situation, const PlannerConfig& config,
                                         RulesMemory& memory) {
  return Rules(situation, config, memory).all();
}

}  // namespace hangil::planning
