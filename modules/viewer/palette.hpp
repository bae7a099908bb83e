// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "viewer/raster.hpp"

// The colours of the bird's-eye picture, on a dark ground in light and dark pages alike.
namespace hangil::viewer::palette {

inline constexpr Colour kCanvas{13, 17, 23}, kGrid{33, 41, 51}, kGridText{125, 138, 153};
inline constexpr Colour kGround{58, 67, 79}, kTruth{240, 246, 252}, kDetection{126, 140, 156};
inline constexpr Colour kMission{88, 120, 180};
inline constexpr Colour kPlan{46, 204, 113}, kStopPlan{255, 176, 32}, kRejected{255, 77, 79};
inline constexpr Colour kEgo{225, 232, 240}, kEgoNose{13, 17, 23};

}  // namespace hangil::viewer::palette
