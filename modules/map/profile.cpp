// SPDX-License-Identifier: Apache-2.0
#include "map/profile.hpp"

#include <algorithm>

namespace hangil::map {

namespace {

constexpr double kStart_m = 1e-3;  // a record may begin late by what writers round away

}  // namespace

const CubicPiece* Profile::at(double s) const {
  if (pieces.empty()) return nullptr;
  if (pieces.size() == 1 || s < pieces[1].s_m) return s < pieces[0].s_m - kStart_m ? nullptr : &pieces[0];
  const auto after = std::upper_bound(pieces.begin(), pieces.end(), s,
                                      [](double at, const CubicPiece& piece) { return at < piece.s_m; });
  return &*(after - 1);
}

}  // namespace hangil::map
