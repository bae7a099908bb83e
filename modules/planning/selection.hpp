// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "planning/evaluate.hpp"

namespace hangil::planning {

// A candidate by its path's lane and its speed profile, and what the kernel says of it.
struct Choice {
  int lane = 0, profile = 0;
  float cost = 0;
  bool is_free = false;
  double contact_s = 0, contact_mps = 0;  // first contact, where it is not free
};

// How many candidates are free, repeated lanes left out.
int free_count(const Scores& scores, const LateralLanes& lanes, const ProfileSteps& steps);

// The cheapest free candidate, the first of equals; none when none is free.
std::optional<Choice> cheapest(const Scores& scores, const LateralLanes& lanes, const ProfileSteps& steps);

// For stops, gentlest profile first: the cheapest free one of the gentlest free level; with none free, within the
// limits if possible, the one with the slowest first contact. There is always one.
Choice least_bad(const Scores& scores, const LateralLanes& lanes, const ProfileSteps& steps, double step_s);

// Marks a candidate as touching something between the steps, so that it is not chosen as free again.
void refute(const Choice& choice, const LateralLanes& lanes, const ProfileSteps& steps, Scores& scores);

}  // namespace hangil::planning
