// SPDX-License-Identifier: Apache-2.0
#include "planning/evaluate.hpp"

#include <algorithm>
#include <cmath>

#include "base/hot.hpp"

// Inlined into each instruction set's copy of the kernel.
#define HANGIL_INLINE [[gnu::always_inline]] inline

namespace hangil::planning {

namespace {

// A block of candidates at one step; the centre of the vehicle's box and its heading.
struct Block {
  alignas(64) float x_m[kLaneBlock], y_m[kLaneBlock], cos_yaw[kLaneBlock], sin_yaw[kLaneBlock];
};

// Pointers to one block's rows.
struct Lanes {
  const float* __restrict c0;
  const float* __restrict c1;
  const float* __restrict c2;
  const float* __restrict c3;
  const float* __restrict c4;
  const float* __restrict c5;
  const float* __restrict per_length_pm;
};

struct Row {
  float* __restrict cost;
  float* __restrict last_lateral_mps2;
  int* __restrict contact_step;
  int* __restrict is_infeasible;
};

// The numbers of the configuration that the kernel needs, in its own type.
struct Terms {
  float half_length_m, half_width_m, centre_ahead_m, front_m, rear_m;
  float step_s, per_step_ps;
  CostWeights weights;
  CandidateLimits limits;
};

Terms terms_of(const PlannerConfig& config, const CandidateLimits& limits) {
  const auto f = [](double value) { return static_cast<float>(value); };
  const math::Footprint& vehicle = config.vehicle;
  return {f(vehicle.length_m / 2),
          f(vehicle.width_m / 2),
          f(vehicle.centre_ahead_m()),
          f(vehicle.front_m()),
          f(vehicle.rear_overhang_m),
          f(config.step_s),
          f(1 / config.step_s),
          config.weights,
          limits};
}

// Moves a block along: geometry as in math::motion_of, limits and price.
HANGIL_INLINE void follow(const Lanes& lanes, const ProfileStep& ref, const Terms& terms, float lateral_jerk_price,
                          Row row, Block& block) {
  const float k = ref.curvature_radpm, half_bow_front = k * terms.front_m * terms.front_m / 2,
              half_bow_rear = k * terms.rear_m * terms.rear_m / 2;
  const CostWeights& w = terms.weights;
  for (int i = 0; i < kLaneBlock; ++i) {
    const float per = lanes.per_length_pm[i], reached = ref.travelled_m * per;
    const float u = reached < 1 ? reached : 1;
    const float c2 = lanes.c2[i], c3 = lanes.c3[i], c4 = lanes.c4[i], c5 = lanes.c5[i];
    const float d = lanes.c0[i] + u * (lanes.c1[i] + u * (c2 + u * (c3 + u * (c4 + u * c5))));
    const float slope = (lanes.c1[i] + u * (2 * c2 + u * (3 * c3 + u * (4 * c4 + u * 5 * c5)))) * per;
    const float bend = (2 * c2 + u * (6 * c3 + u * (12 * c4 + u * 20 * c5))) * per * per;

    const float along = 1 - k * d, along_rate = -(ref.curvature_rate_radpm2 * d + k * slope);
    const float stretch = std::sqrt(along * along + slope * slope), per_stretch = 1 / stretch;
    const float cos_off = along * per_stretch, sin_off = slope * per_stretch;
    const float turn = along * (bend + k * along) - slope * (along_rate - k * slope);
    const float curvature = turn * per_stretch * per_stretch * per_stretch;
    const float speed = ref.s_mps * stretch, lateral = curvature * speed * speed;

    const float front = d + terms.front_m * sin_off - half_bow_front;
    const float rear = d - terms.rear_m * sin_off - half_bow_rear;
    const float side = terms.half_width_m * cos_off;
    const float left = (front > rear ? front : rear) + side, right = (front < rear ? front : rear) - side;
    row.is_infeasible[i] |= static_cast<int>(std::abs(curvature) > terms.limits.curvature_radpm) |
                            static_cast<int>(std::abs(lateral) > terms.limits.lateral_acceleration_mps2) |
                            static_cast<int>(left > terms.limits.corridor_half_width_m) |
                            static_cast<int>(-right > terms.limits.corridor_half_width_m) |
                            static_cast<int>(along < 0.2F);

    const float error = speed - ref.wanted_mps;
    const float lateral_jerk = (lateral - row.last_lateral_mps2[i]) * terms.per_step_ps;
    row.last_lateral_mps2[i] = lateral;
    row.cost[i] +=
        terms.step_s * (w.speed_error * error * error + w.offset * d * d + w.lateral_acceleration * lateral * lateral +
                        lateral_jerk_price * lateral_jerk * lateral_jerk);

    const float heading_x = ref.tangent_x * cos_off - ref.tangent_y * sin_off;
    const float heading_y = ref.tangent_y * cos_off + ref.tangent_x * sin_off;
    block.x_m[i] = ref.x_m - d * ref.tangent_y + terms.centre_ahead_m * heading_x;
    block.y_m[i] = ref.y_m + d * ref.tangent_x + terms.centre_ahead_m * heading_y;
    block.cos_yaw[i] = heading_x;
    block.sin_yaw[i] = heading_y;
  }
}

struct OneBox {
  float x_m, y_m, cos_yaw, sin_yaw, half_length_m, half_width_m, nearness_price;
  int touches;  // all bits where contact counts, else 0
};

HANGIL_INLINE float absolute(float value) { return value < 0 ? -value : value; }
HANGIL_INLINE float greater(float a, float b) { return a > b ? a : b; }

// Separating axes of two rectangles (Gottschalk, Lin, Manocha, SIGGRAPH 1996): the widest gap along the four.
HANGIL_INLINE void meet(const Block& block, const OneBox& box, const Terms& terms, int step, Row row) {
  const float per_clearance = 1 / terms.weights.clearance_m;
  for (int i = 0; i < kLaneBlock; ++i) {
    const float dx = block.x_m[i] - box.x_m, dy = block.y_m[i] - box.y_m;
    const float c = block.cos_yaw[i], s = block.sin_yaw[i];
    const float cos_off = absolute(c * box.cos_yaw + s * box.sin_yaw);
    const float sin_off = absolute(s * box.cos_yaw - c * box.sin_yaw);
    const float gap_along_box = absolute(dx * box.cos_yaw + dy * box.sin_yaw) - box.half_length_m -
                                (cos_off * terms.half_length_m + sin_off * terms.half_width_m);
    const float gap_across_box = absolute(dy * box.cos_yaw - dx * box.sin_yaw) - box.half_width_m -
                                 (sin_off * terms.half_length_m + cos_off * terms.half_width_m);
    const float gap_along_ego =
        absolute(dx * c + dy * s) - terms.half_length_m - (cos_off * box.half_length_m + sin_off * box.half_width_m);
    const float gap_across_ego =
        absolute(dy * c - dx * s) - terms.half_width_m - (sin_off * box.half_length_m + cos_off * box.half_width_m);
    const float gap = greater(greater(gap_along_box, gap_across_box), greater(gap_along_ego, gap_across_ego));
    const float nearness = greater(0.0F, 1 - greater(gap, 0.0F) * per_clearance);
    row.cost[i] += box.nearness_price * nearness * nearness;
    const int touched = gap < 0 ? box.touches : 0;
    const int earlier = row.contact_step[i] < step ? row.contact_step[i] : step;
    row.contact_step[i] = touched != 0 ? earlier : row.contact_step[i];
  }
}

// Boxes of this step that any lane of the profile may come near. `near` has room for all of them.
HANGIL_INLINE int near_boxes(const BoxesByStep& boxes, int step, const ProfileStep& ref, float reach_m,
                             int* __restrict near) {
  const int first = boxes.first[static_cast<std::size_t>(step)], last = boxes.first[static_cast<std::size_t>(step) + 1];
  const float* const x = boxes.x_m.data();
  const float* const y = boxes.y_m.data();
  const float* const radius = boxes.radius_m.data();
  int count = 0;
  for (int i = first; i < last; ++i) {
    const float dx = x[i] - ref.x_m, dy = y[i] - ref.y_m, reach = reach_m + radius[i];
    near[count] = i;
    count += static_cast<int>(dx * dx + dy * dy < reach * reach);
  }
  return count;
}

HANGIL_INLINE OneBox box_of(const BoxesByStep& boxes, int index, const Terms& terms, const ProfileStep& ref,
                            float hard_probability) {
  const auto i = static_cast<std::size_t>(index);
  const bool is_hard = boxes.probability[i] >= hard_probability && ref.travelled_m >= kStayingM;
  return {boxes.x_m[i],
          boxes.y_m[i],
          boxes.cos_yaw[i],
          boxes.sin_yaw[i],
          boxes.half_length_m[i],
          boxes.half_width_m[i],
          terms.step_s * terms.weights.nearness * boxes.probability[i],
          is_hard ? -1 : 0};
}

HANGIL_INLINE Lanes lanes_at(const LateralLanes& lanes, int begin) {
  const auto& c = lanes.coefficients;
  return {c[0].data() + begin,
          c[1].data() + begin,
          c[2].data() + begin,
          c[3].data() + begin,
          c[4].data() + begin,
          c[5].data() + begin,
          lanes.per_length_pm.data() + begin};
}

HANGIL_INLINE Row row_at(Scores& scores, int begin, int lane) {
  return {scores.cost.data() + begin + lane, scores.last_lateral_mps2.data() + lane,
          scores.contact_step.data() + begin + lane, scores.is_infeasible.data() + begin + lane};
}

HANGIL_HOT void evaluate_profile(const LateralLanes& lanes, const ProfileStep* steps, int step_count,
                                 const BoxesByStep& boxes, const Terms& terms, float reach_m, float hard_probability,
                                 int begin, Scores& scores) {
  Block block;
  for (int step = 0; step < step_count; ++step) {
    const ProfileStep& ref = steps[step];
    const int near_count = near_boxes(boxes, step, ref, reach_m, scores.near.data());
    const float lateral_jerk_price = step > 0 ? terms.weights.lateral_jerk : 0;  // the first step has no jerk yet
    for (int lane = 0; lane < lanes.lane_count; lane += kLaneBlock) {
      const Row row = row_at(scores, begin, lane);
      follow(lanes_at(lanes, lane), ref, terms, lateral_jerk_price, row, block);
      for (int i = 0; i < near_count; ++i) {
        meet(block, box_of(boxes, scores.near[static_cast<std::size_t>(i)], terms, ref, hard_probability), terms, step,
             row);
      }
    }
  }
}

int most_boxes_in_a_step(const BoxesByStep& boxes) {
  int most = 0;
  for (std::size_t i = 1; i < boxes.first.size(); ++i) most = std::max(most, boxes.first[i] - boxes.first[i - 1]);
  return most;
}

// Grows vectors only until they have met the largest problem.
void prepare(const LateralLanes& lanes, const ProfileSteps& profiles, const BoxesByStep& boxes, Scores& scores) {
  const std::size_t lane_count = static_cast<std::size_t>(lanes.lane_count);
  const std::size_t count = lane_count * static_cast<std::size_t>(profiles.profile_count);
  scores.cost.assign(count, 0);
  scores.contact_step.assign(count, profiles.step_count);
  scores.is_infeasible.assign(count, 0);
  scores.last_lateral_mps2.assign(lane_count, 0);
  scores.near.resize(static_cast<std::size_t>(most_boxes_in_a_step(boxes)) + 1);
}

}  // namespace

void evaluate_candidates(const LateralLanes& lanes, const ProfileSteps& profiles, const BoxesByStep& boxes,
                         const PlannerConfig& config, const CandidateLimits& limits, float hard_probability,
                         Scores& scores) {
  prepare(lanes, profiles, boxes, scores);
  const Terms terms = terms_of(config, limits);
  const float reach_m = static_cast<float>(lanes.widest_m) + terms.centre_ahead_m + terms.weights.clearance_m +
                        std::hypot(terms.half_length_m, terms.half_width_m);
  for (int profile = 0; profile < profiles.profile_count; ++profile) {
    const int begin = profile * lanes.lane_count;
    const auto at = static_cast<std::size_t>(profile);
    const auto from = scores.cost.begin() + begin, to = from + lanes.lane_count;
    if (profiles.is_valid[at] == 0) {
      std::fill_n(scores.is_infeasible.begin() + begin, lanes.lane_count, 1);
      continue;
    }
    std::fill(from, to, profiles.price[at]);
    evaluate_profile(lanes, profiles.steps.data() + profile * profiles.step_count, profiles.step_count, boxes, terms,
                     reach_m, hard_probability, begin, scores);
  }
}

}  // namespace hangil::planning
