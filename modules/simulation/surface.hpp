// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace hangil::simulation {

struct Colour {
  std::uint8_t red = 140, green = 140, blue = 140;
  bool operator==(const Colour&) const = default;
};

// What a laser sees of a surface at about 900 nm, and its colour for a camera. Reflectances are round figures within
// the ranges of Kukko et al., "Effect of incidence angle on laser scanner intensity and surface data" (Applied Optics,
// 2008), table 2, and of common sensor data sheets.
struct Surface {
  double reflectance_ratio = 0.3;  // diffuse, at normal incidence
  double return_ratio = 1;         // share of pulses that come back at all; glass lets most through or away
  Colour colour;
};

inline constexpr Surface kAsphalt{0.17, 1, {92, 92, 95}}, kPaint{0.75, 1, {232, 232, 226}},
    kConcrete{0.36, 1, {150, 148, 142}}, kPaving{0.30, 1, {158, 154, 148}}, kGrass{0.45, 1, {88, 118, 56}},
    kBrick{0.40, 1, {150, 82, 62}}, kPlaster{0.60, 1, {212, 204, 186}}, kLeaves{0.48, 1, {54, 92, 42}},
    kBark{0.30, 1, {92, 72, 52}}, kSteel{0.50, 1, {138, 142, 148}}, kSign{1.0, 1, {240, 240, 240}},
    kRubber{0.08, 1, {24, 24, 26}}, kGlass{0.10, 0.25, {38, 46, 54}}, kCloth{0.40, 1, {58, 68, 106}},
    kSkin{0.55, 1, {206, 162, 134}};

// A vehicle's paint: from black over blue, red and grey to silver and white, as it reflects more.
constexpr Surface vehicle_paint(double reflectance_ratio) {
  constexpr Colour kPaints[] = {{28, 28, 32},   {36, 56, 110},   {140, 26, 30},
                                {96, 100, 106}, {176, 180, 184}, {230, 230, 228}};
  const double step = (reflectance_ratio - 0.04) / 0.12;
  const int place = step < 0 ? 0 : step > 5 ? 5 : static_cast<int>(step);
  return {reflectance_ratio, 1, kPaints[place]};
}

}  // namespace hangil::simulation
