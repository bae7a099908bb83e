// SPDX-License-Identifier: Apache-2.0
#include "lidar/ground.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/hot.hpp"

namespace hangil::lidar {

namespace {

constexpr float kNowhere_m = 1e9f;
constexpr int kWitnesses = 8;          // sectors to either side: 5.6 degrees
constexpr float kWitnessesNeeded = 3;  // fewer say nothing
constexpr float kSlopeMost_ratio = 0.3f;
constexpr float kSlopeLength_m = 5;  // over which a sector's slope is averaged
constexpr float kForesight_m = 20;   // slopes are extended this far at most
constexpr float kDropSlope_ratio = 0.2f;

// One value a sector, with room at both ends to wrap around.
struct Row {
  alignas(64) std::array<float, kSectorCount + 2 * kWitnesses> padded{};
  float* at() { return padded.data() + kWitnesses; }
  const float* at() const { return padded.data() + kWitnesses; }
};

// What the sectors know when the march reaches a ring, and what its ring tells them.
struct March {
  Row height_m, range_m, slope_ratio;  // where each sector last stood on the ground
  Row accepted, accepted_m;            // of this ring: 1 or 0, and lowest point or 0
  Row witness_count, witness_sum_m, scratch;
};

struct Limits {
  float step_m, slope_change_ratio, flat_m, drop_m;
};

inline float clamp(float value, float least, float most) {
  const float at_least = value < least ? least : value;
  return at_least > most ? most : at_least;
}

// sum[i] = in[i - kWitnesses] + ... + in[i + kWitnesses], around the circle, by doubling (always the same order).
inline void sum_neighbours(Row& in, Row& scratch, Row& sum) {
  constexpr int kSize = kSectorCount + 2 * kWitnesses;
  static_assert(kWitnesses == 8, "the doubling below makes 16 + 1");
  std::memcpy(in.padded.data(), in.padded.data() + kSectorCount, kWitnesses * sizeof(float));
  std::memcpy(in.padded.data() + kWitnesses + kSectorCount, in.at(), kWitnesses * sizeof(float));
  float *from = in.padded.data(), *to = scratch.padded.data();
  for (int i = 0; i < kSize - 1; ++i) to[i] = from[i] + from[i + 1];
  for (int i = 0; i < kSize - 3; ++i) to[i] = to[i] + to[i + 2];
  for (int i = 0; i < kSize - 7; ++i) to[i] = to[i] + to[i + 4];
  for (int i = 0; i < kSectorCount; ++i) sum.at()[i] = (to[i] + to[i + 8]) + from[i + 16];
}

// How far the ground may be carried on without seeing it.
inline float foresight_m(float reach_m) { return reach_m < kForesight_m ? reach_m : kForesight_m; }

// Which sectors' lowest points of this ring continue their ground. A cell of some height (a hedge, a wheel) may not
// step up: there the ground is at most what it was.
inline void accept_ring(const CellSpan* ring, float range_m, float depth_m, const Limits& limits, March& march) {
  for (int a = 0; a < kSectorCount; ++a) {
    const float reach_m = range_m - march.range_m.at()[a];
    const float slope = march.slope_ratio.at()[a];
    const float lowest_m = ring[a].lowest_m, extent_m = ring[a].highest_m - lowest_m;
    const float rise_m = lowest_m - (march.height_m.at()[a] + slope * foresight_m(reach_m));
    const float change_m = limits.slope_change_ratio * reach_m;
    const float flat_m = limits.flat_m + (std::abs(slope) + limits.slope_change_ratio) * depth_m;
    const float step_m = extent_m < flat_m ? limits.step_m : -0.03f;
    const bool is_ground = (rise_m < step_m + change_m) & (rise_m > -limits.drop_m - kDropSlope_ratio * reach_m);
    march.accepted.at()[a] = is_ground ? 1.0f : 0.0f;
    march.accepted_m.at()[a] = is_ground ? lowest_m : 0.0f;
  }
}

// Moves the sectors on: to their own point unless it stands out from its neighbours, else to what the neighbours say.
inline void settle_ring(float range_m, const Limits& limits, March& march, float* surface_m) {
  for (int a = 0; a < kSectorCount; ++a) {
    const float reach_m = range_m - march.range_m.at()[a];
    const float last_m = march.height_m.at()[a], slope = march.slope_ratio.at()[a];
    const float expected_m = last_m + slope * foresight_m(reach_m);
    const float count = march.witness_count.at()[a], own_m = march.accepted_m.at()[a];
    const float mean_m = march.witness_sum_m.at()[a] / (count < 1 ? 1.0f : count);
    const bool has_witnesses = count >= kWitnessesNeeded;
    const bool is_own = (march.accepted.at()[a] > 0) & !(has_witnesses & (own_m > mean_m + limits.step_m));
    const float change_m = std::abs(mean_m - expected_m);
    const bool is_theirs = !is_own & has_witnesses & (change_m < limits.step_m + limits.slope_change_ratio * reach_m);
    const float now_m = is_own ? own_m : is_theirs ? mean_m : expected_m;
    const float share = (reach_m < kSlopeLength_m ? reach_m / kSlopeLength_m : 1.0f) * (is_own ? 1.0f : 0.5f);
    const float seen_slope = clamp((now_m - last_m) / reach_m, -kSlopeMost_ratio, kSlopeMost_ratio);
    const bool moves = is_own | is_theirs;
    surface_m[a] = now_m;
    march.slope_ratio.at()[a] = moves ? slope + share * (seen_slope - slope) : slope;
    march.height_m.at()[a] = moves ? now_m : last_m;
    march.range_m.at()[a] = moves ? range_m : march.range_m.at()[a];
  }
}

HANGIL_HOT void march_outwards(const CellSpan* spans, const Limits& limits, float* surface_m) {
  March march;
  for (int ring = 0; ring < kRingCount; ++ring) {
    const float begin_m = ring_begin_m(static_cast<float>(ring)), end_m = ring_begin_m(static_cast<float>(ring + 1));
    const float range_m = (begin_m + end_m) / 2;
    accept_ring(spans + ring * kSectorCount, range_m, end_m - begin_m, limits, march);
    sum_neighbours(march.accepted, march.scratch, march.witness_count);
    sum_neighbours(march.accepted_m, march.scratch, march.witness_sum_m);
    settle_ring(range_m, limits, march, surface_m + ring * kSectorCount);
    sum_neighbours(march.slope_ratio, march.scratch, march.accepted_m);
    for (int a = 0; a < kSectorCount; ++a) march.slope_ratio.at()[a] = march.accepted_m.at()[a] / (2 * kWitnesses + 1);
  }
}

void collect_spans(const Points& points, const PolarPlace* places, CellSpan* spans) {
  std::fill_n(spans, kPolarCellCount + 1, CellSpan{kNowhere_m, -kNowhere_m});
  for (std::size_t i = 0; i < points.count; ++i) {
    CellSpan& span = spans[places[i] >> kPartBits];
    const float z = points.z_m[i];
    span.lowest_m = z < span.lowest_m ? z : span.lowest_m;
    span.highest_m = z > span.highest_m ? z : span.highest_m;
  }
}

HANGIL_HOT void interpolate(const Points& points, const PolarPlace* __restrict places,
                            const float* __restrict surface_m, float* __restrict height_m) {
  const float* __restrict z = points.z_m.data();
  const std::size_t count = points.count;
  for (std::size_t i = 0; i < count; ++i) {
    const auto cell = static_cast<std::int32_t>(places[i] >> kPartBits);
    const auto part = static_cast<float>(static_cast<std::int32_t>(places[i] & ((1 << kPartBits) - 1)));
    const float inner_m = surface_m[cell], outer_m = surface_m[cell + kSectorCount];
    height_m[i] = z[i] - (inner_m + part * (1.0f / (1 << kPartBits)) * (outer_m - inner_m));
  }
}

}  // namespace

void estimate_ground(const Points& points, const PolarPlace* places, const GroundConfig& config, GroundState& state) {
  grow(state.spans, kPolarCellCount + 1);
  grow(state.surface_m, kPolarCellCount);
  grow(state.boundary_m, kPolarCellCount + 2 * kSectorCount);
  collect_spans(points, places, state.spans.data());
  const Limits limits{static_cast<float>(config.step_m), static_cast<float>(config.slope_change_ratio),
                      static_cast<float>(config.flat_m), static_cast<float>(config.drop_m)};
  float* surface_m = state.surface_m.data();
  march_outwards(state.spans.data(), limits, surface_m);
  float* boundary_m = state.boundary_m.data();
  std::copy_n(surface_m, kSectorCount, boundary_m);
  for (int i = kSectorCount; i < kPolarCellCount; ++i) boundary_m[i] = (surface_m[i - kSectorCount] + surface_m[i]) / 2;
  std::copy_n(surface_m + kPolarCellCount - kSectorCount, kSectorCount, boundary_m + kPolarCellCount);
  std::fill_n(boundary_m + kPolarCellCount, 2 * kSectorCount, kNowhere_m);
}

void measure_heights(const Points& points, const PolarPlace* places, const GroundState& state, float* height_m) {
  interpolate(points, places, state.boundary_m.data(), height_m);
}

}  // namespace hangil::lidar
