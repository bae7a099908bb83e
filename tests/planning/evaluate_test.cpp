// SPDX-License-Identifier: Apache-2.0
#include "planning/evaluate.hpp"

#include <random>

#include <gtest/gtest.h>

#include "planning/profile_steps.hpp"
#include "planning/selection.hpp"
#include "planning/speed_samples.hpp"
#include "planning/street.hpp"

namespace hangil::planning {
namespace {

constexpr double kTooClose = 0.01;  // nearer to a limit than this, float and double may differ

double between(std::mt19937& random, double least, double most) {
  return std::uniform_real_distribution<double>(least, most)(random);
}

// A random street, evaluated by the kernel, and everything needed to do it again by hand.
struct Problem {
  PlannerConfig config;
  Route road = tests::winding_road(600);
  math::FrenetState start;
  messages::Predictions predictions;
  std::vector<RelevantFuture> futures;
  std::vector<SpeedProfile> profiles;
  LateralLanes lanes;
  ProfileSteps steps;
  BoxesByStep boxes;
  CandidateLimits limits{0.12F, 3.5F, 2.5F};
  Scores scores;

  explicit Problem(unsigned seed, int object_count = 15) {
    std::mt19937 random(seed);
    start = {between(random, 20, 400), between(random, 0, 14),     between(random, -1, 1),
             between(random, -1, 1),   between(random, -0.1, 0.1), between(random, -0.02, 0.02)};
    const math::MotionState ego = math::to_motion(road.path, start);
    const math::Point2 origin{ego.pose.x_m, ego.pose.y_m};
    predictions = tests::predictions_of(tests::random_tracks(random, object_count, origin, 45));
    futures = relevant_futures(predictions, config.vehicle.at(ego.pose), 120, {});
    for (const double length : {10.0, 25.0}) {
      for (int i = -3; i <= 3; ++i) lanes.paths.push_back(lateral_path(start, 0.5 * i, length));
    }
    fill_lanes(lanes);
    const SpeedGoal goal = decide(road, start, {}, predictions.step, config);
    profiles = driving_profiles({start.s_m, start.s_mps, start.s_mps2}, goal, grid_for(300), config);
    fill_steps(profiles, road, goal, origin, hard_braking_mps2(config), config, steps);
    std::vector<Extent> extents(kStepCount);
    extend(steps, origin, extents);
    fill_boxes(futures, predictions.step, {}, origin, config.step_s, extents, lanes.widest_m + 6, boxes);
    evaluate_candidates(lanes, steps, boxes, config, limits, 0.25F, scores);
  }

  math::MotionState motion(int profile, int lane, int step) const {
    const math::Jet along = profiles[static_cast<std::size_t>(profile)].at(step * config.step_s);
    const math::Jet across = lanes.paths[static_cast<std::size_t>(lane)].at(along.value - start.s_m);
    return math::to_motion(
        road.path, {along.value, std::max(0.0, along.first), along.second, across.value, across.first, across.second});
  }
};

// First step whose box overlaps a hard future's, with Box2; too close when any earlier gap is within rounding.
std::pair<int, bool> contact_by_hand(const Problem& p, int profile, int lane) {
  for (int k = 0; k < kStepCount; ++k) {
    const double travelled = p.profiles[static_cast<std::size_t>(profile)].at(k * p.config.step_s).value - p.start.s_m;
    if (std::abs(travelled - static_cast<double>(kStayingM)) < 1e-4) return {k, true};
    if (travelled < static_cast<double>(kStayingM)) continue;
    const math::Box2 vehicle = p.config.vehicle.at(p.motion(profile, lane, k).pose);
    for (const RelevantFuture& future : p.futures) {
      if (future.probability < 0.25) continue;
      math::Box2 box = box_at(future, p.predictions.step, {}, k * p.config.step_s);
      const bool touches = math::overlaps(box, vehicle);
      box.length_m += touches ? -kTooClose : kTooClose;
      box.width_m += touches ? -kTooClose : kTooClose;
      if (math::overlaps(box, vehicle) != touches) return {k, true};
      if (touches) return {k, false};
    }
  }
  return {kStepCount, false};
}

TEST(EvaluateCandidates, ContactsAgreeWithBruteForce) {
  int compared = 0, touching = 0;
  for (unsigned seed = 1; seed <= 15; ++seed) {
    const Problem p(seed);
    for (int profile = 0; profile < p.steps.profile_count; ++profile) {
      if (p.steps.is_valid[static_cast<std::size_t>(profile)] == 0) continue;
      for (int lane = 0; lane < p.lanes.count; ++lane) {
        const auto [step, is_too_close] = contact_by_hand(p, profile, lane);
        const int found = p.scores.contact_step[static_cast<std::size_t>(profile * p.lanes.lane_count + lane)];
        if (is_too_close) continue;
        ASSERT_EQ(found, step) << "seed " << seed << " profile " << profile << " lane " << lane;
        ++compared;
        touching += step < kStepCount ? 1 : 0;
      }
    }
  }
  EXPECT_GT(compared, 3000);
  EXPECT_GT(touching, 300);
}

TEST(EvaluateCandidates, LimitsAgreeWithExactMotion) {
  int compared = 0, exceeding = 0;
  for (unsigned seed = 1; seed <= 12; ++seed) {
    const Problem p(seed, 0);
    for (int profile = 0; profile < p.steps.profile_count; ++profile) {
      if (p.steps.is_valid[static_cast<std::size_t>(profile)] == 0) continue;
      for (int lane = 0; lane < p.lanes.count; ++lane) {
        double curvature = 0, lateral = 0, corner = 0;
        for (int k = 0; k < kStepCount; ++k) {
          const math::MotionState m = p.motion(profile, lane, k);
          curvature = std::max(curvature, std::abs(m.curvature_radpm));
          lateral = std::max(lateral, std::abs(m.curvature_radpm) * m.speed_mps * m.speed_mps);
          const double s = p.profiles[static_cast<std::size_t>(profile)].at(k * p.config.step_s).value;
          for (const math::Point2 c : math::corners(p.config.vehicle.at(m.pose))) {
            const math::Point2 on = p.road.path.at(p.road.path.project(c, s - 4, s + 7)).point;
            corner = std::max(corner, std::hypot(c.x_m - on.x_m, c.y_m - on.y_m));
          }
        }
        // The kernel's corners are good to a few centimetres (second order in the reference's curvature).
        const double excess = std::max({curvature / 0.12, lateral / 3.5, corner / 2.5});
        if (std::abs(excess - 1) < 0.02) continue;
        const int found = p.scores.is_infeasible[static_cast<std::size_t>(profile * p.lanes.lane_count + lane)];
        ASSERT_EQ(found != 0, excess > 1)
            << "seed " << seed << " curvature " << curvature << " lateral " << lateral << " corner " << corner;
        ++compared;
        exceeding += excess > 1 ? 1 : 0;
      }
    }
  }
  EXPECT_GT(compared, 3000);
  EXPECT_GT(exceeding, 100);
  EXPECT_LT(exceeding, compared - 100);
}

// The price summed in doubles from the exact motion.
TEST(EvaluateCandidates, CostsAgreeWithSumsByHand) {
  for (unsigned seed = 1; seed <= 10; ++seed) {
    const Problem p(seed, 0);
    const CostWeights& w = p.config.weights;
    const SpeedGoal goal = decide(p.road, p.start, {}, p.predictions.step, p.config);
    for (int profile = 0; profile < p.steps.profile_count; ++profile) {
      if (p.steps.is_valid[static_cast<std::size_t>(profile)] == 0) continue;
      for (int lane = 0; lane < p.lanes.count; ++lane) {
        double sum = 0, last = 0;
        for (int k = 0; k < kStepCount; ++k) {
          const double t = k * p.config.step_s;
          const SpeedProfile& speeds = p.profiles[static_cast<std::size_t>(profile)];
          const math::Jet along = speeds.at(t);
          const double d = p.lanes.paths[static_cast<std::size_t>(lane)].at(along.value - p.start.s_m).value;
          const math::MotionState m = p.motion(profile, lane, k);
          const double error = m.speed_mps - std::min(goal.wanted_mps(p.start.s_m), goal.wanted_mps(along.value));
          const double lateral = m.curvature_radpm * m.speed_mps * m.speed_mps;
          const double lateral_jerk = k > 0 ? (lateral - last) / p.config.step_s : 0;
          const double jerk = speeds.jerk_mps3(t);
          last = lateral;
          sum +=
              p.config.step_s * (w.speed_error * error * error + w.acceleration * along.second * along.second +
                                 w.jerk * jerk * jerk + w.offset * d * d + w.lateral_acceleration * lateral * lateral +
                                 w.lateral_jerk * lateral_jerk * lateral_jerk);
        }
        const auto i = static_cast<std::size_t>(profile * p.lanes.lane_count + lane);
        EXPECT_NEAR(static_cast<double>(p.scores.cost[i]), sum, 1e-3 * std::abs(sum) + 2e-3);
      }
    }
  }
}

TEST(EvaluateCandidates, NearnessOnlyRaisesThePrice) {
  for (unsigned seed = 1; seed <= 10; ++seed) {
    const Problem with(seed, 15), without(seed, 0);
    ASSERT_EQ(with.scores.cost.size(), without.scores.cost.size());
    int raised = 0;
    for (std::size_t i = 0; i < with.scores.cost.size(); ++i) {
      EXPECT_GE(with.scores.cost[i], without.scores.cost[i]);
      raised += with.scores.cost[i] > without.scores.cost[i] ? 1 : 0;
    }
    EXPECT_GT(raised, 0) << seed;
  }
}

TEST(EvaluateCandidates, SameInputGivesTheSameBits) {
  const Problem a(7), b(7);
  EXPECT_EQ(a.scores.cost, b.scores.cost);
  EXPECT_EQ(a.scores.contact_step, b.scores.contact_step);
}

TEST(LeastBad, PrefersFreeThenGentleThenSlowContact) {
  LateralLanes lanes;
  lanes.paths.assign(2, LateralPath{});
  fill_lanes(lanes);
  ProfileSteps steps;
  steps.profile_count = 2;
  steps.step_count = 3;
  steps.steps.assign(6, ProfileStep{});
  for (std::size_t i = 0; i < 6; ++i) steps.steps[i].s_mps = static_cast<float>(10 - i);
  Scores scores;
  scores.cost.assign(32, 5);
  scores.contact_step.assign(32, 1);
  scores.is_infeasible.assign(32, 0);
  Choice choice = least_bad(scores, lanes, steps, 0.2);
  EXPECT_FALSE(choice.is_free);
  EXPECT_EQ(choice.profile, 1);  // 6 m/s there against 9 m/s
  EXPECT_EQ(choice.contact_mps, 6);
  EXPECT_NEAR(choice.contact_s, 0.2, 1e-12);
  scores.contact_step[17] = 3;  // second profile, second lane
  choice = least_bad(scores, lanes, steps, 0.2);
  EXPECT_TRUE(choice.is_free);
  EXPECT_EQ(choice.lane, 1);
  scores.contact_step[1] = 3;  // first profile is gentler
  EXPECT_EQ(least_bad(scores, lanes, steps, 0.2).profile, 0);
  scores.is_infeasible[1] = 1;
  EXPECT_EQ(least_bad(scores, lanes, steps, 0.2).profile, 1);
}

}  // namespace
}  // namespace hangil::planning
