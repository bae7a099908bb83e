// SPDX-License-Identifier: Apache-2.0
#include "planning/selection.hpp"

#include <tuple>

namespace hangil::planning {

namespace {

std::size_t index_of(int profile, int lane, const LateralLanes& lanes) {
  return static_cast<std::size_t>(profile * lanes.lane_count + lane);
}

template <class Visit>
void for_each_candidate(const LateralLanes& lanes, const ProfileSteps& steps, Visit visit) {
  for (int profile = 0; profile < steps.profile_count; ++profile) {
    for (int lane = 0; lane < lanes.count; ++lane) visit(profile, lane, index_of(profile, lane, lanes));
  }
}

// Less is better.
struct Badness {
  int is_infeasible = 0;
  int touches = 0;
  float contact_mps = 0;
  int level = 0;
  float cost = 0;

  auto key() const { return std::tie(is_infeasible, touches, contact_mps, level, cost); }
};

Badness badness_of(const Scores& scores, const ProfileSteps& steps, int profile, std::size_t i) {
  const int contact = scores.contact_step[i];
  const bool touches = contact < steps.step_count;
  const auto at = static_cast<std::size_t>(profile * steps.step_count + contact);
  return {scores.is_infeasible[i], touches ? 1 : 0, touches ? steps.steps[at].s_mps : 0, profile, scores.cost[i]};
}

}  // namespace

int free_count(const Scores& scores, const LateralLanes& lanes, const ProfileSteps& steps) {
  int count = 0;
  for_each_candidate(lanes, steps,
                     [&](int, int, std::size_t i) { count += scores.is_free(i, steps.step_count) ? 1 : 0; });
  return count;
}

std::optional<Choice> cheapest(const Scores& scores, const LateralLanes& lanes, const ProfileSteps& steps) {
  std::optional<Choice> best;
  for_each_candidate(lanes, steps, [&](int profile, int lane, std::size_t i) {
    if (!scores.is_free(i, steps.step_count) || (best && scores.cost[i] >= best->cost)) return;
    best = Choice{lane, profile, scores.cost[i], true, 0, 0};
  });
  return best;
}

Choice least_bad(const Scores& scores, const LateralLanes& lanes, const ProfileSteps& steps, double step_s) {
  Choice best;
  Badness least{2, 2, 0, 0, 0};
  for_each_candidate(lanes, steps, [&](int profile, int lane, std::size_t i) {
    const Badness badness = badness_of(scores, steps, profile, i);
    if (!(badness.key() < least.key())) return;
    least = badness;
    best = {lane,
            profile,
            badness.cost,
            scores.is_free(i, steps.step_count),
            scores.contact_step[i] * step_s,
            static_cast<double>(badness.contact_mps)};
  });
  return best;
}

void refute(const Choice& choice, const LateralLanes& lanes, const ProfileSteps& steps, Scores& scores) {
  scores.contact_step[index_of(choice.profile, choice.lane, lanes)] = steps.step_count - 1;
}

}  // namespace hangil::planning
