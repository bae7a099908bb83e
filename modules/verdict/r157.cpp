// SPDX-License-Identifier: Apache-2.0
#include "verdict/r157.hpp"

#include <cmath>

#include "verdict/lane_view.hpp"
#include "verdict/number_text.hpp"

namespace hangil::verdict {

namespace {

RuleCheck check_collision(const Observed& observed) {
  RuleCheck check{.rule = "no_preventable_collision", .citation = "UN R157 5.2.5, Annex 4 App. 3"};
  const Kpis& kpis = observed.kpis;
  if (kpis.collision_count == 0) {
    check.reason = "no collision";
    return check;
  }
  check.is_met = !is_preventable(observed.references);
  check.reason = "hits '" + kpis.collided_with + "' at " + number_text(kpis.collision_s) +
                 " s, which the careful human " + (check.is_met ? "hits as well" : "avoids");
  return check;
}

RuleCheck check_cut_in(const Observed& observed, const CutInRule& rule) {
  RuleCheck check{.rule = "cut_in", .citation = rule.citation, .reason = "no collision with a cut-in"};
  for (const Intrusion& one : intrusions(observed.trace)) {
    if (observed.kpis.collision_count == 0 || observed.kpis.collided_with != one.id) continue;
    check.is_met = !must_avoid_cut_in(rule, one.ttc_s, one.closing_mps);
    check.reason = "hits '" + one.id + "', which cut in with " + number_text(one.ttc_s) + " s to collision at " +
                   number_text(one.closing_mps) + " m/s; to be avoided above " +
                   number_text(one.closing_mps / 12 + rule.margin_s) + " s";
  }
  return check;
}

RuleResult check_with(const Observed& observed, const CutInRule& rule) {
  RuleResult result;
  const Kpis& kpis = observed.kpis;
  result.checks = {check_collision(observed), check_cut_in(observed, rule)};
  if (!std::isnan(kpis.min_tyre_to_marking_m)) {
    result.checks.push_back(
        at_least("lane_keeping", "UN R157 5.2.1", kpis.min_tyre_to_marking_m, 0, "m to the marking"));
  }
  if (!std::isnan(kpis.final_shortfall_m)) {
    result.checks.push_back(
        at_most("following_distance", "UN R157 5.2.3.3", kpis.final_shortfall_m, 0.05, "m too near at the end"));
  }
  return result;
}

}  // namespace

bool must_avoid_cut_in(const CutInRule& rule, double ttc_s, double closing_mps) {
  constexpr double kDeceleration_mps2 = 6;
  return ttc_s > closing_mps / (2 * kDeceleration_mps2) + rule.margin_s;
}

std::vector<Intrusion> intrusions(const ScenarioTrace& trace) {
  std::vector<Intrusion> found;
  for (std::size_t entity = 0; entity < trace.entities.size(); ++entity) {
    if (trace.entities[entity].is_ego) continue;
    ScenarioTrace pair = {.times_s = trace.times_s, .entities = {ego_of(trace), trace.entities[entity]}};
    bool was_beside = false;
    for (std::size_t i = 0; i < trace.times_s.size(); ++i) {
      const auto others = neighbours_straight_ahead(pair, i);
      if (others.empty()) continue;
      const drivers::Neighbour& other = others.front();
      if (!is_in_path(other)) {
        was_beside = true;
        continue;
      }
      if (was_beside && other.gap_m > 0) {
        const drivers::Scene scene{.speed_mps = pair.entities.front().steps[i].speed_mps};
        found.push_back({trace.entities[entity].id, trace.times_s[i], time_to_contact_s(scene, other),
                         scene.speed_mps - other.speed_mps});
      }
      break;
    }
  }
  return found;
}

RuleResult check_r157(const Observed& observed) { return check_with(observed, kR157CutIn); }
RuleResult check_eu1426(const Observed& observed) { return check_with(observed, kEu1426CutIn); }

}  // namespace hangil::verdict
