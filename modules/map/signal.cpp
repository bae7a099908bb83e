// SPDX-License-Identifier: Apache-2.0
#include "map/signal.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace hangil::map {

namespace {

struct CodeMeaning {
  std::string_view country, type;
  SignalKind kind;
};

// Types below 1,000,000 are those of the country's law; above are OpenDRIVE's own, wherever it is.
constexpr auto kMeanings = std::to_array<CodeMeaning>({
    {"", "1000001", SignalKind::kTrafficLight},
    {"", "1000002", SignalKind::kPedestrianLight},
    {"", "1000009", SignalKind::kTrafficLight},
    {"", "1000010", SignalKind::kTrafficLight},
    {"", "1000011", SignalKind::kTrafficLight},
    {"", "1000012", SignalKind::kTrafficLight},
    {"", "1000013", SignalKind::kTrafficLight},
    {"", "1000007", SignalKind::kPedestrianLight},
    {"DE", "205", SignalKind::kYield},
    {"DE", "206", SignalKind::kStop},
    {"DE", "294", SignalKind::kStopLine},
    {"DE", "301", SignalKind::kPriority},
    {"DE", "306", SignalKind::kPriority},
    {"DE", "274", SignalKind::kSpeedLimit},
    {"US", "R1-1", SignalKind::kStop},
    {"US", "R1-2", SignalKind::kYield},
    {"US", "R2-1", SignalKind::kSpeedLimit},
    {"OpenDRIVE", "205", SignalKind::kYield},
    {"OpenDRIVE", "206", SignalKind::kStop},
    {"OpenDRIVE", "294", SignalKind::kStopLine},
    {"OpenDRIVE", "274", SignalKind::kSpeedLimit},
    {"OpenDRIVE", "301", SignalKind::kPriority},
});

std::string upper(std::string_view text) {
  std::string all(text);
  std::transform(all.begin(), all.end(), all.begin(), [](unsigned char c) { return std::toupper(c); });
  return all;
}

// Codes of ISO 3166-1 with two and three letters, and what writers use before them.
std::string_view country_of(const Signal& signal) {
  const std::string country = upper(signal.country);
  if (country == "DE" || country == "DEU" || country == "GER" || country == "GERMANY") return "DE";
  if (country == "US" || country == "USA") return "US";
  return country.empty() || country == "OPENDRIVE" ? "OpenDRIVE" : "other";
}

SignalKind kind_by_name(const std::string& name) {
  const auto has = [&](std::string_view word) { return name.find(word) != std::string::npos; };
  if (has("STOPLINE") || has("STOP_LINE") || has("STENCIL_STOP")) return SignalKind::kStopLine;
  if (has("TRAFFIC") && has("LIGHT")) return SignalKind::kTrafficLight;
  if (has("SIGNAL_3LIGHT")) return SignalKind::kTrafficLight;
  if (has("YIELD") || has("GIVE_WAY")) return SignalKind::kYield;
  if (has("STOP")) return SignalKind::kStop;
  return has("SPEED") ? SignalKind::kSpeedLimit : SignalKind::kOther;
}

}  // namespace

bool Signal::is_valid_for(int lane_id) const {
  if (validity.empty()) {
    return orientation == Orientation::kBoth || (lane_id < 0) == (orientation == Orientation::kForward);
  }
  return std::any_of(validity.begin(), validity.end(),
                     [&](const LaneRange& range) { return range.from <= lane_id && lane_id <= range.to; });
}

SignalKind signal_kind(const Signal& signal) {
  const std::string_view country = country_of(signal);
  for (const CodeMeaning& meaning : kMeanings) {
    if (signal.type == meaning.type && (meaning.country.empty() || meaning.country == country)) return meaning.kind;
  }
  return kind_by_name(upper(signal.name));
}

}  // namespace hangil::map
