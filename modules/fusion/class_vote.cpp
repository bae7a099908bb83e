// SPDX-License-Identifier: Apache-2.0
#include "fusion/class_vote.hpp"

#include <algorithm>

namespace hangil::fusion {

namespace {

constexpr double kFor = 1, kAgainst = 0.5;  // a detector that says A of an A is right more often than not
constexpr double kMostLogOdds = 6;          // so that a wrong class is overturned within ten boxes

}  // namespace

messages::ObjectClass ClassVote::winner() const {
  const auto best = std::max_element(log_odds.begin(), log_odds.end());
  return *best > 0 ? static_cast<messages::ObjectClass>(best - log_odds.begin()) : messages::ObjectClass::kUnknown;
}

// Boxes without a class leave the last winner at 0, and what lost to it below.
messages::ObjectClass ClassVote::last_known() const {
  const auto best = std::max_element(log_odds.begin(), log_odds.end());
  const bool is_alone = std::count(log_odds.begin(), log_odds.end(), *best) == 1;
  return is_alone ? static_cast<messages::ObjectClass>(best - log_odds.begin()) : messages::ObjectClass::kUnknown;
}

void vote(ClassVote& votes, messages::ObjectClass object_class) {
  const auto index = static_cast<std::size_t>(object_class);
  const bool is_unknown = object_class == messages::ObjectClass::kUnknown || index >= votes.log_odds.size();
  for (double& value : votes.log_odds)
    value = std::max(value - kAgainst, is_unknown ? std::min(value, 0.0) : -kMostLogOdds);
  if (!is_unknown) votes.log_odds[index] = std::min(votes.log_odds[index] + kAgainst + kFor, kMostLogOdds);
}

}  // namespace hangil::fusion
