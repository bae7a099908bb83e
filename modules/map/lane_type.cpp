// SPDX-License-Identifier: Apache-2.0
#include "map/lane_type.hpp"

#include <array>
#include <utility>

namespace hangil::map {

namespace {

// The word that is written for a type stands before its other spellings.
constexpr std::array kWords = std::to_array<std::pair<std::string_view, LaneType>>({
    {"none", LaneType::kNone},
    {"driving", LaneType::kDriving},
    {"bidirectional", LaneType::kBidirectional},
    {"entry", LaneType::kEntry},
    {"mwyEntry", LaneType::kEntry},
    {"exit", LaneType::kExit},
    {"mwyExit", LaneType::kExit},
    {"onRamp", LaneType::kOnRamp},
    {"offRamp", LaneType::kOffRamp},
    {"connectingRamp", LaneType::kConnectingRamp},
    {"slipLane", LaneType::kSlipLane},
    {"bus", LaneType::kBus},
    {"taxi", LaneType::kTaxi},
    {"HOV", LaneType::kHov},
    {"stop", LaneType::kStop},
    {"shoulder", LaneType::kShoulder},
    {"biking", LaneType::kBiking},
    {"sidewalk", LaneType::kSidewalk},
    {"walking", LaneType::kWalking},
    {"crosswalk", LaneType::kCrosswalk},
    {"border", LaneType::kBorder},
    {"restricted", LaneType::kRestricted},
    {"parking", LaneType::kParking},
    {"median", LaneType::kMedian},
    {"curb", LaneType::kCurb},
    {"tram", LaneType::kTram},
    {"rail", LaneType::kRail},
    {"roadWorks", LaneType::kRoadWorks},
    {"shared", LaneType::kShared},
    {"other", LaneType::kOther},
});

}  // namespace

LaneType lane_type(std::string_view open_drive_word) {
  for (const auto& [word, type] : kWords) {
    if (word == open_drive_word) return type;
  }
  return LaneType::kOther;
}

std::string_view lane_type_word(LaneType type) {
  for (const auto& [word, listed] : kWords) {
    if (listed == type) return word;
  }
  return "other";
}

bool is_drivable(LaneType type) { return type >= LaneType::kDriving && type <= LaneType::kHov; }

}  // namespace hangil::map
