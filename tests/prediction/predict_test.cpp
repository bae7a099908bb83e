// SPDX-License-Identifier: Apache-2.0
#include "prediction/predict.hpp"

#include <limits>
#include <numbers>
#include <random>

#include <gtest/gtest.h>

#include "math/pose2.hpp"
#include "prediction/motion_models.hpp"

namespace hangil::prediction {
namespace {

using messages::ObjectClass;

messages::Track track(ObjectClass object_class, double speed_mps, double yaw_rad, double yaw_rate_radps = 0) {
  messages::Track track;
  track.id = 7;
  track.object_class = object_class;
  track.existence_probability = 0.9F;
  track.is_confirmed = true;
  track.box = {10, 5, 0.8, yaw_rad, 4.2, 1.8, 1.5};
  track.vx_mps = speed_mps * std::cos(yaw_rad);
  track.vy_mps = speed_mps * std::sin(yaw_rad);
  track.yaw_rate_radps = yaw_rate_radps;
  track.covariance[0] = track.covariance[5] = 0.01;
  track.covariance[10] = track.covariance[15] = 0.04;
  return track;
}

messages::Predictions predicted(const std::vector<messages::Track>& tracks, const PredictionConfig& config = {}) {
  messages::Tracks message;
  message.header = {{1'000'000'000}, "map"};
  message.tracks = tracks;
  auto predictions = predict(message, config);
  EXPECT_TRUE(predictions.ok());
  return *predictions;
}

const messages::Future* future_named(const messages::PredictedObject& object, const std::string& name) {
  for (const auto& future : object.futures) {
    if (future.manoeuvre == name) return &future;
  }
  return nullptr;
}

messages::Track random_track(std::mt19937& random) {
  const auto between = [&random](double least, double most) {
    return std::uniform_real_distribution<double>(least, most)(random);
  };
  messages::Track t = track(static_cast<ObjectClass>(random() % messages::kObjectClassCount), between(0, 25),
                            between(-3, 3), between(-0.8, 0.8));
  t.acceleration_mps2 = between(-6, 3);
  t.covariance[10] = t.covariance[15] = between(0.0, 4);
  return t;
}

TEST(Predict, WhatIsNewAndOfUncertainSpeedStaysWhereItIs) {
  messages::Track fast = track(ObjectClass::kCar, 20, 0.3, 0.4);
  fast.is_confirmed = false;
  EXPECT_GT(predicted({fast}).objects[0].futures.size(), 1u);  // its speed is known to 0.2 m/s
  fast.covariance[10] = fast.covariance[15] = 16;
  const auto predictions = predicted({fast});
  ASSERT_EQ(predictions.objects[0].futures.size(), 1u);
  const messages::Future& stays = predictions.objects[0].futures[0];
  EXPECT_EQ(stays.probability, 1);
  for (const messages::FutureState& state : stays.states) {
    EXPECT_EQ(state.x_m, fast.box.x_m);
    EXPECT_EQ(state.y_m, fast.box.y_m);
    EXPECT_EQ(state.yaw_rad, fast.box.yaw_rad);
    EXPECT_EQ(state.speed_mps, 0);
    EXPECT_NEAR(state.sigma_m, 0.1, 1e-9);
  }
  fast.is_confirmed = true;
  EXPECT_GT(predicted({fast}).objects[0].futures.size(), 1u);
}

TEST(Predict, ProbabilitiesSumToOneAndFallInOrder) {
  std::mt19937 random(2);
  for (int i = 0; i < 2000; ++i) {
    const auto predictions = predicted({random_track(random)});
    const auto& futures = predictions.objects[0].futures;
    ASSERT_GE(futures.size(), 1u);
    ASSERT_LE(futures.size(), 6u);
    double sum = 0;
    for (std::size_t k = 0; k < futures.size(); ++k) {
      sum += static_cast<double>(futures[k].probability);
      if (k > 0) {
        EXPECT_LE(futures[k].probability, futures[k - 1].probability);
      }
    }
    EXPECT_NEAR(sum, 1, 1e-6);
  }
}

TEST(Predict, StatesStandAtEveryStepToTheHorizon) {
  for (const double step : {0.1, 0.2, 0.5}) {
    PredictionConfig config;
    config.step_s = step;
    config.horizon_s = 3;
    const auto predictions = predicted({track(ObjectClass::kCar, 10, 0)}, config);
    EXPECT_EQ(predictions.step, base::Duration::seconds(step));
    EXPECT_EQ(predictions.header.frame_id, "map");
    for (const auto& future : predictions.objects[0].futures) {
      EXPECT_EQ(future.states.size(), static_cast<std::size_t>(std::lround(3 / step)));
    }
    const auto* straight = future_named(predictions.objects[0], "constant_velocity");
    ASSERT_NE(straight, nullptr);
    EXPECT_NEAR(straight->states.front().x_m, 10 + 10 * step, 1e-9);
    EXPECT_NEAR(straight->states.back().x_m, 40, 1e-9);
  }
}

TEST(Predict, SteadyCarMostProbablyGoesStraightOn) {
  const auto predictions = predicted({track(ObjectClass::kCar, 12, 0.3)});
  EXPECT_EQ(predictions.objects[0].futures[0].manoeuvre, "constant_velocity");
  EXPECT_GT(predictions.objects[0].futures[0].probability, 0.7F);
}

TEST(Predict, TurningCarMostProbablyGoesOnTurning) {
  const auto predictions = predicted({track(ObjectClass::kCar, 8, 0, 0.5)});
  EXPECT_EQ(predictions.objects[0].futures[0].manoeuvre, "constant_turn");
}

TEST(Predict, StandingObjectStaysWhereItIs) {
  for (const auto object_class : {ObjectClass::kCar, ObjectClass::kPedestrian, ObjectClass::kUnknown}) {
    const auto predictions = predicted({track(object_class, 0.05, 1)});
    const messages::Future& first = predictions.objects[0].futures[0];
    EXPECT_EQ(first.manoeuvre, "stop");
    EXPECT_NEAR(first.states.back().x_m, 10, 0.05);
    EXPECT_NEAR(first.states.back().y_m, 5, 0.05);
    EXPECT_NEAR(first.states.back().sigma_m, first.states.front().sigma_m, 0.05);
  }
}

TEST(Predict, BrakingMakesAStopMoreProbable) {
  messages::Track braking = track(ObjectClass::kCar, 10, 0);
  const float before = future_named(predicted({braking}).objects[0], "stop")->probability;
  braking.acceleration_mps2 = -3;
  EXPECT_GT(future_named(predicted({braking}).objects[0], "stop")->probability, before + 0.2F);
}

TEST(Predict, SigmaGrowsWhileAnObjectMoves) {
  std::mt19937 random(3);
  for (int i = 0; i < 200; ++i) {
    const auto predictions = predicted({random_track(random)});
    for (const auto& future : predictions.objects[0].futures) {
      for (std::size_t k = 1; k < future.states.size(); ++k) {
        EXPECT_GE(future.states[k].sigma_m, future.states[k - 1].sigma_m);
      }
    }
  }
}

// The states of a turn lie on one circle with a chord for each step, as the speed and yaw rate say.
TEST(ConstantTurn, AgreesWithSmallSteps) {
  ObjectMotion motion{3, -2, 0.4, 0.4, 6, 0.35, 0};
  double x = motion.x_m, y = motion.y_m, yaw = motion.heading_rad;
  const double dt = 1e-4;
  for (int i = 1; i <= 40000; ++i) {
    x += motion.speed_mps * std::cos(yaw + motion.yaw_rate_radps * dt / 2) * dt;
    y += motion.speed_mps * std::sin(yaw + motion.yaw_rate_radps * dt / 2) * dt;
    yaw += motion.yaw_rate_radps * dt;
    if (i % 5000 != 0) continue;
    const messages::FutureState state = constant_turn(motion, i * dt);
    EXPECT_NEAR(state.x_m, x, 1e-4);
    EXPECT_NEAR(state.y_m, y, 1e-4);
    EXPECT_NEAR(state.yaw_rad, yaw, 1e-6);
  }
}

TEST(ConstantTurn, EndsAfterAQuarter) {
  const ObjectMotion motion{0, 0, 0, 0, 5, 1.0, 0};
  const messages::FutureState a = constant_turn(motion, 4), b = constant_turn(motion, 5);
  EXPECT_NEAR(a.yaw_rad, std::numbers::pi / 2, 1e-9);
  EXPECT_NEAR(b.y_m - a.y_m, 5, 1e-9);
  EXPECT_NEAR(b.x_m - a.x_m, 0, 1e-9);
}

TEST(Stop, ComesToRestAfterTheBrakingDistance) {
  const ObjectMotion motion{0, 0, 0, 0, 10, 0, 0};
  EXPECT_NEAR(stop(motion, 2.5, 60).x_m, 20, 1e-9);
  EXPECT_EQ(stop(motion, 2.5, 60).speed_mps, 0);
  EXPECT_NEAR(stop(motion, 2.5, 2).x_m, 15, 1e-9);
  EXPECT_NEAR(stop(motion, 2.5, 2).speed_mps, 5, 1e-9);
}

TEST(Predict, ReversingBoxKeepsItsYawAndMovesBackwards) {
  messages::Track reversing = track(ObjectClass::kCar, 4, 0);
  reversing.box.yaw_rad = std::numbers::pi;
  const auto predictions = predicted({reversing});
  const auto* straight = future_named(predictions.objects[0], "constant_velocity");
  ASSERT_NE(straight, nullptr);
  EXPECT_GT(straight->states.back().x_m, 30);
  EXPECT_NEAR(std::abs(straight->states.back().yaw_rad), std::numbers::pi, 1e-9);
}

TEST(Predict, TurningWithTheWorldTurnsThePredictions) {
  std::mt19937 random(4);
  for (int i = 0; i < 100; ++i) {
    messages::Track here = random_track(random);
    here.covariance[0] = here.covariance[5] = 0.02;
    messages::Track there = here;
    const math::Pose2 T{3, -8, 1.1};
    const math::Point2 p = T * math::Point2{here.box.x_m, here.box.y_m};
    there.box.x_m = p.x_m, there.box.y_m = p.y_m, there.box.yaw_rad += T.yaw_rad;
    there.vx_mps = here.vx_mps * std::cos(1.1) - here.vy_mps * std::sin(1.1);
    there.vy_mps = here.vx_mps * std::sin(1.1) + here.vy_mps * std::cos(1.1);
    const auto a = predicted({here}), b = predicted({there});
    ASSERT_EQ(a.objects[0].futures.size(), b.objects[0].futures.size());
    for (std::size_t f = 0; f < a.objects[0].futures.size(); ++f) {
      const auto& state = a.objects[0].futures[f].states.back();
      const math::Point2 wanted = T * math::Point2{state.x_m, state.y_m};
      EXPECT_NEAR(b.objects[0].futures[f].states.back().x_m, wanted.x_m, 1e-6);
      EXPECT_NEAR(b.objects[0].futures[f].states.back().y_m, wanted.y_m, 1e-6);
      EXPECT_NEAR(b.objects[0].futures[f].states.back().sigma_m, state.sigma_m, 1e-9);
    }
  }
}

TEST(Predict, RefusesTracksThatAreNotFiniteAndNamesThem) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  std::vector<messages::Track> bad(6, track(ObjectClass::kCar, 5, 0));
  bad[0].box.x_m = nan;
  bad[1].vy_mps = std::numeric_limits<double>::infinity();
  bad[2].covariance[7] = nan;
  bad[3].yaw_rate_radps = 1e300;
  bad[4].box.length_m = -1;
  bad[5].existence_probability = std::numeric_limits<float>::quiet_NaN();
  for (const messages::Track& one : bad) {
    messages::Tracks tracks;
    tracks.tracks = {track(ObjectClass::kCar, 5, 0), one};
    tracks.tracks[1].id = 4711;
    const auto predictions = predict(tracks, {});
    ASSERT_FALSE(predictions.ok());
    EXPECT_NE(predictions.error().message.find("4711"), std::string::npos);
  }
}

TEST(Predict, EmptyAndThousandTracks) {
  EXPECT_TRUE(predicted({}).objects.empty());
  std::mt19937 random(5);
  std::vector<messages::Track> many;
  for (int i = 0; i < 1000; ++i) many.push_back(random_track(random));
  EXPECT_EQ(predicted(many).objects.size(), 1000u);
}

}  // namespace
}  // namespace hangil::prediction
