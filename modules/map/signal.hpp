// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace hangil::map {

// Lane ids from..to, both included; lane 0 stands for none.
struct LaneRange {
  int from = 0, to = 0;
};

// For whom something beside the road is meant: traffic towards rising s, against it, or both.
enum class Orientation { kForward, kBackward, kBoth };

// A sign, a light or a marking that means something (OpenDRIVE 1.8, section 14). A reference repeats on another road a
// signal that stands elsewhere, with the id of that one.
struct Signal {
  std::string id, name;
  double s_m = 0, t_m = 0, z_offset_m = 0, heading_offset_rad = 0;
  bool is_dynamic = false, is_reference = false;
  Orientation orientation = Orientation::kBoth;
  std::string country, country_revision, type, subtype, unit, text;
  double value = -1;
  double height_m = 0, width_m = 0;
  std::vector<LaneRange> validity;        // none: every lane that its orientation means
  std::vector<std::string> dependencies;  // ids of signals this one governs
  int line = 0;

  bool is_valid_for(int lane_id) const;
};

enum class SignalKind { kOther, kTrafficLight, kPedestrianLight, kStop, kYield, kPriority, kStopLine, kSpeedLimit };

// What a signal means, by the country's catalogue where it is known (German StVO; OpenDRIVE's own; US MUTCD), else by
// its name.
SignalKind signal_kind(const Signal& signal);

// Signals that switch together.
struct SignalController {
  std::string id, name;
  std::vector<std::string> signals;  // ids
};

}  // namespace hangil::map
