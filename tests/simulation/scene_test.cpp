// SPDX-License-Identifier: Apache-2.0
#include "simulation/scene.hpp"

#include <set>

#include <gtest/gtest.h>

#include "math/box2.hpp"

namespace hangil::simulation {
namespace {

class Scenes : public testing::TestWithParam<std::string_view> {
 protected:
  Scene scene() const {
    auto made = make_scene(GetParam(), 1);
    EXPECT_TRUE(made.ok());
    return *std::move(made);
  }
};
INSTANTIATE_TEST_SUITE_P(All, Scenes, testing::ValuesIn(scene_names().begin(), scene_names().end()),
                         [](const auto& one) { return std::string(one.param); });

constexpr base::Time kStart{1'000'000'000};

math::Box2 box_of(const Actor& actor, const ActorState& state) {
  return {state.pose * math::Pose2{actor.centre_ahead_m, 0, 0}, actor.length_m, actor.width_m};
}

// The ego vehicle is as long and wide as a large car.
Actor ego_body() {
  Actor ego;
  ego.length_m = 4.7, ego.width_m = 1.9, ego.centre_ahead_m = 1.35;
  return ego;
}

TEST_P(Scenes, NobodyDrivesThroughAnybody) {
  const Scene s = scene();
  for (int i = 0; i <= 125; ++i) {
    const Snapshot now = snapshot_at(s.script, kStart, kStart + base::Duration::milliseconds(200 * i));
    std::vector<std::pair<int, math::Box2>> boxes = {{0, box_of(ego_body(), now.ego)}};
    for (std::size_t a = 0; a < now.actors.size(); ++a) {
      if (now.actors[a].is_present) boxes.emplace_back(s.world.actors[a].id, box_of(s.world.actors[a], now.actors[a]));
    }
    for (std::size_t a = 0; a < boxes.size(); ++a) {
      for (std::size_t b = a + 1; b < boxes.size(); ++b) {
        EXPECT_FALSE(math::overlaps(boxes[a].second, boxes[b].second))
            << boxes[a].first << " and " << boxes[b].first << " at " << 0.2 * i << " s";
      }
    }
  }
}

TEST_P(Scenes, EgoDrivesAsACarCan) {
  const Scene s = scene();
  ActorState last = state_at(s.script.ego, 0);
  EXPECT_NEAR(last.pose.x_m, 0, 1e-9);
  EXPECT_NEAR(last.pose.y_m, 0, 1e-9);
  EXPECT_NEAR(last.pose.yaw_rad, 0, 1e-12);
  EXPECT_EQ(s.world.ground.height_m(0, 0), 0);
  for (double t = 0.01; t < 60; t += 0.01) {
    const ActorState state = state_at(s.script.ego, t);
    ASSERT_TRUE(state.is_present || t > 30) << "the path ends at " << t;
    EXPECT_LE(std::abs(state.acceleration_mps2), 3);
    EXPECT_LE(state.speed_mps * state.speed_mps * std::abs(state.curvature_radpm), 3) << t;
    // Steering of a wheelbase of 2.8 m.
    const double steering = std::atan(2.8 * state.curvature_radpm), before = std::atan(2.8 * last.curvature_radpm);
    EXPECT_LE(std::abs(steering - before) / 0.01, 0.2) << t;
    last = state;
  }
}

TEST_P(Scenes, HoldTheRoadUsersTheyPromise) {
  const Scene s = scene();
  std::set<messages::ObjectClass> classes;
  std::set<int> ids;
  for (const Actor& actor : s.world.actors) classes.insert(actor.object_class), ids.insert(actor.id);
  EXPECT_EQ(ids.size(), s.world.actors.size());
  EXPECT_TRUE(classes.contains(messages::ObjectClass::kCar));
  EXPECT_TRUE(classes.contains(messages::ObjectClass::kPedestrian));
  EXPECT_EQ(classes.contains(messages::ObjectClass::kCyclist), GetParam() != "motorway");
  EXPECT_EQ(s.script.actors.size(), s.world.actors.size());
}

TEST_P(Scenes, SeedVariesBodiesAndNothingElseDoes) {
  const Scene a = scene(), b = scene();
  auto c = make_scene(GetParam(), 2);
  ASSERT_TRUE(c.ok());
  ASSERT_EQ(a.world.actors.size(), b.world.actors.size());
  bool differs = a.world.actors.size() != c->world.actors.size();
  for (std::size_t i = 0; i < a.world.actors.size(); ++i) {
    EXPECT_EQ(a.world.actors[i].length_m, b.world.actors[i].length_m);
    differs = differs || a.world.actors[i].length_m != c->world.actors[i].length_m;
  }
  EXPECT_TRUE(differs);
}

TEST(Scene, UnknownNameListsTheKnownOnes) {
  const auto made = make_scene("moon", 1);
  ASSERT_FALSE(made.ok());
  EXPECT_NE(made.error().message.find("urban, dense, motorway"), std::string::npos) << made.error().message;
}

TEST(Scene, UrbanEgoStandsBehindTheOneThatStops) {
  const auto scene = make_scene("urban", 1);
  const Snapshot now = snapshot_at(scene->script, kStart, kStart + base::Duration::seconds(12));
  EXPECT_EQ(now.ego.speed_mps, 0);
  const double gap_m = math::distance_m(box_of(ego_body(), now.ego), box_of(scene->world.actors[0], now.actors[0]));
  EXPECT_GT(gap_m, 2);
  EXPECT_LT(gap_m, 12);
}

}  // namespace
}  // namespace hangil::simulation
