// SPDX-License-Identifier: Apache-2.0
#include "verdict/ncap.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "verdict/number_text.hpp"

namespace hangil::verdict {

namespace {

constexpr const char* kNcapCitation = "Euro NCAP Frontal Collisions 2026, impact speed bands";

// The most impact speed, km/h, of green, yellow, orange and brown; negative: the band does not exist.
using Bands = std::array<double, 4>;
Bands bands_for(double test_speed_kmh) {
  constexpr double kRounding_kmh = 0.5;
  if (test_speed_kmh + kRounding_kmh < 30) return {0, -1, -1, -1};
  if (test_speed_kmh + kRounding_kmh < 40) return {0, -1, -1, 10};
  if (test_speed_kmh + kRounding_kmh < 50) return {0, -1, 10, 20};
  return {0, 10, 20, 30};
}

struct Points {
  std::string_view scenario;
  double points;
};
constexpr Points kPoints[] = {{"CCRs", 1.2},     {"CCRm", 2.4},       {"CCRb", 1.6},     {"CCFhos", 2},
                              {"CCFhol", 2},     {"CCFtap", 4},       {"CCCscp", 6},     {"CMRs", 1.2},
                              {"CMRb", 1.6},     {"CMFtap", 4},       {"CMCscp", 6},     {"CPLA day", 1},
                              {"CPLA night", 1}, {"CBLA", 2},         {"CPTA day", 1},   {"CPTA night", 1},
                              {"CBTA day", 1},   {"CBTA night", 1},   {"CPNA day", 0.5}, {"CPNA night", 0.5},
                              {"CPFA day", 0.5}, {"CPFA night", 0.5}, {"CPNCO day", 1},  {"CPNCO night", 1},
                              {"CBNA", 1},       {"CBFA", 1},         {"CBNAO", 2}};

// Ego's own speed at the step before an impact with somebody who drives towards it; nothing for another impact.
std::optional<double> head_on_speed_mps(const Observed& observed) {
  constexpr double kRollingMps = 1, kOpposedRad = 2.6;  // 150 degrees
  const ScenarioTrace& trace = observed.trace;
  if (observed.kpis.collision_count == 0) return std::nullopt;
  const auto end = std::lower_bound(trace.times_s.begin(), trace.times_s.end(), observed.kpis.collision_s);
  if (end == trace.times_s.begin()) return std::nullopt;
  const auto before = static_cast<std::size_t>(end - trace.times_s.begin()) - 1;
  const EntityStep& ego = ego_of(trace).steps[before];
  for (const TracedEntity& other : trace.entities) {
    if (other.id != observed.kpis.collided_with) continue;
    const EntityStep& hit = other.steps[before];
    const double turn = math::angle_difference_rad(hit.pose.yaw_rad, ego.pose.yaw_rad);
    if (hit.speed_mps > kRollingMps && std::abs(turn) > kOpposedRad) return ego.speed_mps;
  }
  return std::nullopt;
}

}  // namespace

std::string_view name_of(NcapBand band) {
  constexpr std::string_view kNames[] = {"green", "yellow", "orange", "brown", "red"};
  return kNames[static_cast<int>(band)];
}

NcapBand impact_band(double test_speed_kmh, double impact_speed_kmh) {
  const Bands most_kmh = bands_for(test_speed_kmh);
  for (std::size_t i = 0; i < most_kmh.size(); ++i) {
    if (impact_speed_kmh <= most_kmh[i]) return static_cast<NcapBand>(i);
  }
  return NcapBand::kRed;
}

NcapBand reduction_band(double reduction_kmh) {
  return reduction_kmh > 20 ? NcapBand::kGreen : reduction_kmh > 10 ? NcapBand::kOrange : NcapBand::kRed;
}

double band_share(NcapBand band) { return 1 - 0.25 * static_cast<int>(band); }

double ncap_points(std::string_view scenario) {
  for (const Points& one : kPoints) {
    if (one.scenario == scenario) return one.points;
  }
  return kUnknown;
}

double ncap_share(std::string_view scenario, const ScenarioResult& result) {
  if (result.verdict == name_of(Verdict::kError)) return 0;
  for (const std::string_view avoidance : {"CCFtap", "CMFtap", "CCCscp", "CMCscp", "CPTA", "CBTA"}) {
    if (scenario.starts_with(avoidance)) return result.kpis.collision_count == 0 ? 1 : 0;
  }
  for (const RuleScore& score : result.scores) {
    if (score.name == "share_of_points") return score.value;
  }
  return 0;
}

RuleResult check_ncap2026(const Observed& observed) {
  const double test_kmh = ego_of(observed.trace).steps.front().speed_mps * 3.6;
  const double impact_kmh = observed.kpis.collision_count > 0 ? observed.kpis.impact_speed_mps * 3.6 : 0;
  const auto head_on_mps = head_on_speed_mps(observed);
  const double own_kmh = head_on_mps.value_or(0) * 3.6;
  const NcapBand band = head_on_mps ? reduction_band(test_kmh - own_kmh) : impact_band(test_kmh, impact_kmh);
  const std::string impact = head_on_mps ? ": head-on at " + number_text(own_kmh) + " km/h of its own"
                                         : ": impact with " + number_text(impact_kmh) + " km/h";
  RuleResult result;
  result.checks.push_back(
      {"impact_band", kNcapCitation, band != NcapBand::kRed,
       std::string(name_of(band)) + impact + " at a test speed of " + number_text(test_kmh) + " km/h"});
  result.scores.push_back({"share_of_points", kNcapCitation, band_share(band), 1});
  return result;
}

}  // namespace hangil::verdict
