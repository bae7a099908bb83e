// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "messages/object_class.hpp"

namespace hangil::fusion {

// What an object is, as log-odds a class, voted for by its boxes (a naive Bayes filter with bounded memory). Boxes of
// unknown class vote for none and wear down what was thought.
struct ClassVote {
  std::array<double, messages::kObjectClassCount> log_odds{};

  messages::ObjectClass winner() const;      // kUnknown before the first vote
  messages::ObjectClass last_known() const;  // the winner, or what it was before it was worn down
};

void vote(ClassVote& votes, messages::ObjectClass object_class);

}  // namespace hangil::fusion
