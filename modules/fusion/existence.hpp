// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>

namespace hangil::fusion {

inline double log_odds(double probability) { return std::log(probability / (1 - probability)); }
inline double probability_of(double log_odds) { return 1 / (1 + std::exp(-log_odds)); }

// Whether there is anything at all: the Bernoulli filter's recursion (Ristic et al., "A tutorial on Bernoulli filters",
// IEEE TSP 61(13), 2013, section III) in log-odds. How often the object shows itself is learnt along the way, as a
// beta distribution with forgetting (after Mahler, Vo and Vo, "CPHD filtering with unknown clutter rate and detection
// profile", IEEE TSP 59(8), 2011): one that flickers may be missed without being gone.
struct Existence {
  double log_odds = 0;
  double seen_weight = 0, missed_weight = 0;  // of the last second or so, in frames
};

// Time passes in which it may have gone.
void predict(Existence& existence, double dt_s);

// A frame shows it; `box_log_odds`: of that box being anything.
void see(Existence& existence, double box_log_odds);

// A frame does not show it. `detection_probability`: as expected of any object, 0 < p < 1.
void miss(Existence& existence, double detection_probability);

}  // namespace hangil::fusion
