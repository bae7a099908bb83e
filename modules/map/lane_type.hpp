// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace hangil::map {

// What a lane is for (OpenDRIVE 1.8, e_laneType; the deprecated ones with their successors).
enum class LaneType : std::uint8_t {
  kNone,
  kDriving,
  kBidirectional,
  kEntry,
  kExit,
  kOnRamp,
  kOffRamp,
  kConnectingRamp,
  kSlipLane,
  kBus,
  kTaxi,
  kHov,
  kStop,
  kShoulder,
  kBiking,
  kSidewalk,
  kWalking,
  kCrosswalk,
  kBorder,
  kRestricted,
  kParking,
  kMedian,
  kCurb,
  kTram,
  kRail,
  kRoadWorks,
  kShared,
  kOther,
};

// kOther for words that are not listed.
LaneType lane_type(std::string_view open_drive_word);
std::string_view lane_type_word(LaneType type);
// Made for moving motor vehicles: driving, ramps, bus and the like; not shoulders, parking or rails.
bool is_drivable(LaneType type);

}  // namespace hangil::map
