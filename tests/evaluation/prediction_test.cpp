// SPDX-License-Identifier: Apache-2.0
#include "evaluation/prediction.hpp"

#include <gtest/gtest.h>

#include "evaluation/made_frames.hpp"

namespace hangil::evaluation {
namespace {

using made::car_at;
using made::time_at;
using messages::ObjectClass;

// A car drives along y = 5 of `map` at 8 m/s, seen for 5 s at 10 Hz by an ego vehicle that drives along at 8 m/s too.
struct PredictedWorld {
  Channel<messages::Odometry> odometry = made::straight_drive(8, 5);
  Channel<messages::TruthObjects> truth;
  math::PoseBuffer poses = poses_of(odometry);

  PredictedWorld() {
    for (int i = 0; i <= 50; ++i) {
      messages::TruthObjects frame{{time_at(i / 10.0), "ego"}, {made::truth(1, car_at(10, 5))}, {}, false};
      truth.push_back(made::stamped(frame));
    }
  }
};

messages::Future future(float probability, double vx_mps, double vy_mps, double from_x_m, int count = 30) {
  messages::Future future{probability, "made", {}};
  for (int i = 1; i <= count; ++i) {
    const double t = i / 10.0;
    future.states.push_back({from_x_m + vx_mps * t, 5 + vy_mps * t, 0, vx_mps, 0.5});
  }
  return future;
}

messages::Predictions predict(double stamp_s, std::vector<messages::Future> futures) {
  messages::Predictions message{{time_at(stamp_s), "map"}, base::Duration::milliseconds(100), {}};
  message.objects.push_back({3, ObjectClass::kCar, 1, car_at(10 + 8 * stamp_s, 5), std::move(futures)});
  return message;
}

PredictionResult evaluate(const PredictedWorld& world, messages::Predictions message) {
  return evaluate_prediction({made::stamped(std::move(message))}, world.truth, world.poses, {});
}

const PredictionScore& score(const PredictionResult& result, const std::string& object_class, double horizon_s) {
  for (const auto& score : result.scores) {
    if (score.object_class == object_class && score.horizon_s == horizon_s) return score;
  }
  ADD_FAILURE() << "no score of " << object_class << " over " << horizon_s << " s";
  return result.scores.front();
}

TEST(Prediction, TheTrueFutureHasNoError) {
  const PredictedWorld world;
  const auto result = evaluate(world, predict(1, {future(1, 8, 0, 18)}));
  EXPECT_EQ(result.matched_count, 1u);
  for (const double horizon_s : {1.0, 2.0, 3.0}) {
    EXPECT_NEAR(score(result, "all", horizon_s).min_ade_m, 0, 1e-9);
    EXPECT_NEAR(score(result, "car", horizon_s).min_fde_m, 0, 1e-9);
    EXPECT_EQ(score(result, "car", horizon_s).miss_ratio, 0);
    EXPECT_NEAR(score(result, "all", horizon_s).standing_fde_m, 8 * horizon_s, 1e-9);
  }
}

TEST(Prediction, AConstantDriftGivesKnownErrors) {
  const PredictedWorld world;  // 1 m/s too far left: final error 3 m, mean of 0.1 .. 3.0 is 1.55 m
  const auto result = evaluate(world, predict(1, {future(1, 8, 1, 18)}));
  EXPECT_NEAR(score(result, "all", 3).min_fde_m, 3, 1e-9);
  EXPECT_NEAR(score(result, "all", 3).min_ade_m, 1.55, 1e-9);
  EXPECT_EQ(score(result, "all", 3).miss_ratio, 1);
  EXPECT_NEAR(score(result, "all", 1).min_fde_m, 1, 1e-9);
  EXPECT_EQ(score(result, "all", 1).miss_ratio, 0);
}

TEST(Prediction, TheBestOfKCountsAndTheMostProbableIsToldApart) {
  const PredictedWorld world;
  const auto result = evaluate(world, predict(1, {future(0.7F, 8, 1, 18), future(0.3F, 8, 0, 18)}));
  EXPECT_NEAR(score(result, "all", 3).min_fde_m, 0, 1e-9);
  EXPECT_NEAR(score(result, "all", 3).first_fde_m, 3, 1e-9);
}

TEST(Prediction, OnlyTheSixMostProbableFuturesCount) {
  const PredictedWorld world;
  std::vector<messages::Future> futures(6, future(0.16F, 8, 1, 18));
  futures.insert(futures.begin(), future(0.04F, 8, 0, 18));
  EXPECT_NEAR(score(evaluate(world, predict(1, futures)), "all", 3).min_fde_m, 3, 1e-9);
}

TEST(Prediction, AHorizonCountsOnlyWhereTheObjectWasSeenAllAlong) {
  const PredictedWorld world;
  const auto result = evaluate(world, predict(3.5, {future(1, 8, 0, 38)}));
  EXPECT_EQ(score(result, "all", 1).sample_count, 1u);
  EXPECT_EQ(score(result, "all", 2).sample_count, 0u);
  EXPECT_TRUE(std::isnan(score(result, "all", 2).min_fde_m));
}

TEST(Prediction, ShortAndBrokenFuturesAreNoSamples) {
  const PredictedWorld world;
  EXPECT_EQ(evaluate(world, predict(1, {future(1, 8, 0, 18, 25)})).short_future_count, 1u);
  EXPECT_EQ(score(evaluate(world, predict(1, {future(1, NAN, 0, 18)})), "all", 3).sample_count, 0u);
  EXPECT_EQ(score(evaluate(world, predict(1, {})), "all", 1).sample_count, 0u);
  auto stepless = predict(1, {future(1, 8, 0, 18)});
  stepless.step = {};
  EXPECT_EQ(score(evaluate(world, stepless), "all", 1).sample_count, 0u);
}

TEST(Prediction, PredictionsOnNothingLabelledAreNoSamples) {
  const PredictedWorld world;
  auto message = predict(1, {future(1, 8, 0, 18)});
  message.objects[0].box.y_m = 15;
  const auto result = evaluate(world, message);
  EXPECT_EQ(result.prediction_count, 1u);
  EXPECT_EQ(result.matched_count, 0u);
}

TEST(ObjectHistory, InterpolatesAndTellsTheVelocity) {
  const PredictedWorld world;
  const ObjectHistory history = history_of(world.truth, world.poses);
  const auto state = history.at(1, time_at(1.25));
  ASSERT_TRUE(state.has_value());
  EXPECT_NEAR(state->box.pose.x_m, 10 + 8 * 1.25, 1e-9);
  EXPECT_NEAR(state->vx_mps, 8, 1e-6);
  EXPECT_FALSE(history.at(1, time_at(5.01)).has_value());
  EXPECT_FALSE(history.at(1, time_at(-0.01)).has_value());
  EXPECT_TRUE(history.at(1, time_at(0)).has_value());
  EXPECT_FALSE(history.at(2, time_at(1)).has_value());
}

TEST(ObjectHistory, DoesNotBridgeLongGaps) {
  ObjectHistory history;
  for (const double t : {0.0, 0.3, 1.0}) history.add(1, time_at(t), car_at(t, 0));
  EXPECT_TRUE(history.at(1, time_at(0.15)).has_value());
  EXPECT_FALSE(history.at(1, time_at(0.6)).has_value());
  EXPECT_TRUE(history.at(1, time_at(1.0)).has_value());
}

}  // namespace
}  // namespace hangil::evaluation
