// SPDX-License-Identifier: Apache-2.0
#include <numbers>

#include <benchmark/benchmark.h>

#include "planning/profile_steps.hpp"
#include "planning/speed_samples.hpp"
#include "planning/street.hpp"
#include "safety/supervise.hpp"

namespace hangil {
namespace {

// The kernel's input for 810 candidates on a busy street, as Planner prepares it.
struct KernelProblem {
  planning::PlannerConfig config;
  planning::LateralLanes lanes;
  planning::ProfileSteps steps;
  planning::BoxesByStep boxes;
  messages::Predictions predictions;

  explicit KernelProblem(const planning::Route& road) {
    const math::FrenetState start{20, 10, 0, 0.2, 0, 0};
    const math::MotionState ego = math::to_motion(road.path, start);
    const math::Point2 origin{ego.pose.x_m, ego.pose.y_m};
    for (const double length_m : {20.0, 35.0, 50.0}) {
      for (int i = -4; i <= 4; ++i) lanes.paths.push_back(planning::lateral_path(start, 0.4 * i, length_m));
    }
    planning::fill_lanes(lanes);
    predictions = tests::predictions_of(tests::busy_street(road, start.s_m));
    const auto futures = planning::relevant_futures(predictions, config.vehicle.at(ego.pose), 100, {});
    const auto goal = planning::decide(road, start, futures, predictions.step, config);
    const auto profiles = planning::driving_profiles({20, 10, 0}, goal, planning::grid_for(810), config);
    planning::fill_steps(profiles, road, goal, origin, 3.75, config, steps);
    std::vector<planning::Extent> extents(planning::kStepCount);
    planning::extend(steps, origin, extents);
    planning::fill_boxes(futures, predictions.step, {}, origin, config.step_s, extents, 10, boxes);
  }
};

// Costs, limits and collision checks of all candidates.
void BM_EvaluateCandidates(benchmark::State& state) {
  const planning::Route road = tests::winding_road(1000);
  const KernelProblem problem(road);
  planning::Scores scores;
  const planning::CandidateLimits limits{0.19F, 4.0F, 2.5F};
  for (auto _ : state) {
    planning::evaluate_candidates(problem.lanes, problem.steps, problem.boxes, problem.config, limits, 0.25F, scores);
    benchmark::DoNotOptimize(scores.cost.data());
  }
  int valid = 0;
  for (const char is_valid : problem.steps.is_valid) valid += is_valid;
  state.counters["candidates"] = problem.lanes.count * valid;
  state.counters["steps"] = problem.steps.step_count;
  state.counters["boxes"] = static_cast<double>(problem.boxes.x_m.size());
  state.counters["free"] = planning::free_count(scores, problem.lanes, problem.steps);
}
BENCHMARK(BM_EvaluateCandidates)->Unit(benchmark::kMicrosecond);

// A whole plan, stops and exact checks included, beside 20 predicted objects, on a road of this many metres.
void BM_Plan(benchmark::State& state) {
  const auto length_m = static_cast<double>(state.range(0));
  const planning::Route road = tests::winding_road(length_m);
  // The same bend 50 m along, or 24 waves of the road later.
  const double x_m = 50 + (length_m > 5000 ? 24 * 64 * std::numbers::pi : 0);
  const double s_m = road.path.project({x_m, 20 * std::sin(x_m / 32)});
  const messages::Predictions predictions = tests::predictions_of(tests::busy_street(road, s_m));
  const planning::PlannerInput input{tests::driving_on(road, s_m, 10), &predictions, &road};
  planning::Planner planner{planning::PlannerConfig{}};
  messages::Trajectory trajectory;
  for (auto _ : state) {
    trajectory = planner.plan(input, "map", 810);
    benchmark::DoNotOptimize(trajectory.points.data());
  }
  state.counters["candidates"] = static_cast<double>(planner.operations());
  state.counters["free"] = trajectory.collision_free_count;
}
BENCHMARK(BM_Plan)->Arg(100)->Arg(10'000)->Unit(benchmark::kMicrosecond);

// The first plan on a route, when nothing says where on it the vehicle is.
void BM_FindPlaceOnRoute(benchmark::State& state) {
  const auto length_m = static_cast<double>(state.range(0));
  const planning::Route road = tests::winding_road(length_m);
  const math::Point2 place = road.path.at(length_m * 0.7).point;
  for (auto _ : state) benchmark::DoNotOptimize(road.path.project(place));
}
BENCHMARK(BM_FindPlaceOnRoute)->Arg(100)->Arg(10'000)->Unit(benchmark::kMicrosecond);

// Motion and stop of one plan beside 20 objects.
void BM_ValidateTrajectory(benchmark::State& state) {
  const planning::Route road = tests::winding_road(1000);
  const messages::Predictions predictions = tests::predictions_of(tests::busy_street(road, 50));
  const math::MotionState ego = tests::driving_on(road, 50, 10);
  planning::Planner planner{planning::PlannerConfig{}};
  const messages::Trajectory trajectory = planner.plan({ego, &predictions, &road}, "map", 810);
  const safety::Evidence evidence{{}, &predictions, safety::EgoThen{ego.pose, ego.speed_mps}};
  safety::SupervisorState memory;
  for (auto _ : state) benchmark::DoNotOptimize(safety::supervise(trajectory, evidence, {}, memory));
}
BENCHMARK(BM_ValidateTrajectory)->Unit(benchmark::kMicrosecond);

void BM_Predict(benchmark::State& state) {
  const planning::Route road = tests::winding_road(1000);
  messages::Tracks tracks;
  tracks.tracks = tests::busy_street(road, 100);
  for (auto _ : state) benchmark::DoNotOptimize(prediction::predict(tracks, {}));
}
BENCHMARK(BM_Predict)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace hangil
