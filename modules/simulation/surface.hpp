// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace hangil::simulation {

// What a laser sees of a surface at about 900 nm. Reflectances are round figures within the ranges of Kukko et al.,
// "Effect of incidence angle on laser scanner intensity and surface data" (Applied Optics, 2008), table 2, and of
// common sensor data sheets.
struct Surface {
  double reflectance_ratio = 0.3;  // diffuse, at normal incidence
  double return_ratio = 1;         // share of pulses that come back at all; glass lets most through or away
};

inline constexpr Surface kAsphalt{0.17}, kPaint{0.75}, kConcrete{0.36}, kPaving{0.30}, kGrass{0.45}, kBrick{0.40},
    kPlaster{0.60}, kLeaves{0.48}, kBark{0.30}, kSteel{0.50}, kSign{1.0}, kRubber{0.08}, kGlass{0.10, 0.25},
    kCloth{0.40}, kSkin{0.55};

}  // namespace hangil::simulation
