// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "verdict/judge.hpp"

namespace hangil::verdict {

// Colours of the impact-speed bands of Euro NCAP's frontal collision avoidance protocol, 2026.
enum class NcapBand { kGreen, kYellow, kOrange, kBrown, kRed };
std::string_view name_of(NcapBand band);

// For the car, motorcycle, pedestrian and cyclist scenarios with bands (CCRs ... CBNAO, CPLA and CBLA AEB).
NcapBand impact_band(double test_speed_kmh, double impact_speed_kmh);
// Head-on (CCFhos, CCFhol): by how much slower the vehicle under test is at impact than its test speed.
NcapBand reduction_band(double reduction_kmh);
// Standard range: green 1, yellow 0.75, orange 0.5, brown 0.25, red 0.
double band_share(NcapBand band);

// Points of a scenario of the standard range by its name ("CCRs", "CPNA day"); NaN for one without.
double ncap_points(std::string_view scenario);

// The share of a scenario's points that one run earns. Turning and crossing cars and motorcycles (CCFtap, CMFtap,
// CCCscp, CMCscp, CPTA, CBTA) want no impact at all; the others go by the bands. 0 for a run that ended in an error.
double ncap_share(std::string_view scenario, const ScenarioResult& result);

// Ego's speed at the first step is the test speed. An impact with one that drives towards ego is judged by the
// reduction of ego's own speed, any other by the impact speed. Met unless red; the score is the share of the points.
RuleResult check_ncap2026(const Observed& observed);

}  // namespace hangil::verdict
