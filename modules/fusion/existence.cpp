// SPDX-License-Identifier: Apache-2.0
#include "fusion/existence.hpp"

namespace hangil::fusion {

namespace {

constexpr double kMeanLifetime_s = 30;
constexpr double kForgetting_ratio = 0.9;  // a frame
constexpr double kPriorWeight_frames = 4;  // of the expected detection probability

void count(Existence& existence, double seen, double missed) {
  existence.seen_weight = kForgetting_ratio * existence.seen_weight + seen;
  existence.missed_weight = kForgetting_ratio * existence.missed_weight + missed;
}

}  // namespace

void predict(Existence& existence, double dt_s) {
  existence.log_odds = log_odds(std::exp(-dt_s / kMeanLifetime_s) * probability_of(existence.log_odds));
}

void see(Existence& existence, double box_log_odds) {
  existence.log_odds += box_log_odds;
  count(existence, 1, 0);
}

void miss(Existence& existence, double detection_probability) {
  const double frames = existence.seen_weight + existence.missed_weight + kPriorWeight_frames;
  const double learnt = (existence.seen_weight + kPriorWeight_frames * detection_probability) / frames;
  existence.log_odds += std::log(1 - learnt);
  count(existence, 0, 1);
}

}  // namespace hangil::fusion
